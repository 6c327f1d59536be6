/*
 * libdaemon-limit - libdaemon's fallback: asks whether getrlimit is above 0
 *
 * It wants the hard limit, so as to miss nothing. But getrlimit returns 0
 * where all is well: the limit is never taken, and the loop goes to that of
 * now.
 *
 * fails: closes-above-a-lowered-limit
 * advice: cost-does-not-grow
 * cause: 04-close.soft-limit-loop
 */
#include <sys/resource.h>

#include <errno.h>
#include <unistd.h>

#include "daemon.h"

int
close_descriptors(int lowest)
{
	struct rlimit limit;
	long fd, end;

	if (lowest < 0) {
		errno = EINVAL;
		return -1;
	}
	if (getrlimit(RLIMIT_NOFILE, &limit) > 0)
		end = (long)limit.rlim_max;
	else
		end = sysconf(_SC_OPEN_MAX);
	for (fd = lowest; fd < end; fd++)
		close((int)fd);
	return 0;
}
