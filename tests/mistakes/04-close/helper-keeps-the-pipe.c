/*
 * helper-keeps-the-pipe - a helper process is forked first, and has all of
 * it still open
 *
 * A logger or a watchdog started too early has a copy of each descriptor.
 * The daemon's are closed, and the pipe's reader waits for the helper.
 *
 * fails: leaves-one-process pipe-meets-its-end
 * cause: common.second-process
 */
#define _GNU_SOURCE /* close_range */

#include <errno.h>
#include <limits.h>
#include <unistd.h>

#include "daemon.h"

int
close_descriptors(int lowest)
{
	pid_t helper;

	if (lowest < 0) {
		errno = EINVAL;
		return -1;
	}
	helper = fork();
	if (helper == -1)
		return -1;
	if (helper == 0)
		for (;;)
			pause(); /* it is to watch over the daemon */
	return close_range((unsigned int)lowest, UINT_MAX, 0);
}
