/*
 * gloss - what a system call means, and what each step is about, in words
 */
#ifndef TESTS_REPORT_GLOSS_H
#define TESTS_REPORT_GLOSS_H

#include "observe/observation.h"

/* Half a line on what the call did, in the user's language; malloc'ed. */
char *explain_call(const struct event *event);

/* "where 0, 1 and 2 lead"; NULL where there is no such step. */
const char *step_subject(int number);

/* The number of a step's name ("05-devnull"), 0 of anything else. */
int number_of_step(const char *name);

#endif
