/*
 * progress - the twelve steps in order, and the capstone: what stands, and what
 * is next
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/command.h"
#include "language.h"

enum { STEPS = 12 };

/* Each property that was proved, with what was found. */
void
print_evidence(const struct result *result)
{
	for (size_t i = 0; i < result->count; i++) {
		const struct verdict *verdict = &result->verdicts[i];
		if (verdict->status != STATUS_PASS)
			continue;
		char *line = verdict->found == NULL ?
		    text("%s", _(verdict->check->property)) :
		    text(_("%s: %s"), _(verdict->check->property),
		    verdict->found);
		printf("      ");
		print_safely(stdout, line);
		printf("\n");
		free(line);
	}
}

static void
print_line(const struct result *result)
{
	size_t passed = 0;

	for (size_t i = 0; i < result->count; i++)
		passed += result->verdicts[i].status == STATUS_PASS;
	switch (result->status) {
	case STATUS_PASS:
		printf(_("  %-11s passed   %zu properties proved\n"),
		    result->step, passed);
		break;
	case STATUS_SKIP:
		printf(_("  %-11s skipped  this machine can't show it: "
		    "make doctor\n"), result->step);
		break;
	case STATUS_ERROR:
		printf(_("  %-11s broken   the harness failed, not the "
		    "program\n"), result->step);
		break;
	default:
		printf(_("  %-11s to do\n"), result->step);
	}
	fflush(stdout);
}

static void
print_rest(const struct step *step)
{
	for (; step->name != NULL; step++)
		printf("  %-11s .\n", step->name);
}

static int
progress(int argc, char **argv, const struct command_options *options)
{
	int passed = 0, code = EXIT_PASSED;
	bool whole = false;	/* the last one stands, the capstone */

	if (argc != 1) {
		fprintf(stderr, _("lab %s: takes no step\n"), argv[0]);
		return EXIT_USAGE;
	}
	for (const struct step *step = steps; step->name != NULL; step++) {
		struct observation seen;
		struct result result;
		int one = check_step(step, options, &seen, &result);

		if (result.step == NULL)
			return one;
		if (save_result(&result, &seen, options) == -1)
			code = EXIT_HARNESS;
		print_line(&result);
		passed += result.status == STATUS_PASS &&
		    step->number < CAPSTONE;
		whole = result.status == STATUS_PASS;
		if (one == EXIT_PASSED && options->evidence)
			print_evidence(&result);
		if (one == EXIT_FAILED || one == EXIT_HARNESS) {
			print_rest(step + 1);
			printf(ngettext("\n%d of %d steps stands.  The first "
			    "that doesn't stand yet:\n\n",
			    "\n%d of %d steps stand.  The first that doesn't "
			    "stand yet:\n\n", (unsigned long)passed),
			    passed, STEPS);
			report_console(stdout, &result, &seen);
			code = one;
		} else if (one == EXIT_SKIPPED && code == EXIT_PASSED) {
			code = EXIT_SKIPPED;
		}
		result_free(&result);
		observation_free(&seen);
		if (code == EXIT_FAILED || code == EXIT_HARNESS)
			return code;
	}
	printf(whole ? _("\n%d of %d steps stand, and the capstone.\n") :
	    _("\n%d of %d steps stand.\n"), passed, STEPS);
	return code;
}

const struct command progress_command = {
	"progress", "", N_("all steps in order, up to the first that fails"),
	progress
};
