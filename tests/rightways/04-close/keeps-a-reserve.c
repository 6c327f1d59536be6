/*
 * keeps-a-reserve - keeps one close-on-exec descriptor of its own, and
 * closes around it
 */
#define _GNU_SOURCE /* close_range */

#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

#include "daemon.h"

int
close_descriptors(int lowest)
{
	int own = open("/dev/null", O_RDWR | O_CLOEXEC);
	int kept = own == -1 ? -1 : fcntl(own, F_DUPFD_CLOEXEC, 50);
	unsigned int number = (unsigned int)kept;

	if (kept == -1)
		return -1;
	close(own);
	if (close_range((unsigned int)lowest, number - 1, 0) == -1)
		return -1;
	return close_range(number + 1, UINT_MAX, 0);
}
