/*
 * capstone - what the judges of bbserve share with those of all steps
 */
#ifndef TESTS_CHECKS_CAPSTONE_H
#define TESTS_CHECKS_CAPSTONE_H

#include "checks/check.h"

/*
 * The properties of the twelve steps that the capstone's daemon must have,
 * too: rows of the steps' own tables, in their order; NULL after the last.
 */
const struct check *borrowed_check(size_t number);
/* What a borrowed judge blames on a technique may be the score's fault. */
void point_at_score(const struct observation *, struct verdict *);

/* Of a launcher that doesn't end: its pipe has no end. */
extern const struct cause launcher_stays;
/* Of a launcher that ended with 0 although the start has failed. */
extern const struct cause failure_says_0;

/* Judges of capstone-refusals.c, by capstone_checks. */
void judge_statuses(const struct observation *, struct verdict *);
void judge_reasons(const struct observation *, struct verdict *);

#endif
