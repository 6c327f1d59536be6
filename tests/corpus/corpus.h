/*
 * corpus - the named mistakes, and what was seen of each (tests/README.md)
 *
 * A run in a box takes a third of a second, judging what it left takes less
 * than a hundredth of that: so what prove/one.sh saw is kept below build/seen,
 * and judged again here, in each language and by each mutant of the judges.
 */
#ifndef TESTS_CORPUS_CORPUS_H
#define TESTS_CORPUS_CORPUS_H

#include <stdbool.h>

#include "checks/judge.h"

/* One file of tests/mistakes, and its observation. */
struct mistake {
	char *name;		/* "not-called" */
	char *title;		/* "returns 0 and does nothing: ..." */
	char *fails, *either, *advice;	/* ids, or "" */
	char *cause;		/* a key, or "" */
	char *open;		/* why the judges don't tell it yet, or "" */
	struct observation seen;
	char *missed;		/* what the judges don't say as wanted; NULL */
};

/* The mistakes of one step, in the order of their names. */
struct corpus {
	const struct step *step;
	struct mistake *mistakes;
	size_t count;
};

/*
 * Reads the step's mistakes and what was seen of them; the working directory
 * is the project's.  False after a sentence on stderr: something is missing
 * or has another shape.
 */
bool corpus_read(struct corpus *corpus, const struct step *step);
void corpus_free(struct corpus *corpus);

/* Is the word among those of a list, which blanks part? */
bool is_listed(const char *list, const char *word);

/*
 * What of a result isn't as the mistake's header wants it, as words to be
 * freed; NULL where all is.
 */
char *mistake_complaint(const struct mistake *, const struct result *);

/*
 * The commands print, and return an exit status.  The checks that all steps
 * have in common are tried where there is more than one corpus.
 */
int print_feedback(struct corpus *corpora, size_t count);
int try_mutants(struct corpus *corpora, size_t count);

#endif
