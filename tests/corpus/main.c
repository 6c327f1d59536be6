/*
 * corpus - judges again what was seen of the named mistakes: see corpus.h
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/corpus.h"
#include "language.h"

enum { STEPS = CAPSTONE, USAGE = 2 };

static int
help(void)
{
	fputs("usage: corpus feedback|mutants|checks [STEP]\n\n"
	    "  feedback  what a student reads of each mistake\n"
	    "  mutants   which mistakes find out each check that passes "
	    "always\n"
	    "  checks    the ids of what is judged\n", stderr);
	return USAGE;
}

/* From a step to the one before another: all of them, or one. */
static int
over_corpora(const struct step *from, const struct step *to,
    int (*run)(struct corpus *, size_t))
{
	struct corpus corpora[STEPS] = { 0 };
	int status = EXIT_SUCCESS;
	size_t count = 0;

	for (; from < to; from++)
		if (!corpus_read(&corpora[count++], from))
			status = EXIT_FAILURE;
	if (status == EXIT_SUCCESS)
		status = run(corpora, count);
	for (size_t i = 0; i < count; i++)
		corpus_free(&corpora[i]);
	return status;
}

static int
list_checks(const char *owner, const struct check *checks)
{
	for (; checks->id != NULL; checks++)
		printf("%s %s\n", owner, checks->id);
	return EXIT_SUCCESS;
}

int
main(int argc, char **argv)
{
	const struct step *from = steps, *to = steps + STEPS;

	choose_language();
	if (argc == 3)
		to = (from = find_step(argv[2])) + 1;
	if (argc < 2 || argc > 3 || from == NULL)
		return help();
	if (strcmp(argv[1], "feedback") == 0)
		return over_corpora(from, to, print_feedback);
	if (strcmp(argv[1], "mutants") == 0)
		return over_corpora(from, to, try_mutants);
	if (strcmp(argv[1], "checks") != 0)
		return help();
	list_checks("common", common_checks);
	list_checks("common", fault_checks);
	for (; from < to; from++)
		list_checks(from->name, from->checks);
	return EXIT_SUCCESS;
}
