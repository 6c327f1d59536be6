/*
 * show - draws the process before and after a step
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/command.h"
#include "language.h"
#include "report/picture.h"

static int
look(int argc, char **argv, const struct command_options *options,
    void (*draw)(FILE *, const struct observation *))
{
	const struct step *step = command_step(argc, argv);
	struct command_options one = *options;
	struct observation seen;
	struct result result;

	if (step == NULL)
		return EXIT_USAGE;
	if (one.only == NULL)
		one.only = "traced";
	int code = check_step(step, &one, &seen, &result);
	if (result.step != NULL) {
		/* Without a run there is only the reason to show. */
		if (seen.run_count == 0) {
			report_console(stdout, &result, &seen);
		} else {
			draw(stdout, &seen);
			code = EXIT_PASSED;
		}
	}
	result_free(&result);
	observation_free(&seen);
	return code;
}

/* What is to be drawn; an exit code. */
static int
draw(FILE *out, const struct step *step, const struct command_options *one)
{
	struct observation seen, earlier;
	struct result result, before;
	bool first = step->number == 1;
	int code = EXIT_HARNESS;

	memset(&earlier, 0, sizeof(earlier));
	memset(&before, 0, sizeof(before));
	check_step(step, one, &seen, &result);
	if (!first)
		check_step(step - 1, one, &earlier, &before);
	if (report_processes(out, first ? NULL : &earlier, &seen) == 0)
		code = EXIT_PASSED;
	else
		fprintf(stderr, _("lab: there is nothing to draw: make %s "
		    "tells why\n"), step->name);
	result_free(&before);
	observation_free(&earlier);
	result_free(&result);
	observation_free(&seen);
	return code;
}

static int
draw_file(int argc, char **argv, const struct command_options *options)
{
	const struct step *step = command_step(argc, argv);
	struct command_options one = *options;

	if (step == NULL)
		return EXIT_USAGE;
	one.only = "traced";
	FILE *out = fopen(options->svg, "we");
	int code = out == NULL ? EXIT_USAGE : draw(out, step, &one);
	if (out == NULL || fclose(out) == EOF) {
		fprintf(stderr, _("lab: %s can't be written: %s\n"),
		    options->svg, strerror(errno));
		return EXIT_USAGE;
	}
	return code;
}

static int
show(int argc, char **argv, const struct command_options *options)
{
	if (options->svg != NULL)
		return draw_file(argc, argv, options);
	return look(argc, argv, options, report_picture);
}

static int
trace(int argc, char **argv, const struct command_options *options)
{
	return look(argc, argv, options, report_trace);
}

const struct command show_command = {
	"show", N_("STEP"), N_("the process before and after, changes marked"),
	show
};

const struct command trace_command = {
	"trace", N_("STEP"), N_("the step's system calls, explained"), trace
};
