/*
 * 05-devnull - give 0, 1 and 2 back a meaning
 *
 * What: open /dev/null on descriptors 0, 1 and 2.
 * Why: open(2) gives the lowest free number. Were 0, 1 and 2 left closed, the
 *   next file opened, the pid file say, would be "standard error", and any
 *   library that complains there would write into it.
 * Observe: build/solutions/05-devnull
 *   ls -l /proc/$(pgrep -x 05-devnull)/fd
 *   head -3 /proc/$(pgrep -x 05-devnull)/fdinfo/[012]  (flags: 02 is O_RDWR)
 * See: open(2), dup2(2), null(4), stdin(3); chapters/en/05-devnull.md
 */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "daemon.h"

int
redirect_stdio(void)
{
	int fd, target, saved;

	/*
	 * No O_CLOEXEC: if 0, 1 or 2 was closed, fd is that very number, and
	 * dup2 onto itself would leave the flag.
	 */
	fd = open("/dev/null", O_RDWR);
	if (fd == -1)
		return -1;
	for (target = STDIN_FILENO; target <= STDERR_FILENO; target++)
		if (dup2(fd, target) == -1)
			goto fail;
	if (fd > STDERR_FILENO)
		close(fd);
	return 0;

fail:
	saved = errno;
	if (fd > STDERR_FILENO)
		close(fd);
	errno = saved;
	return -1;
}
