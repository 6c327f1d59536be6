/*
 * keeps-a-copy - keeps a copy of descriptor 2, to be able to report errors
 *
 * A copy of the terminal under another number is still the terminal, and a
 * program that the daemon starts gets it as well.
 *
 * fails: closes-from-lowest-on
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
	unsigned int kept;
	int copy;

	if (lowest < 0) {
		errno = EINVAL;
		return -1;
	}
	copy = fcntl(STDERR_FILENO, F_DUPFD, 20);
	if (copy == -1)
		return -1;
	kept = (unsigned int)copy;
	if (close_range((unsigned int)lowest, kept - 1, 0) == -1)
		return -1;
	return close_range(kept + 1, UINT_MAX, 0);
}
