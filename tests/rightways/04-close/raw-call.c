/*
 * raw-call - close_range by its number, in a table that is the process's own
 */
#define _GNU_SOURCE /* syscall */

#include <sys/syscall.h>

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
	return (int)syscall(SYS_close_range, (unsigned int)lowest, UINT_MAX,
	    CLOSE_RANGE_UNSHARE);
}
