/*
 * keeps-a-reserve - keeps one close-on-exec descriptor of its own, and
 * closes around it
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
	unsigned int number;
	int own, kept;

	if (lowest < 0) {
		errno = EINVAL;
		return -1;
	}
	own = open("/dev/null", O_RDWR | O_CLOEXEC);
	kept = own == -1 ? -1 : fcntl(own, F_DUPFD_CLOEXEC, 50);
	if (kept == -1)
		return -1;
	close(own);
	number = (unsigned int)kept;
	if (close_range((unsigned int)lowest, number - 1, 0) == -1)
		return -1;
	return close_range(number + 1, UINT_MAX, 0);
}
