/*
 * unchecked - close_range, and nothing where the kernel hasn't got it
 *
 * It came with Linux 5.9; a container's filter may refuse it. Then everything
 * stays open, and nobody is told.
 *
 * fails: heeds-every-failure
 * cause: faults.ignored
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
	close_range((unsigned int)lowest, UINT_MAX, 0);
	return 0;
}
