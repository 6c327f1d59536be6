/*
 * keeps-the-old-root - a descriptor of the old root is kept, to come back
 *
 * One wants to be able to get out again, for the next reload say. Whoever
 * takes the daemon over gets out by it as well, with fchdir.
 *
 * fails: no-directory-left-open
 * cause: 11-chroot.directory-left-open
 */
#define _DEFAULT_SOURCE /* chroot */

#include <fcntl.h>
#include <unistd.h>

#include "daemon.h"

static int old_root = -1;

int
enter_jail(const char *dir)
{
	old_root = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (old_root == -1 || chdir(dir) == -1 || chroot(".") == -1)
		return -1;
	return chdir("/");
}
