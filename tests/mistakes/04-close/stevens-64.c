/*
 * stevens-64 - a loop to 64, Stevens's MAXFD
 *
 * In 1990 no process had more. 100 and 5000 stay open, and the reader of the
 * pipe waits.
 *
 * fails: closes-from-lowest-on closes-above-a-lowered-limit pipe-meets-its-end
 * cause: 04-close.loop-to-64
 */
#include <errno.h>
#include <unistd.h>

#include "daemon.h"

int
close_descriptors(int lowest)
{
	enum { MAXFD = 64 };
	int fd;

	if (lowest < 0) {
		errno = EINVAL;
		return -1;
	}
	for (fd = lowest; fd < MAXFD; fd++)
		close(fd);
	return 0;
}
