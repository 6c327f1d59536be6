/*
 * needs - what a judge can't do without: settings, facts, starts
 */
#ifndef TESTS_CHECKS_NEEDS_H
#define TESTS_CHECKS_NEEDS_H

#include "observe/observation.h"

struct verdict;

/* 1 to 12; 13 for the capstone; 0 where the observation doesn't say. */
int step_number(const struct observation *);
/* "05-devnull"; "?" where the observation doesn't say. */
const char *step_name(const struct observation *);
/* Its file below steps/, without ".c": the same, or "capstone/daemonize". */
const char *step_source(const struct observation *);
/* What `make` calls it: "05", or "capstone". */
const char *step_goal(const struct observation *);
/* A setting as a run got it: "plain.NAME" for "plain" where that is set. */
const char *setting_of(const struct observation *, const char *run,
    const char *name);
/*
 * The descriptors that were open just before the execve, "0 1 2 9": fact
 * "opened".  Only a start with a gate is looked at then, so a run without
 * it has what "traced" had (0, 1 and 2 may differ).  NULL: nobody looked.
 */
const char *opened_at_start(const struct observation *, const struct run *);

/* Is there a fact NAME.skipped, the machine's reason?  Then so it's told. */
bool was_skipped(const struct run *, struct verdict *, const char *name);
/* Each is NULL with the verdict given: skipped, or the harness's fault. */
const char *needed_fact(const struct run *, struct verdict *,
    const char *name);
const struct start *needed_start(const struct run *, struct verdict *,
    const char *name);
const struct snapshot *needed_snapshot(const struct run *, struct verdict *,
    const char *moment);
const struct process *needed_init(const struct snapshot *, struct verdict *);

#endif
