/*
 * absence - why there is no daemon to look at
 */
#ifndef TESTS_CHECKS_ABSENCE_H
#define TESTS_CHECKS_ABSENCE_H

#include "observe/observation.h"

struct verdict;

/* The cause key of a step, "05-devnull.not-written" and the like, by kind. */
enum why {
	WHY_NOT_WRITTEN,	/* the TODO is still there */
	WHY_SAID_NO,		/* it returned -1 with another errno */
	WHY_WRONG_RESULT,	/* it returned what its contract doesn't know */
	WHY_EARLIER_STEP,	/* an earlier step did it */
	WHY_CRASHED,		/* killed by a signal */
	WHY_NO_SETTLE,		/* neither serves nor ends */
	WHY_ENDED,		/* ended with a status, without a sentence */
	WHY_NOBODY,		/* status 0, and nobody lives */
	WHY_COUNT
};
const char *step_cause(const struct observation *, enum why);

/* Sends the student back to the step that did it, "04-close". */
void blame_earlier(const struct observation *, const char *step,
    struct verdict *);
/* A start that serves no more: what it said, how it ended, what hangs. */
void explain_absence(const struct observation *, const struct run *,
    const struct start *, const struct snapshot *, struct verdict *);

/*
 * Why a start's step failed, in main.c's words, "Invalid argument"; malloc'ed.
 * NULL where none was said of that step.
 */
char *reason_of(const struct run *, const struct start *, const char *step);
/* Main.c's "returned 18, which is ...": the 18. False for other reasons. */
bool is_wrong_result(const char *reason, int *result);

/* A step that said -1, or a process that a signal killed. */
struct absence {
	const struct observation *seen;
	const struct run *run;
	const struct start *start;
	const struct ending *ending;	/* who was killed; NULL: it said -1 */
};

/*
 * A step's own file may know better than "it said no", or "it was killed".
 * True where it has given the verdict (expected and found are set before).
 */
typedef bool explainer(const struct absence *, struct verdict *);
explainer explain_setsid, explain_devnull, explain_umask, explain_signals,
    explain_log, explain_chroot, explain_setuid, explain_capstone;

#endif
