/*
 * lab - the instruments of the daemon lab: picks the command, nothing else
 */
#define _GNU_SOURCE
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "box/init.h"
#include "commands/command.h"
#include "language.h"
#include "report/words.h"

static const struct command *const commands[] = {
	&check_command, &progress_command, &show_command, &trace_command,
	&shell_command, &transcript_command, &doctor_command,
	&ablation_command,
};

enum { COMMANDS = sizeof(commands) / sizeof(commands[0]) };

/* "STEP" in the user's language; gettext("") would be its header. */
static const char *
word(const struct command *command)
{
	return command->arguments[0] == '\0' ? "" : _(command->arguments);
}

static void
help(FILE *out)
{
	fprintf(out, "%s\n\n", _("usage: lab COMMAND [STEP] [OPTION]..."));
	for (size_t i = 0; i < COMMANDS; i++)
		fprintf(out, "  %-10s %s%*s %s\n", commands[i]->name,
		    word(commands[i]), 8 - words_columns(word(commands[i])),
		    "", _(commands[i]->summary));
	fprintf(out, "\n%s\n",
	    _("  --programs DIR     where the step programs are "
	    "(build/steps)\n"
	    "  --build COMMAND    builds the program meanwhile\n"
	    "  --json FILE        write the result there too\n"
	    "  --results DIR      write each step's result there\n"
	    "  --observation FILE write all that was seen there\n"
	    "  --run NAME         play one run of the check alone\n"
	    "  --seed N           draw the variations from N\n"
	    "  --evidence         say what was found, also where it passed\n"
	    "  --quiet            print nothing but faults\n"
	    "  --help             this text"));
	fprintf(out, "\n%s\n",
	    _("STEP is 5, 05, devnull or 05-devnull.  LAB_LANG=fr speaks "
	    "French.\n"
	    "Exit status: 0 all passed, 1 something failed, 2 usage, "
	    "77 skipped,\n"
	    "99 fault of the harness."));
}

static const struct option words[] = {
	{ "programs", required_argument, NULL, 'p' },
	{ "json", required_argument, NULL, 'j' },
	{ "results", required_argument, NULL, 'R' },
	{ "observation", required_argument, NULL, 'o' },
	{ "run", required_argument, NULL, 'r' },
	{ "seed", required_argument, NULL, 's' },
	{ "evidence", no_argument, NULL, 'e' },
	{ "build", required_argument, NULL, 'b' },
	{ "quiet", no_argument, NULL, 'q' },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};

/* Returns false after a sentence about a wrong option. */
static bool
read_option(int word, struct command_options *options)
{
	char *end;

	switch (word) {
	case 'p': options->programs = optarg; return true;
	case 'j': options->json = optarg; return true;
	case 'R': options->results = optarg; return true;
	case 'o': options->observation = optarg; return true;
	case 'r': options->only = optarg; return true;
	case 'e': options->evidence = true; return true;
	case 'b': options->build = optarg; return true;
	case 'q': options->quiet = true; return true;
	case 'h':
		help(stdout);
		exit(EXIT_PASSED);
	case 's':
		errno = 0;
		options->seed = strtoul(optarg, &end, 10);
		if (errno == 0 && end != optarg && *end == '\0')
			return true;
		fprintf(stderr, _("lab: not a number: %s\n"), optarg);
		return false;
	default:
		return false;
	}
}

int
main(int argc, char **argv)
{
	struct command_options options = { .programs = "build/steps" };

	/* A box's launcher: no reader, no options, nothing to say; and no
	 * leak checker at its end, which would wait for ever under strace. */
	if (argc > 1 && strcmp(argv[1], "box") == 0)
		_exit(box_launch(argc - 1, argv + 1));
	choose_language();
	if (getrandom(&options.seed, sizeof(options.seed), 0) == -1)
		options.seed = 1;
	options.seed &= 0xffffffffUL;
	for (int word; (word = getopt_long(argc, argv, "", words, NULL)) != -1;)
		if (!read_option(word, &options)) {
			help(stderr);
			return EXIT_USAGE;
		}
	if (optind == argc) {
		help(stderr);
		return EXIT_USAGE;
	}
	for (size_t i = 0; i < COMMANDS; i++)
		if (strcmp(argv[optind], commands[i]->name) == 0)
			return commands[i]->run(argc - optind, argv + optind,
			    &options);
	fprintf(stderr, _("lab: there is no command \"%s\"\n"), argv[optind]);
	help(stderr);
	return EXIT_USAGE;
}
