/*
 * check - a judge: a pure function from an observation to a verdict
 */
#ifndef TESTS_CHECKS_CHECK_H
#define TESTS_CHECKS_CHECK_H

#include "observe/observation.h"

enum status {
	STATUS_PASS,
	STATUS_FAIL,		/* the program's fault */
	STATUS_SKIP,		/* the machine's */
	STATUS_ERROR,		/* the harness's */
	STATUS_ADVICE		/* better practice; costs nothing */
};

/* What a judge found; strings are malloc'ed and in the user's language. */
struct verdict {
	const struct check *check;
	enum status status;
	char *expected;
	char *found;
	char **evidence;	/* lines of ps, /proc or strace, as they were */
	size_t evidence_count;
	const char *cause;	/* key, e.g. "02-setsid.leader"; NULL on pass */
	char *cause_text;	/* the likely cause, as a question */
	char *action;		/* one next action */
};

/* A property, its name a sentence that CUnit accepts ([A-Za-z0-9 _.-]). */
struct check {
	const char *id;		/* "leads-its-own-session" */
	bool required;
	const char *property;	/* N_("it leads a session and a group of its own") */
	void (*judge)(const struct observation *seen, struct verdict *verdict);
	const char *needs;	/* a fact "<needs>.skipped" of any run: SKIP */
};

/* The checks of a step, ended by an id of NULL; one table for each file. */
extern const struct check fork_checks[], setsid_checks[], refork_checks[],
    close_checks[], devnull_checks[], chdir_checks[], umask_checks[],
    lock_checks[], signals_checks[], log_checks[], chroot_checks[],
    setuid_checks[];
/* What holds for every step: it starts, settles, leaves nothing behind ... */
extern const struct check common_checks[];

/* How a judge speaks; the formats come from _() and are printf(3)'s. */
void expect(struct verdict *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void found(struct verdict *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void evidence(struct verdict *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Sets the status too: FAIL where the check is required, else ADVICE. */
void blame(struct verdict *, const char *cause, const char *question, ...)
    __attribute__((format(printf, 3, 4)));
void advise_action(struct verdict *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The machine can't show it: SKIP, with the reason and the remedy. */
void cannot_tell(struct verdict *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The harness is at fault: ERROR. */
void harness_fault(struct verdict *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

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

/* The last event of a call by a process (0: anyone) with that name, or NULL;
 * the name may be a list, "setuid setreuid setresuid". */
const struct event *last_call(const struct run *, int pid, const char *names);
const struct event *first_call(const struct run *, int pid, const char *names);
size_t count_calls(const struct run *, int pid, const char *names);

#endif
