/*
 * moved-up - F_DUPFD_CLOEXEC takes the descriptor out of the way first
 *
 * A number above 2 is never one of the three, so no case is special: three
 * dup2, one close.
 */
#define _POSIX_C_SOURCE 200809L /* F_DUPFD_CLOEXEC, O_CLOEXEC */

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "daemon.h"

static int
null_above_2(void)
{
	int low = open("/dev/null", O_RDWR | O_CLOEXEC), high;

	if (low == -1 || low > 2)
		return low;
	high = fcntl(low, F_DUPFD_CLOEXEC, 3);
	close(low);
	return high;
}

int
redirect_stdio(void)
{
	int fd = null_above_2(), target, saved;

	if (fd == -1)
		return -1;
	for (target = 0; target <= 2; target++)
		if (dup2(fd, target) == -1)
			goto fail;
	close(fd);
	return 0;

fail:
	saved = errno;
	close(fd);
	errno = saved;
	return -1;
}
