/*
 * in-pieces - close_range in two pieces, from above downwards
 */
#define _GNU_SOURCE /* close_range */

#include <errno.h>
#include <limits.h>
#include <unistd.h>

#include "daemon.h"

int
close_descriptors(int lowest)
{
	enum { MIDDLE = 1000 };
	unsigned int low = (unsigned int)lowest;

	if (lowest < 0) {
		errno = EINVAL;
		return -1;
	}
	if (low > MIDDLE)
		return close_range(low, UINT_MAX, 0);
	if (close_range(MIDDLE, UINT_MAX, 0) == -1)
		return -1;
	return close_range(low, MIDDLE - 1, 0);
}
