/*
 * options.h - what the command line can ask of a step program
 */
#ifndef STEPS_OPTIONS_H
#define STEPS_OPTIONS_H

#include <sys/types.h>

enum { READS_MAX = 8 };

struct options {
	/* What the techniques are called with. */
	const char *pid_file;
	const char *log_file;
	const char *jail;
	const char *user;
	const char *directory;
	const char *config;
	mode_t umask;
	int lowest;

	/* Experiments: NULL or 0 when they weren't asked for. */
	const char *terminal;
	const char *create;
	const char *reads[READS_MAX];
	size_t reads_count;
	int break_pipe;
	int regain_root;
	const char *message;
	unsigned long messages;
};

/*
 * Fills *options, which holds the defaults, from the command line. Ends the
 * process after --help (status 0) and for a bad command line (status 2).
 */
void parse_options(int argc, char *argv[], struct options *options);

#endif
