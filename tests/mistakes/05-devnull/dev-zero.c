/*
 * dev-zero - opens /dev/zero instead of /dev/null
 *
 * Both swallow what is written. But reading it never ends: a library that
 * reads its input to the end fills the memory with zeros.
 *
 * fails: stdio-is-dev-null input-can-be-read output-can-be-written
 * cause: 05-devnull.other-device
 */
#include <fcntl.h>
#include <unistd.h>

#include "daemon.h"

int
redirect_stdio(void)
{
	int fd = open("/dev/zero", O_RDWR), target;

	if (fd == -1)
		return -1;
	for (target = 0; target <= 2; target++)
		if (dup2(fd, target) == -1)
			return -1;
	if (fd > 2)
		close(fd);
	return 0;
}
