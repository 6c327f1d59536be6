/*
 * check - plays one step's program, judges it, reports
 */
#define _GNU_SOURCE
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "box/machine.h"
#include "checks/build.h"
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
		fprintf(stderr, _("lab %s: name one step, 01 to 12, or "
		    "capstone\n"), argv[0]);
		return NULL;
	}
	const struct step *step = find_step(argv[1]);
	if (step == NULL)
		fprintf(stderr, _("lab %s: there is no step \"%s\"; they are "
		    "01-fork to 12-setuid, and capstone\n"), argv[0], argv[1]);
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
ready(void)
{
	const char *why, *remedy;

	if (machine_can_look(&why, &remedy))
		return EXIT_PASSED;
	fprintf(stderr, _("lab: %s; %s\n"), _(why), _(remedy));
	return EXIT_SKIPPED;
}

static pid_t builder;		/* what --build started, or 0 */

/* Boxes are made while the compiler works: neither waits for the other. */
static void
start_build(const char *command)
{
	builder = 0;
	if (command == NULL)
		return;
	builder = fork();
	if (builder == 0) {
		execl("/bin/sh", "sh", "-c", command, (char *)NULL);
		_exit(127);
	}
}

/* The program, once it is built; -1 where there is none. */
static int
open_program(const struct course *course)
{
	if (builder > 0)
		while (waitpid(builder, NULL, 0) == -1 && errno == EINTR)
			;
	builder = 0;
	if (access(course->program, X_OK) == -1)
		return -1;
	return open(course->program, O_RDONLY | O_CLOEXEC);
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
	char *words = read_words(log);
	observation_setting(seen, "compiler", "%s", words);
	struct verdict *verdict = observation_grow((void **)&result->verdicts,
	    &result->count, sizeof(*result->verdicts));
	verdict->check = is_missing(words) ? &missing_check : &compile_check;
	verdict->check->judge(seen, verdict);
	for (char *line = strtok_r(words, "\n", &save);
	    line != NULL && lines < 12; line = strtok_r(NULL, "\n", &save),
	    lines++)
		evidence(verdict, "%s", line);
}

/* Why there is no program to check: the compiler's words, or nobody's. */
static int
explain_no_program(const struct course *course, struct observation *seen,
    struct result *result)
{
	char *log = text("%s.log", course->program);
	int code = EXIT_USAGE;

	if (access(log, F_OK) == 0) {
		observation_free(seen);
		report_unbuilt(course->step, log, seen, result);
		code = EXIT_FAILED;
	} else {
		fprintf(stderr, _("lab: %s can't be run: %s (make builds "
		    "it)\n"), course->program, strerror(ENOENT));
	}
	free(log);
	return code;
}

static int
play_and_judge(const struct course *course, const char *only,
    struct observation *seen, struct result *result)
{
	double start = now();

	switch (scenario_play(course, only, open_program, seen)) {
	case 0:
		judge(course->step, seen, result);
		result->seconds = now() - start;
		return exit_code(result->status);
	case 1:
		return explain_no_program(course, seen, result);
	default:
		fprintf(stderr, _("lab: the check can't be played: %s\n"),
		    strerror(errno));
		return EXIT_HARNESS;
	}
}

int
check_step(const struct step *step, const struct command_options *options,
    struct observation *seen, struct result *result)
{
	char *program = text("%s/%s", options->programs, step_program(step));
	struct course course = { .step = step, .program = program };
	const char *why, *remedy;

	memset(seen, 0, sizeof(*seen));
	memset(result, 0, sizeof(*result));
	start_build(options->build);
	int code = ready();
	if (code == EXIT_PASSED) {
		course.mode = machine_mode(&why, &remedy);
		course.real_root = geteuid() == 0 && course.mode != BOX_RANGE;
		course_draw(&course, options->seed);
		code = play_and_judge(&course, options->only, seen, result);
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
