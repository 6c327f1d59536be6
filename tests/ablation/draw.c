/*
 * draw - the ablation's picture for the book, in both languages
 *
 *   build/draw RESULT NAME   (make ablation)
 *
 * RESULT is what "lab ablation --json" has written; NAME.en.svg and
 * NAME.fr.svg are drawn, and named on standard output.  A program of its own:
 * libxml2 is large, and build/lab, which starts itself again for each box,
 * would load it each time.
 */
#define _GNU_SOURCE
#include <err.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "ablation/ablation.h"
#include "commands/command.h"
#include "language.h"
#include "observe/observation.h"
#include "report/matrix.h"

/* Beside, then in its place: a picture that is there is whole. */
static void
save(const char *document, const char *path)
{
	char *beside = text("%s.new", path);
	FILE *file = fopen(beside, "we");

	if (file == NULL)
		err(EXIT_HARNESS, "%s", beside);
	if (fputs(document, file) == EOF || fclose(file) == EOF)
		err(EXIT_HARNESS, "%s", beside);
	if (rename(beside, path) == -1)
		err(EXIT_HARNESS, "%s", path);
	free(beside);
}

static void
draw(const struct ablation *ablation, const char *name, const char *wish)
{
	char *path = text("%s.%s.svg", name, wish);

	if (setenv("LAB_LANG", wish, 1) == -1)
		err(EXIT_HARNESS, "setenv LAB_LANG");
	choose_language();
	char *document = matrix_svg(ablation);
	if (document == NULL)
		err(EXIT_HARNESS, "%s", path);
	save(document, path);
	printf("%s\n", path);
	free(document);
	free(path);
}

int
main(int argc, char **argv)
{
	static struct ablation ablation;
	json_error_t error;

	if (argc != 3)
		errx(EXIT_USAGE, "usage: draw RESULT NAME");
	json_t *json = json_load_file(argv[1], 0, &error);
	if (json == NULL)
		errx(EXIT_USAGE, "%s: line %d: %s", argv[1], error.line,
		    error.text);
	if (ablation_from_json(&ablation, json) == -1)
		errx(EXIT_USAGE, "%s: no result of \"lab ablation\"",
		    argv[1]);
	json_decref(json);
	draw(&ablation, argv[2], "en");
	draw(&ablation, argv[2], "fr");
	return EXIT_PASSED;
}
