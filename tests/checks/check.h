/*
 * check - a judge: a pure function from an observation to a verdict
 */
#ifndef TESTS_CHECKS_CHECK_H
#define TESTS_CHECKS_CHECK_H

#include "checks/verdict.h"
#include "observe/observation.h"

/* A property, its name a sentence that CUnit accepts ([A-Za-z0-9 _.-]). */
struct check {
	const char *id;		/* "leads-its-own-session" */
	bool required;
	const char *property;	/* N_("it leads a session of its own") */
	void (*judge)(const struct observation *seen, struct verdict *verdict);
	const char *needs;	/* a fact "<needs>.skipped" of any run: SKIP */
	/* Where it isn't required: the same as an imperative, for whom it
	 * doesn't hold, N_("give up the session"). */
	const char *advice;
};

/* The checks of a step, ended by an id of NULL; one table for each file. */
extern const struct check fork_checks[], setsid_checks[], refork_checks[],
    close_checks[], devnull_checks[], chdir_checks[], umask_checks[],
    lock_checks[], signals_checks[], log_checks[], chroot_checks[],
    setuid_checks[], capstone_checks[];
/* What holds for every step: it starts, settles, leaves nothing behind ... */
extern const struct check common_checks[];
/* What comes last, for each step some call of which can fail: all but 07. */
extern const struct check fault_checks[];

#endif
