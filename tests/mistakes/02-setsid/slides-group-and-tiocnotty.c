/*
 * slides-group-and-tiocnotty - all of the slides: a private group, and
 * TIOCNOTTY
 *
 * setpgrp(getpid(), 0) doesn't compile any more, so setpgid is written. The
 * hang-up passes it by, but the session is still the shell's.
 *
 * fails: leads-its-own-session setsid-in-the-child
 * cause: 02-setsid.tiocnotty-only
 */
#define _DEFAULT_SOURCE /* TIOCNOTTY */

#include <sys/ioctl.h>

#include <fcntl.h>
#include <unistd.h>

#include "daemon.h"

int
start_session(void)
{
	int fd;

	if (setpgid(getpid(), 0) == -1)
		return -1;
	fd = open("/dev/tty", O_RDWR);
	if (fd == -1)
		return -1;
	(void)ioctl(fd, TIOCNOTTY, 0);
	return close(fd);
}
