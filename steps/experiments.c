/*
 * experiments - make the consequence of a step happen, to watch it
 *
 * Each function does nothing unless its option was given. What it leaves
 * behind (a descriptor, a file, the process's ids) is there to be looked at
 * from outside: ps, /proc/PID, ls -l.
 */
#define _GNU_SOURCE /* setresuid, pipe2 */

#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdlib.h>
#include <unistd.h>

#include "experiments.h"

/*
 * Shows 02 and 03: a session leader without a terminal acquires the one that
 * it opens; any other process doesn't. So O_NOCTTY is left out on purpose,
 * and the descriptor stays open.
 */
static int
open_terminal(const struct options *o)
{
	if (o->terminal == NULL)
		return 0;
	return open(o->terminal, O_RDWR | O_CLOEXEC) == -1 ? -1 : 0;
}

/*
 * Shows 07: the widest modes are asked for, so that what is missing from the
 * new file and directory is the mask. Ones that are there already would prove
 * nothing, and are an error.
 */
static int
create(const struct options *o)
{
	int dir, file, result;

	if (o->create == NULL)
		return 0;
	dir = open(o->create, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir == -1)
		return -1;
	file = openat(dir, "file", O_WRONLY | O_CREAT | O_EXCL, 0666);
	result = file == -1 ? -1 : mkdirat(dir, "directory", 0777);
	if (file != -1)
		close(file);
	close(dir);
	return result;
}

/*
 * Shows 09: a reader that goes away kills the writer by SIGPIPE, unless that
 * is ignored. Who comes out of this function has survived.
 */
static int
break_pipe(const struct options *o)
{
	int ends[2];
	ssize_t written;

	if (!o->break_pipe)
		return 0;
	if (pipe2(ends, O_CLOEXEC) == -1)
		return -1;
	close(ends[0]);
	written = write(ends[1], "x", 1);
	close(ends[1]);
	return written == -1 && errno == EPIPE ? 0 : -1;
}

/*
 * Shows 12: whoever has given up root halfway gets it back. What the calls
 * answer doesn't matter; what ids the process has afterwards does.
 */
static int
regain_root(const struct options *o)
{
	const gid_t wheel = 0;
	int ignored;

	if (!o->regain_root)
		return 0;
	ignored = setuid(0);
	ignored |= setreuid(0, 0);
	ignored |= setresuid(0, 0, 0);
	ignored |= setgroups(1, &wheel);
	(void)ignored;
	return 0;
}

/*
 * Shows 11 and 12: which files are within reach. Those that are stay open,
 * so /proc/PID/fd names them; that one isn't is a good answer too.
 */
static int
read_files(const struct options *o)
{
	/* O_NONBLOCK: a FIFO without a writer must not hold us up. */
	const int flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
	size_t i;

	for (i = 0; i < o->reads_count; i++)
		(void)open(o->reads[i], flags);
	return 0;
}

int
run_experiments(const struct options *options, const char **which)
{
	static const struct {
		const char *option;
		int (*run)(const struct options *);
	} experiments[] = {
	    {"--open-terminal", open_terminal},
	    {"--create", create},
	    {"--break-pipe", break_pipe},
	    {"--regain-root", regain_root},
	    {"--read", read_files},
	};
	size_t i;

	for (i = 0; i < sizeof experiments / sizeof experiments[0]; i++) {
		*which = experiments[i].option;
		if (experiments[i].run(options) == -1)
			return -1;
	}
	return 0;
}
