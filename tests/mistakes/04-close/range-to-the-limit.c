/*
 * range-to-the-limit - close_range() up to the limit instead of to the last
 * number
 *
 * The new call with the old bound: fast, and still blind for what is above a
 * limit that was lowered.
 *
 * fails: closes-above-a-lowered-limit
 * cause: 04-close.soft-limit-loop
 */
#define _GNU_SOURCE /* close_range */

#include <sys/resource.h>

#include <errno.h>
#include <unistd.h>

#include "daemon.h"

int
close_descriptors(int lowest)
{
	struct rlimit limit;

	if (lowest < 0) {
		errno = EINVAL;
		return -1;
	}
	if (getrlimit(RLIMIT_NOFILE, &limit) == -1)
		return -1;
	return close_range((unsigned int)lowest,
	    (unsigned int)limit.rlim_cur - 1, 0);
}
