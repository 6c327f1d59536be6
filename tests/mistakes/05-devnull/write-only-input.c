/*
 * write-only-input - opens /dev/null with O_WRONLY for all three
 *
 * What goes to /dev/null is thrown away, so writing seems to be all there is.
 * A read of standard input fails with EBADF where end-of-file was meant.
 *
 * fails: input-can-be-read
 * cause: 05-devnull.write-only-input
 */
#include <fcntl.h>
#include <unistd.h>

#include "daemon.h"

int
redirect_stdio(void)
{
	int fd = open("/dev/null", O_WRONLY), target;

	if (fd == -1)
		return -1;
	for (target = 0; target <= 2; target++)
		if (dup2(fd, target) == -1)
			return -1;
	if (fd > 2)
		close(fd);
	return 0;
}
