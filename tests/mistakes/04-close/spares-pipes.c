/*
 * spares-pipes - closes all but the pipes, for one of them might be needed
 *
 * The readiness pipe of daemon(7) must be spared, so all pipes are. The one
 * that was inherited by accident is among them, and its reader waits.
 *
 * fails: closes-from-lowest-on pipe-meets-its-end
 * cause: 04-close.some-left
 */
#define _XOPEN_SOURCE 700 /* S_ISFIFO */

#include <sys/stat.h>

#include <errno.h>
#include <unistd.h>

#include "daemon.h"

int
close_descriptors(int lowest)
{
	struct stat info;
	int fd;

	if (lowest < 0) {
		errno = EINVAL;
		return -1;
	}
	for (fd = lowest; fd < 8192; fd++)
		if (fstat(fd, &info) == 0 && !S_ISFIFO(info.st_mode))
			close(fd);
	return 0;
}
