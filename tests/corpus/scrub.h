/*
 * scrub - what differs from one run to the next gets a name instead
 */
#ifndef TESTS_CORPUS_SCRUB_H
#define TESTS_CORPUS_SCRUB_H

#include "report/report.h"

/*
 * Replaces it in all that a result's verdicts say: before it's printed, so
 * that lines break in the same places.
 */
void scrub(struct result *result);

#endif
