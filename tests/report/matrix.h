/*
 * matrix - the picture of the ablation: what is left out down the side, the
 * checks along the top
 *
 * A letter in it is that of the declared reason, told below.
 */
#ifndef TESTS_REPORT_MATRIX_H
#define TESTS_REPORT_MATRIX_H

#include <stdio.h>

#include "ablation/ablation.h"

struct mark {
	enum finding finding;
	const char *mark;
	const char *meaning;	/* N_("…") */
};

/* In the order in which they are told; ended by a mark of NULL. */
extern const struct mark matrix_legend[];

/* Troubles are told only where there are some. */
bool matrix_tells(const struct ablation *ablation, const struct mark *mark);

/* The mark of a pair; good until the next is asked for. */
const char *matrix_mark(const struct ablation *ablation, int without,
    int check);
/* The letter that stands for a declared reason. */
char matrix_letter(const struct dependence *dependence);

/* Sentences in the user's language, malloc'ed: a declared reason, and what
 * must not be. */
char *matrix_reason(const struct dependence *dependence);
char *matrix_complaint(const struct ablation *ablation, int without,
    int check);

/* For a person, at 80 columns, colours only where `out` is a terminal: the
 * picture, its reasons, what must not be, and one line of sums. */
void matrix_print(FILE *out, const struct ablation *ablation);

/* The same for the book: an SVG document, malloc'ed.  NULL with errno.  It
 * is in matrix-svg.c, which build/lab does without (Makefile). */
char *matrix_svg(const struct ablation *ablation);

#endif
