/*
 * tiocnotty-too - gives the terminal up first, the old way, and starts a
 * session all the same
 */
#define _DEFAULT_SOURCE /* TIOCNOTTY */

#include <sys/ioctl.h>

#include <fcntl.h>
#include <unistd.h>

#include "daemon.h"

int
start_session(void)
{
	int fd = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);

	if (fd != -1) {
		(void)ioctl(fd, TIOCNOTTY, 0);
		close(fd);
	}
	return setsid() == (pid_t)-1 ? -1 : 0;
}
