/*
 * daemon - the process that serves, and the run it serves in
 */
#ifndef TESTS_CHECKS_DAEMON_H
#define TESTS_CHECKS_DAEMON_H

#include "observe/observation.h"

struct verdict;

/*
 * The process of a run's start that serves at a moment, or NULL after having
 * given the verdict itself: skipped or broken run, a technique that said -1
 * (with its cause), nothing left alive.
 */
const struct process *the_daemon(const struct observation *, struct verdict *,
    const char *run, const char *start, const char *moment);
/* The run, or NULL with the verdict given (skipped run, harness fault). */
const struct run *the_run(const struct observation *, struct verdict *,
    const char *run);

/* The daemon of a run's first start, and the box around it. */
struct scene {
	const struct run *run;
	const struct start *start;		/* "first" */
	const struct snapshot *shot;		/* "after" */
	const struct process *process;
};
/* As the_daemon; false with the verdict given. */
bool set_scene(const struct observation *, struct verdict *, const char *run,
    struct scene *);

/*
 * A judge of one run; false: the verdict is given.  both_runs applies it to
 * "traced", then to "plain", and stops at the first that is false.
 */
typedef bool run_judge(const struct observation *, struct verdict *,
    const char *run);
bool both_runs(const struct observation *, struct verdict *, run_judge *);

#endif
