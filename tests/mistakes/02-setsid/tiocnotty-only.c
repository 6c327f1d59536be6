/*
 * tiocnotty-only - the slides' way: TIOCNOTTY on /dev/tty, and no setsid
 *
 * The way of 4.2BSD. The terminal is given up, but session and group are
 * still the shell's: the hang-up reaches the daemon through its group.
 *
 * fails: leads-its-own-session survives-the-hang-up setsid-in-the-child
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
	int fd = open("/dev/tty", O_RDWR);

	if (fd == -1)
		return -1;
	(void)ioctl(fd, TIOCNOTTY, 0);
	return close(fd);
}
