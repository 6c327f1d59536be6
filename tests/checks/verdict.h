/*
 * verdict - what a judge found, and how it says so
 */
#ifndef TESTS_CHECKS_VERDICT_H
#define TESTS_CHECKS_VERDICT_H

#include <stddef.h>

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

/* What probably happened, as a question, and what to do next. */
struct cause {
	const char *key;
	const char *question, *action;	/* N_() */
};

/* How a judge speaks; the formats come from _() and are printf(3)'s. */
void expect(struct verdict *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void found(struct verdict *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void evidence(struct verdict *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* FAIL where the check is required, else ADVICE; the first blame stays. */
void blame(struct verdict *, const char *cause, const char *question, ...)
    __attribute__((format(printf, 3, 4)));
void advise_action(struct verdict *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Blames a cause that needs no numbers, with its action. */
void accuse(struct verdict *, const struct cause *);
/* The machine can't show it: SKIP, with the reason and the remedy. */
void cannot_tell(struct verdict *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The harness is at fault: ERROR. */
void harness_fault(struct verdict *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Frees what it holds, and empties it. */
void verdict_clear(struct verdict *);
/* Keeps the key of a cause that another check of the step explains. */
void cut_short(struct verdict *);

#endif
