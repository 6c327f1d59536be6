/*
 * keeps-a-reserve - keeps one more /dev/null, close-on-exec, to be given up
 * when descriptors run out
 *
 * A step may keep a descriptor of its own that no other program inherits;
 * servers use it to accept and refuse politely at the limit.
 */
#define _POSIX_C_SOURCE 200809L /* F_DUPFD_CLOEXEC */

#include <fcntl.h>
#include <unistd.h>

#include "daemon.h"

static int reserve = -1;

int
redirect_stdio(void)
{
	int fd = open("/dev/null", O_RDWR), target;

	if (fd == -1)
		return -1;
	for (target = 0; target <= 2; target++)
		if (dup2(fd, target) == -1)
			return -1;
	if (fd > 2)
		close(fd);
	reserve = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 64);
	return reserve == -1 ? -1 : 0;
}
