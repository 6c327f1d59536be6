/*
 * tiocnotty-instead - TIOCNOTTY instead of a second fork
 *
 * It gives up the terminal of now, and there is none. A leader may still
 * acquire the next.
 *
 * fails: is-not-a-session-leader the-leader-is-gone gets-no-terminal
 * cause: 03-refork.no-second-fork
 */
#define _DEFAULT_SOURCE /* TIOCNOTTY */

#include <sys/ioctl.h>

#include <fcntl.h>
#include <unistd.h>

#include "daemon.h"

int
give_up_leadership(void)
{
	int fd = open("/dev/tty", O_RDWR | O_NOCTTY);

	if (fd == -1)
		return 0; /* no terminal: so much the better */
	(void)ioctl(fd, TIOCNOTTY, 0);
	return close(fd);
}
