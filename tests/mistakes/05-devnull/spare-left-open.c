/*
 * spare-left-open - moves the descriptor out of the way and never closes it
 *
 * Above 2 it can't be one of the three: a good idea, half done. Each program
 * that the daemon starts inherits one descriptor too many.
 *
 * fails: nothing-else-is-open
 * cause: 05-devnull.extra-descriptor
 */
#include <fcntl.h>
#include <unistd.h>

#include "daemon.h"

int
redirect_stdio(void)
{
	int low = open("/dev/null", O_RDWR), fd, target;

	if (low == -1)
		return -1;
	fd = fcntl(low, F_DUPFD, 3);
	if (fd == -1)
		return -1;
	if (low > 2)
		close(low);
	for (target = 0; target <= 2; target++)
		if (dup2(fd, target) == -1)
			return -1;
	return 0;
}
