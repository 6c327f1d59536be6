/*
 * ablation - the chain of twelve with one technique left out: which checks
 * fail then, and which may
 *
 * The check of step c judges the chain's program c, which has techniques 1
 * to c: the whole chain, at the moment when it has just taken that step.  It
 * can't judge the program of all twelve, for later steps go on from what
 * earlier ones made: 03 gives up the session that 02 led, 05 opens what 04
 * closed, 11 leaves the directory that 06 chose.  So a technique is missing
 * from its own program on; those before never had it.
 */
#ifndef TESTS_ABLATION_ABLATION_H
#define TESTS_ABLATION_ABLATION_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "checks/verdict.h"

enum { TECHNIQUES = 12 };

/* What one check said of one program; flat, as processes share it. */
struct cell {
	bool played;
	enum status status;
	bool own;		/* a property of the step itself failed */
	char failed[1024];	/* ids of all that failed, by blanks */
};

/* The technique left out, then the check, both from 1 on; 0 is not used. */
struct ablation {
	struct cell cells[TECHNIQUES + 1][TECHNIQUES + 1];
};

/* Checks that need another step's technique, declared beforehand. */
struct dependence {
	int without;		/* the technique */
	int first, last;	/* the checks that fail without it */
	const char *property;	/* the id of one property that must fail */
	const char *reason;	/* N_("…") */
};

extern const struct dependence dependences[];	/* ended by without = 0 */

/* Which declares this pair; NULL for none. */
const struct dependence *find_dependence(int without, int check);

enum finding {
	FINDING_ABSENT,		/* the program doesn't have it anyway */
	FINDING_PASSES,		/* the check doesn't need it */
	FINDING_OWN,		/* its own check fails, as it must */
	FINDING_NEEDS,		/* another fails, as declared */
	FINDING_STRAY,		/* fails or passes, and must not */
	FINDING_SKIPPED,	/* the machine can't show it */
	FINDING_BROKEN		/* the harness's fault */
};

enum finding ablation_finding(const struct ablation *ablation, int without,
    int check);

/* How many pairs were found so. */
size_t ablation_count(const struct ablation *ablation, enum finding finding);

/* {"schema":1,"cells":[{"without":6,"check":7,"status":"fail","own":false,
 * "failed":"id id"}]}, a cell for each that was played; a new reference, or
 * NULL. */
json_t *ablation_to_json(const struct ablation *ablation);

/* Returns 0; -1 where it isn't that. */
int ablation_from_json(struct ablation *ablation, json_t *json);

#endif
