/*
 * step - the table of the steps: one word finds everything
 */
#ifndef TESTS_STEP_H
#define TESTS_STEP_H

#include "checks/check.h"

struct scenario;

struct step {
	int number;		/* 1 to 12; 13 for the capstone */
	const char *name;	/* "05-devnull" */
	const char *function;	/* "redirect_stdio" */
	const struct check *checks;
	const struct scenario *scenario;
};

enum { CAPSTONE = 13 };

extern const struct step steps[];	/* ended by a name of NULL */

/* "5", "05", "devnull" or "05-devnull"; NULL where there is no such step. */
const struct step *find_step(const char *word);

/* The file of its program: its own name, or bbserve. */
const char *step_program(const struct step *step);

#endif
