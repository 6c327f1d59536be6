/*
 * events - the calls that strace saw, by name
 *
 * Names are a list, "setuid setreuid setresuid"; a PID of 0 is anyone.  Calls
 * that have not returned count as calls, and as no success.
 */
#ifndef TESTS_CHECKS_EVENTS_H
#define TESTS_CHECKS_EVENTS_H

#include "observe/observation.h"

bool names_call(const struct event *, const char *names);
/* Does such a call have these words among its arguments? */
bool call_says(const struct event *, const char *names, const char *words);
/*
 * False for what a launcher did before it became the program: the shell's
 * own preparations, which strace sees too (chdir, dup2, setgroups ...).
 * All that follow here pass over them.
 */
bool of_program(const struct run *, const struct event *);

const struct event *last_call(const struct run *, int pid, const char *names);
const struct event *first_call(const struct run *, int pid, const char *names);
size_t count_calls(const struct run *, int pid, const char *names);
/* The last that a process did with success. */
const struct event *last_success(const struct run *, int pid,
    const char *names);
/* The first that failed; `error` NULL: whatever the errno. */
const struct event *first_failure(const struct run *, int pid,
    const char *names, const char *error);

#endif
