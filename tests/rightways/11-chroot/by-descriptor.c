/*
 * by-descriptor - the directory is opened, entered by fchdir and closed again
 *
 * O_PATH needs no right to read it; one way out for all, by goto.
 */
#define _GNU_SOURCE /* O_PATH */

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "daemon.h"

int
enter_jail(const char *dir)
{
	const int jail = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	int result = -1, saved;

	if (jail == -1)
		return -1;
	if (fchdir(jail) == -1 || chroot(".") == -1)
		goto done;
	result = chdir("/");
done:
	saved = errno;
	close(jail);
	errno = saved;
	return result;
}
