/*
 * close-on-exec - O_CLOEXEC on a descriptor that turns out to be 0
 *
 * Close-on-exec is a good habit everywhere else. dup2 clears it on 1 and 2,
 * but dup2(0, 0) leaves it on 0: a program that the daemon starts finds its
 * input closed.
 *
 * fails: none
 * advice: stdio-survives-exec
 */
#define _POSIX_C_SOURCE 200809L /* O_CLOEXEC */

#include <fcntl.h>
#include <unistd.h>

#include "daemon.h"

int
redirect_stdio(void)
{
	int fd = open("/dev/null", O_RDWR | O_CLOEXEC), target;

	if (fd == -1)
		return -1;
	for (target = 0; target <= 2; target++)
		if (dup2(fd, target) == -1)
			return -1;
	if (fd > 2)
		close(fd);
	return 0;
}
