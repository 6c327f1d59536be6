/*
 * read-only-output - opens /dev/null with O_RDONLY for all three
 *
 * It is the mode that one writes without thinking. Each printf of a library
 * then fails with EBADF, and a program that checks its writes gives up.
 *
 * fails: output-can-be-written
 * cause: 05-devnull.read-only-output
 */
#include <fcntl.h>
#include <unistd.h>

#include "daemon.h"

int
redirect_stdio(void)
{
	int fd = open("/dev/null", O_RDONLY), target;

	if (fd == -1)
		return -1;
	for (target = 0; target <= 2; target++)
		if (dup2(fd, target) == -1)
			return -1;
	if (fd > 2)
		close(fd);
	return 0;
}
