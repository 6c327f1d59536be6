/*
 * sysconf-loop - a loop from lowest to sysconf(_SC_OPEN_MAX), as in TLPI
 *
 * It is the limit of now: what was opened before it was lowered stays open
 * above it.
 *
 * fails: closes-above-a-lowered-limit
 * advice: cost-does-not-grow
 * cause: 04-close.soft-limit-loop
 */
#include <errno.h>
#include <unistd.h>

#include "daemon.h"

int
close_descriptors(int lowest)
{
	long fd, end = sysconf(_SC_OPEN_MAX);

	if (lowest < 0) {
		errno = EINVAL;
		return -1;
	}
	if (end == -1)
		end = 8192;
	for (fd = lowest; fd < end; fd++)
		close((int)fd);
	return 0;
}
