/*
 * check - plays one step's program, judges it, reports
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "box/machine.h"
#include "checks/judge.h"
#include "commands/command.h"
#include "language.h"
#include "observe/json.h"
#include "scenarios/scenario.h"

int
exit_code(enum status status)
{
	switch (status) {
	case STATUS_PASS:
	case STATUS_ADVICE:
		return EXIT_PASSED;
	case STATUS_FAIL:
		return EXIT_FAILED;
	case STATUS_SKIP:
		return EXIT_SKIPPED;
	default:
		return EXIT_HARNESS;
	}
}

const struct step *
command_step(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, _("lab %s: name one step, 01 to 12\n"),
		    argv[0]);
		return NULL;
	}
	const struct step *step = find_step(argv[1]);
	if (step == NULL)
		fprintf(stderr, _("lab %s: there is no step \"%s\"; they are "
		    "01-fork to 12-setuid\n"), argv[0], argv[1]);
	return step;
}

static double
now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static int
save_observation(const struct observation *seen, const char *path)
{
	json_t *json = observation_to_json(seen);
	int result = json == NULL ? -1 : report_save(json, path);

	json_decref(json);
	if (result == -1)
		fprintf(stderr, _("lab: %s can't be written: %s\n"), path,
		    strerror(errno));
	return result;
}

/* What must be there before anything can be seen; an exit code. */
static int
ready(const struct course *course)
{
	const char *why, *remedy;

	if (!machine_can_look(&why, &remedy)) {
		fprintf(stderr, _("lab: %s; %s\n"), _(why), _(remedy));
		return EXIT_SKIPPED;
	}
	if (access(course->program, R_OK | X_OK) == -1) {
		fprintf(stderr, _("lab: %s can't be run: %s (make builds "
		    "it)\n"), course->program, strerror(errno));
		return EXIT_USAGE;
	}
	return EXIT_PASSED;
}

/* The whole of a small file: the compiler's words. */
static char *
read_words(const char *path)
{
	static char words[16384];
	FILE *file = fopen(path, "re");
	size_t length = 0;

	if (file != NULL) {
		length = fread(words, 1, sizeof(words) - 1, file);
		fclose(file);
	}
	words[length] = '\0';
	return words;
}

static void
judge_unbuilt(const struct observation *seen, struct verdict *verdict)
{
	(void)seen;
	expect(verdict, _("a program that compiles, without a warning"));
	found(verdict, _("the compiler refused it"));
	blame(verdict, "compile", _("What does the compiler's first line "
	    "say, and about which line of the file?"));
	advise_action(verdict, _("Mend the first line that it names; the "
	    "others often follow from it"));
}

static const struct check compile_check = {
	"compiles", true, N_("it compiles without a warning"), judge_unbuilt
};

/* The program isn't there: the compiler's own words are the evidence. */
static void
report_unbuilt(const struct step *step, const char *log,
    struct observation *seen, struct result *result)
{
	char *save = NULL;
	int lines = 0;

	memset(seen, 0, sizeof(*seen));
	memset(result, 0, sizeof(*result));
	result->step = step->name;
	result->status = STATUS_FAIL;
	seen->step = text("%s", step->name);
	struct verdict *verdict = observation_grow((void **)&result->verdicts,
	    &result->count, sizeof(*result->verdicts));
	verdict->check = &compile_check;
	judge_unbuilt(seen, verdict);
	for (char *line = strtok_r(read_words(log), "\n", &save);
	    line != NULL && lines < 12; line = strtok_r(NULL, "\n", &save),
	    lines++)
		evidence(verdict, "%s", line);
}

int
check_step(const struct step *step, const struct command_options *options,
    struct observation *seen, struct result *result)
{
	char *program = text("%s/%s", options->programs, step->name);
	struct course course = { .step = step, .program = program };
	const char *why, *remedy;
	double start = now();

	memset(seen, 0, sizeof(*seen));
	memset(result, 0, sizeof(*result));
	char *log = text("%s.log", program);
	int code;

	if (access(program, F_OK) == -1 && access(log, F_OK) == 0) {
		report_unbuilt(step, log, seen, result);
		free(log);
		free(program);
		return EXIT_FAILED;
	}
	free(log);
	code = ready(&course);
	if (code == EXIT_PASSED) {
		course.mode = machine_mode(&why, &remedy);
		course.real_root = geteuid() == 0 && course.mode != BOX_RANGE;
		course_draw(&course, options->seed);
		if (scenario_play(&course, options->only, seen) == -1) {
			fprintf(stderr, _("lab: the check can't be played: "
			    "%s\n"), strerror(errno));
			code = EXIT_HARNESS;
		} else {
			judge(step, seen, result);
			result->seconds = now() - start;
			code = exit_code(result->status);
		}
	}
	free(program);
	return code;
}

int
save_result(const struct result *result, const struct observation *seen,
    const struct command_options *options)
{
	char *path = options->json != NULL ? text("%s", options->json) :
	    options->results != NULL ? text("%s/%s.json", options->results,
	    result->step) : NULL;

	if (path == NULL)
		return 0;
	json_t *json = report_json(result, seen);
	int failed = json == NULL ? -1 : report_save(json, path);
	if (failed == -1)
		fprintf(stderr, _("lab: %s can't be written: %s\n"), path,
		    strerror(errno));
	json_decref(json);
	free(path);
	return failed;
}

static int
check(int argc, char **argv, const struct command_options *options)
{
	const struct step *step = command_step(argc, argv);
	struct observation seen;
	struct result result;

	if (step == NULL)
		return EXIT_USAGE;
	int code = check_step(step, options, &seen, &result);
	if (result.step != NULL) {
		if (!options->quiet)
			report_console(stdout, &result, &seen);
		if (options->evidence)
			print_evidence(&result);
		if (save_result(&result, &seen, options) == -1 ||
		    (options->observation != NULL &&
		    save_observation(&seen, options->observation) == -1))
			code = EXIT_HARNESS;
	}
	result_free(&result);
	observation_free(&seen);
	return code;
}

const struct command check_command = {
	"check", N_("STEP"), N_("prove one step on the running program"), check
};
