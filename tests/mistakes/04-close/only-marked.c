/*
 * only-marked - marks them close-on-exec instead of closing them
 *
 * CLOSE_RANGE_CLOEXEC closes at the next execve(), and a daemon has none.
 *
 * fails: closes-from-lowest-on closes-above-a-lowered-limit pipe-meets-its-end
 * cause: 04-close.only-marked
 */
#define _GNU_SOURCE /* close_range */

#include <linux/close_range.h>

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
	return close_range((unsigned int)lowest, UINT_MAX,
	    CLOSE_RANGE_CLOEXEC);
}
