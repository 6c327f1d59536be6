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

/*
 * Takes away what may or may not have been seen yet.  Before it's judged: one
 * thing more or less changes what is said of the others.
 */
void scrub_observation(struct observation *seen);

#endif
