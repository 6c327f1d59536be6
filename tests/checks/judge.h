/*
 * judge - runs a step's checks over an observation, as a CUnit suite
 */
#ifndef TESTS_CHECKS_JUDGE_H
#define TESTS_CHECKS_JUDGE_H

#include "report/report.h"
#include "step.h"

/*
 * Fills a result with a verdict for each check, common ones first.  A check
 * that says nothing is the harness's fault.
 */
void judge(const struct step *step, const struct observation *seen,
    struct result *result);

#endif
