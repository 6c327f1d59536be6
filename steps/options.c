/*
 * options - read the command line of a step program
 */
#define _GNU_SOURCE /* getopt_long, program_invocation_short_name */

#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "options.h"

enum { STATUS_USAGE = 2 };

/* The options that keep a text come first: parse_options counts on it. */
enum {
	PID_FILE,
	LOG_FILE,
	JAIL,
	USER,
	DIRECTORY,
	CONFIG,
	OPEN_TERMINAL,
	CREATE,
	MESSAGE,
	TEXTS,
	UMASK = TEXTS,
	LOWEST,
	READ,
	BREAK_PIPE,
	REGAIN_ROOT,
	MESSAGES,
	HELP
};

static const struct option known[] = {
    {"pid-file", required_argument, NULL, PID_FILE},
    {"log-file", required_argument, NULL, LOG_FILE},
    {"jail", required_argument, NULL, JAIL},
    {"user", required_argument, NULL, USER},
    {"directory", required_argument, NULL, DIRECTORY},
    {"config", required_argument, NULL, CONFIG},
    {"open-terminal", required_argument, NULL, OPEN_TERMINAL},
    {"create", required_argument, NULL, CREATE},
    {"message", required_argument, NULL, MESSAGE},
    {"umask", required_argument, NULL, UMASK},
    {"lowest", required_argument, NULL, LOWEST},
    {"read", required_argument, NULL, READ},
    {"break-pipe", no_argument, NULL, BREAK_PIPE},
    {"regain-root", no_argument, NULL, REGAIN_ROOT},
    {"messages", required_argument, NULL, MESSAGES},
    {"help", no_argument, NULL, HELP},
    {NULL, 0, NULL, 0},
};

static _Noreturn void
refuse(void)
{
	fprintf(stderr, "Usage: %s [OPTION]... (--help lists them)\n",
	    program_invocation_short_name);
	exit(STATUS_USAGE);
}

static _Noreturn void
help(const struct options *o)
{
	printf("Usage: %s [OPTION]...\n"
	       "Become a daemon, as far as this step goes, and serve.\n"
	       "\n"
	       "What the techniques are called with:\n"
	       "  --lowest N            04: close from N on (%d)\n"
	       "  --directory DIR       06: work in DIR (%s)\n"
	       "  --umask OCTAL         07: mask these mode bits (%03o)\n"
	       "  --pid-file PATH       08: lock PATH (%s)\n"
	       "  --config PATH         09: read PATH, again on HUP (%s)\n"
	       "  --log-file PATH       10: log to PATH (%s)\n"
	       "  --jail DIR            11: make DIR the root (%s)\n"
	       "  --user NAME           12: become NAME (%s)\n",
	    program_invocation_short_name, o->lowest, o->directory,
	    (unsigned int)o->umask, o->pid_file, o->config, o->log_file,
	    o->jail, o->user);
	printf("\n"
	       "Experiments, once the techniques are done:\n"
	       "  --open-terminal PATH  open a terminal, without O_NOCTTY\n"
	       "  --create DIR          make DIR/file and DIR/directory\n"
	       "  --break-pipe          write to a pipe that nobody reads\n"
	       "  --regain-root         try to be root again\n"
	       "  --read PATH           open PATH, keep it (%d at most)\n"
	       "  --message TEXT        log TEXT (from step 10 on)\n"
	       "  --messages N          log N messages (from step 10 on)\n",
	    READS_MAX);
	exit(fflush(stdout) == EOF ? EXIT_FAILURE : EXIT_SUCCESS);
}

/* strtoul(3) alone would take " 7", "-7" and "7x". */
static unsigned long
parse_number(const char *text, int base, unsigned long max)
{
	unsigned long number;
	char *end;

	errno = 0;
	number = strtoul(text, &end, base);
	if (!isdigit((unsigned char)text[0]) || *end != '\0' || errno != 0 ||
	    number > max) {
		warnx("'%s' is no number in base %d, or too big", text, base);
		refuse();
	}
	return number;
}

/* The one number that may be negative: what says 04 to it? */
static int
parse_lowest(const char *text)
{
	if (text[0] == '-')
		return -(int)parse_number(text + 1, 10, INT_MAX);
	return (int)parse_number(text, 10, INT_MAX);
}

static void
parse_option(int option, struct options *o)
{
	switch (option) {
	case UMASK:
		o->umask = (mode_t)parse_number(optarg, 8, 0777);
		break;
	case LOWEST:
		o->lowest = parse_lowest(optarg);
		break;
	case READ:
		if (o->reads_count == READS_MAX) {
			warnx("--read can be given %d times", READS_MAX);
			refuse();
		}
		o->reads[o->reads_count++] = optarg;
		break;
	case BREAK_PIPE:
		o->break_pipe = 1;
		break;
	case REGAIN_ROOT:
		o->regain_root = 1;
		break;
	case MESSAGES:
		o->messages = parse_number(optarg, 10, INT_MAX);
		break;
	case HELP:
		help(o);
	default: /* getopt_long has said what is wrong */
		refuse();
	}
}

void
parse_options(int argc, char *argv[], struct options *o)
{
	const char **const texts[TEXTS] = {
	    [PID_FILE] = &o->pid_file,
	    [LOG_FILE] = &o->log_file,
	    [JAIL] = &o->jail,
	    [USER] = &o->user,
	    [DIRECTORY] = &o->directory,
	    [CONFIG] = &o->config,
	    [OPEN_TERMINAL] = &o->terminal,
	    [CREATE] = &o->create,
	    [MESSAGE] = &o->message,
	};
	int option;

	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
		if (option < TEXTS)
			*texts[option] = optarg;
		else
			parse_option(option, o);
	}
	if (optind < argc) {
		warnx("unexpected operand '%s'", argv[optind]);
		refuse();
	}
#if STEP < 10
	if (o->message != NULL || o->messages > 0) {
		warnx("there is no log before step 10");
		refuse();
	}
#endif
}
