/*
 * off-by-one - begins at lowest + 1
 *
 * "Above lowest" for "from lowest on".
 *
 * fails: closes-from-lowest-on
 * cause: 04-close.off-by-one
 */
#define _GNU_SOURCE /* close_range */

#include <errno.h>
#include <limits.h>
#include <unistd.h>

#include "daemon.h"

int
close_descriptors(int lowest)
{
	if (lowest < 0) {
		errno = EINVAL;
		return -1;
	}
	return close_range((unsigned int)lowest + 1, UINT_MAX, 0);
}
