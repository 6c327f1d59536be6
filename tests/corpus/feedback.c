/*
 * feedback - what a student reads of each mistake, as text to be reviewed
 *
 * Left out are the title and the properties that hold, which say nothing of
 * the mistake; and what differs from one run to the next has a name instead.
 */
#define _GNU_SOURCE		/* open_memstream */

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/corpus.h"
#include "corpus/scrub.h"

enum { HARNESS_FAULT = 99 };

/* The report as it is printed for a person, to be freed. */
static void
write_report(char **report, const struct result *result,
    const struct observation *seen)
{
	size_t size;
	FILE *out = open_memstream(report, &size);

	if (out == NULL)
		err(HARNESS_FAULT, "open_memstream");
	report_console(out, result, seen);
	if (fclose(out) != 0)
		err(HARNESS_FAULT, "open_memstream");
}

/* An empty line ends the title and what holds. */
static const char *
what_does_not_hold(const char *report)
{
	const char *gap = strstr(report, "\n\n");

	return gap == NULL ? report : gap + 2;
}

/*
 * Why a mistake's feedback isn't the same each time, to be freed; or NULL.
 * tests/golden/left-out has lines of "05-devnull left-closed: why".
 */
static char *
why_left_out(const char *step, const char *name)
{
	FILE *file = fopen("tests/golden/left-out", "re");
	char *line = NULL, *reason = NULL;
	char *wanted = text("%s %s: ", step, name);
	size_t room = 0, length = strlen(wanted);

	if (file == NULL)
		err(HARNESS_FAULT, "tests/golden/left-out");
	while (reason == NULL && getline(&line, &room, file) > 0)
		if (strncmp(line, wanted, length) == 0)
			reason = text("%.*s", (int)strcspn(line + length,
			    "\n"), line + length);
	free(line);
	free(wanted);
	fclose(file);
	return reason;
}

static void
print_mistake(const struct corpus *corpus, struct mistake *mistake)
{
	char *reason = why_left_out(corpus->step->name, mistake->name);
	char *report = NULL;
	struct result result;

	printf("\n=== %s - %s\n", mistake->name, mistake->title);
	if (*mistake->open != '\0')
		printf("(open: %s)\n", mistake->open);
	if (*mistake->either != '\0') {
		printf("(not shown: %s may go either way)\n", mistake->either);
		free(reason);
		return;
	}
	if (reason != NULL) {
		printf("(not shown: %s)\n", reason);
		free(reason);
		return;
	}
	judge(corpus->step, &mistake->seen, &result);
	scrub(&result);
	write_report(&report, &result, &mistake->seen);
	printf("\n%s", what_does_not_hold(report));
	free(report);
	result_free(&result);
}

int
print_feedback(struct corpus *corpora, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		printf("%s\n", corpora[i].step->name);
		for (size_t j = 0; j < corpora[i].count; j++)
			print_mistake(&corpora[i], &corpora[i].mistakes[j]);
	}
	return EXIT_SUCCESS;
}
