/*
 * in-a-child - closes them in a child process
 *
 * Each process has a table of its own: the child's is empty, and the
 * daemon's is as it was.
 *
 * fails: closes-from-lowest-on closes-above-a-lowered-limit pipe-meets-its-end
 * cause: 04-close.closes-nothing
 */
#define _GNU_SOURCE /* close_range */

#include <sys/wait.h>

#include <errno.h>
#include <limits.h>
#include <unistd.h>

#include "daemon.h"

int
close_descriptors(int lowest)
{
	pid_t pid;

	if (lowest < 0) {
		errno = EINVAL;
		return -1;
	}
	pid = fork();
	if (pid == 0)
		_exit(close_range((unsigned int)lowest, UINT_MAX, 0) == -1);
	return waitpid(pid, NULL, 0) == -1 ? -1 : 0;
}
