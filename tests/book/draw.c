/*
 * draw - what each step changes, as pictures for the book
 *
 *   build/draw-steps FOLDER OBSERVATION...   (make transcripts)
 *
 * Each OBSERVATION is what "lab check --observation" has written of a step's
 * traced run; the one before it, if it is of the step before, is the state
 * that the step begins with.  Draws FOLDER/05-devnull.en.svg and .fr.svg.  A
 * program of its own for the reason of tests/ablation/draw.c.
 */
#define _GNU_SOURCE
#include <err.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/command.h"
#include "language.h"
#include "observe/json.h"
#include "report/gloss.h"
#include "report/picture.h"

static void
read_observation(struct observation *seen, const char *path)
{
	json_error_t error;
	json_t *json = json_load_file(path, 0, &error);

	memset(seen, 0, sizeof(*seen));
	if (json == NULL)
		errx(EXIT_USAGE, "%s: line %d: %s", path, error.line,
		    error.text);
	if (observation_from_json(seen, json) == -1)
		errx(EXIT_USAGE, "%s: no observation", path);
	json_decref(json);
}

static void
draw(const char *folder, const struct observation *earlier,
    const struct observation *seen, const char *wish)
{
	char *path = text("%s/%s.%s.svg", folder, seen->step, wish);

	if (setenv("LAB_LANG", wish, 1) == -1)
		err(EXIT_HARNESS, "setenv LAB_LANG");
	choose_language();
	char *document = processes_svg(earlier, seen);
	if (document == NULL)
		err(EXIT_HARNESS, "%s", path);
	FILE *file = fopen(path, "we");
	if (file == NULL || fputs(document, file) == EOF ||
	    fclose(file) == EOF)
		err(EXIT_HARNESS, "%s", path);
	free(document);
	free(path);
}

int
main(int argc, char **argv)
{
	struct observation seen, earlier;

	if (argc < 3)
		errx(EXIT_USAGE, "usage: draw-steps FOLDER OBSERVATION...");
	memset(&earlier, 0, sizeof(earlier));
	for (int i = 2; i < argc; i++) {
		read_observation(&seen, argv[i]);
		bool follows = earlier.step != NULL &&
		    number_of_step(earlier.step) + 1 ==
		    number_of_step(seen.step);
		draw(argv[1], follows ? &earlier : NULL, &seen, "en");
		draw(argv[1], follows ? &earlier : NULL, &seen, "fr");
		observation_free(&earlier);
		earlier = seen;
	}
	observation_free(&earlier);
	return EXIT_PASSED;
}
