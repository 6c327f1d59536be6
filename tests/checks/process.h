/*
 * process - which process it is, and how it ended
 */
#ifndef TESTS_CHECKS_PROCESS_H
#define TESTS_CHECKS_PROCESS_H

#include "observe/observation.h"

bool is_program(const struct process *);
/* Neither a zombie nor dead. */
bool is_alive(const struct process *);
/*
 * A daemon that sleeps does so in sigsuspend(2), with the mask that the steps
 * have left; until then main.c holds SIGTERM and SIGHUP itself.
 */
bool sleeps(const struct process *);
/* The first process with a role, or NULL. */
const struct process *find_role(const struct snapshot *, const char *role);
/* The start's process just before its execve (run "traced"), or NULL. */
const struct process *process_before(const struct run *, const char *start);
/* PIDs of a box ascend: those of a start lie below the next one's shell. */
bool belongs(const struct run *, const struct start *, int pid);
/* A living process of a start (NULL: of any) in a snapshot, or NULL. */
const struct process *survivor(const struct run *, const struct start *,
    const struct snapshot *);

/* How the PID ended, or NULL while it lives (or nobody saw it). */
const struct ending *find_ending(const struct run *, int pid);
bool killed_by(const struct ending *, int signal);

#endif
