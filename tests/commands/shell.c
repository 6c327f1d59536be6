/*
 * shell - an interactive shell in a box, with the step programs in PATH
 */
#define _GNU_SOURCE
#include <sys/wait.h>

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "box/box.h"
#include "box/files.h"
#include "box/machine.h"
#include "commands/command.h"
#include "language.h"

static const struct step *
any_program(const struct command_options *options, char **path)
{
	for (const struct step *step = steps; step->name != NULL; step++) {
		*path = text("%s/%s", options->programs,
		    step_program(step));
		if (access(*path, X_OK) == 0)
			return step;
		free(*path);
	}
	*path = NULL;
	return NULL;
}

/* The program under test is one; the shell wants them all. */
void
bring_programs(struct stage *stage, int *programs)
{
	for (const struct step *step = steps; step->name != NULL; step++) {
		int from = programs[step->number];
		char *path = text("/home/student/%s", step_program(step));

		if (from != -1 && files_copy(box_root(stage->box), from, path)
		    == -1 && errno != EEXIST)
			fprintf(stderr, "lab: %s: %s\n", path,
			    strerror(errno));
		free(path);
	}
}

int
command_in_box(const struct command_options *options,
    const struct guest *guest)
{
	struct run run;
	char *program;
	const char *why, *remedy;

	const struct step *step = any_program(options, &program);
	if (step == NULL) {
		fprintf(stderr, _("lab: no step program in %s (make builds "
		    "them)\n"), options->programs);
		return EXIT_USAGE;
	}
	struct course course = { .step = step, .program = program };
	course.mode = machine_mode(&why, &remedy);
	course_draw(&course, options->seed);
	memset(&run, 0, sizeof(run));
	int code = stage_house(&run, &course, options->programs, guest);
	if (run.fault != NULL)
		fprintf(stderr, "lab: %s\n", run.fault);
	run_free(&run);
	free(program);
	return code;
}

static void
bring(struct stage *stage, int *programs)
{
	bring_programs(stage, programs);
	unpack_files(stage);
}

static int
talk(struct stage *stage)
{
	int start = stage_start_shell(stage, isatty(STDIN_FILENO), false);

	box_talk(stage->box, stage->terminal, start);
	const struct start *shell = &stage->run->starts[start];
	if (!shell->ended)
		return EXIT_HARNESS;
	return WIFEXITED(shell->status) ? WEXITSTATUS(shell->status) :
	    EXIT_FAILED;
}

static int
shell(int argc, char **argv, const struct command_options *options)
{
	static const struct guest guest = { bring, talk };
	struct termios before;

	for (int i = 1; i < argc; i++) {
		if (pack_file(argv[i]))
			continue;
		drop_files();
		return EXIT_USAGE;
	}
	bool terminal = tcgetattr(STDIN_FILENO, &before) == 0;
	int code = command_in_box(options, &guest);
	drop_files();
	if (terminal)
		tcsetattr(STDIN_FILENO, TCSADRAIN, &before);
	return code;
}

const struct command shell_command = {
	"shell", N_("FILES"), N_("a shell in a box, which has these files"),
	shell
};
