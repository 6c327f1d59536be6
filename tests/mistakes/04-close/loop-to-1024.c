/*
 * loop-to-1024 - a loop to 1024, the usual limit
 *
 * That is what ulimit -n says on the machine of whoever writes it. Elsewhere
 * 5000 is open.
 *
 * fails: closes-from-lowest-on closes-above-a-lowered-limit
 * advice: cost-does-not-grow
 * cause: 04-close.loop-to-1024
 */
#include <errno.h>
#include <unistd.h>

#include "daemon.h"

int
close_descriptors(int lowest)
{
	int fd;

	if (lowest < 0) {
		errno = EINVAL;
		return -1;
	}
	for (fd = lowest; fd < 1024; fd++)
		close(fd);
	return 0;
}
