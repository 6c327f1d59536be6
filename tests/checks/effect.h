/*
 * effect - does a step's technique have its effect on a process?
 *
 * The short question, by /proc and the box's files alone.  A step's own file
 * asks it at length, with its experiments and causes.
 */
#ifndef TESTS_CHECKS_EFFECT_H
#define TESTS_CHECKS_EFFECT_H

#include "observe/observation.h"

/* A process of a run of faults, and which of its starts it is. */
struct bearer {
	const struct observation *seen;
	const struct run *run;
	const struct snapshot *shot;
	const struct start *start;
	const struct process *process;
	int number;		/* of the fault; 0: unharmed */
};

/* What it lacks, in the user's language, to be freed; NULL: nothing. */
char *lacking(const struct bearer *bearer);

#endif
