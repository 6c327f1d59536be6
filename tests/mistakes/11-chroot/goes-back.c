/*
 * goes-back - it returns to the old working directory at the end
 *
 * Saved and restored as a polite function does: the process stands outside
 * its root again, and ../../.. leads on from there.
 *
 * fails: cwd-is-inside outer-files-out-of-reach
 * cause: 11-chroot.no-chdir
 */
#define _DEFAULT_SOURCE /* chroot */

#include <fcntl.h>
#include <unistd.h>

#include "daemon.h"

int
enter_jail(const char *dir)
{
	const int here = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int result;

	if (here == -1 || chdir(dir) == -1 || chroot(".") == -1)
		return -1;
	result = fchdir(here);
	close(here);
	return result;
}
