/*
 * show - draws the process before and after a step
 */
#define _GNU_SOURCE
#include "commands/command.h"
#include "language.h"

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

static int
show(int argc, char **argv, const struct command_options *options)
{
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
