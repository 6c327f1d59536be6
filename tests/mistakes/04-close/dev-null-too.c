/*
 * dev-null-too - puts /dev/null on 0, 1 and 2 at once, as glibc's daemon(3)
 * does
 *
 * The work of 05. It fills what was to be closed, and replaces 0, 1 and 2
 * where lowest is 3.
 *
 * fails: closes-from-lowest-on leaves-those-below
 * cause: 04-close.own-descriptor
 */
#define _GNU_SOURCE /* close_range */

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

#include "daemon.h"

int
close_descriptors(int lowest)
{
	int fd, target;

	if (lowest < 0) {
		errno = EINVAL;
		return -1;
	}
	if (close_range((unsigned int)lowest, UINT_MAX, 0) == -1)
		return -1;
	fd = open("/dev/null", O_RDWR);
	if (fd == -1)
		return -1;
	for (target = 0; target <= 2; target++)
		if (dup2(fd, target) == -1)
			return -1;
	return fd > 2 ? close(fd) : 0;
}
