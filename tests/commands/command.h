/*
 * command - the words that follow build/lab
 */
#ifndef TESTS_COMMANDS_COMMAND_H
#define TESTS_COMMANDS_COMMAND_H

#include <stdbool.h>

#include "report/report.h"
#include "scenarios/stage.h"

/* The exit codes; the same everywhere in this project. */
enum {
	EXIT_PASSED = 0,
	EXIT_FAILED = 1,
	EXIT_USAGE = 2,
	EXIT_SKIPPED = 77,
	EXIT_HARNESS = 99
};

/* What may follow a command. */
struct command_options {
	const char *programs;	/* folder of the step programs */
	const char *json;	/* where the result goes */
	const char *observation;	/* where what was seen goes */
	const char *only;	/* one run alone */
	const char *results;	/* a folder for results */
	const char *build;	/* a command that builds the program */
	unsigned long seed;
	bool quiet;
	bool evidence;		/* what was found, also where it passed */
};

struct command {
	const char *name;
	const char *arguments;	/* "STEP", or "" */
	const char *summary;	/* N_("…") */
	int (*run)(int argc, char **argv, const struct command_options *);
};

extern const struct command check_command, progress_command, show_command,
    trace_command, shell_command, transcript_command, doctor_command,
    ablation_command;

/* The step that a command line names, or NULL after a sentence on stderr. */
const struct step *command_step(int argc, char **argv);

/*
 * Plays and judges one step's program.  One that isn't there, but has the
 * compiler's words beside it (NN-name.log), fails for that.  Fills both
 * structures (to be freed).
 * Returns the exit code; where it is EXIT_USAGE, EXIT_SKIPPED or EXIT_HARNESS
 * before anything was judged, result->step is NULL and a sentence stands on
 * stderr.
 */
int check_step(const struct step *step, const struct command_options *options,
    struct observation *seen, struct result *result);

/* Writes the result where the options want it: 0, or -1 after a sentence. */
int save_result(const struct result *result, const struct observation *seen,
    const struct command_options *options);

/* Opens a box with the step programs and lets the guest play there; an exit
 * code, after a sentence on stderr where that failed. */
int command_in_box(const struct command_options *options,
    const struct guest *guest);
/* A guest's bring: all step programs, in the box's PATH. */
void bring_programs(struct stage *stage, int *programs);

/* The text of a file, to be freed; or NULL after a sentence on stderr. */
char *read_text(const char *path);
/* Keeps a text file for the box, under its last name: true, or false after a
 * sentence on stderr. */
bool pack_file(const char *path);
/* Writes those that are kept into the shell's directory. */
void unpack_files(struct stage *stage);
/* Keeps none any more. */
void drop_files(void);

/* What was found where it passed. */
void print_evidence(const struct result *result);

/* The exit code that a status stands for. */
int exit_code(enum status status);

#endif
