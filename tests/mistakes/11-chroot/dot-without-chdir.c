/*
 * dot-without-chdir - chroot(".") without chdir(dir) before
 *
 * The last two lines of the right way, without the first: the jail is
 * whatever the working directory was, "/" for most daemons.
 *
 * fails: root-is-the-jail cwd-is-inside outer-files-out-of-reach
 * cause: 11-chroot.other-directory
 */
#define _DEFAULT_SOURCE /* chroot */

#include <unistd.h>

#include "daemon.h"

int
enter_jail(const char *dir)
{
	(void)dir;
	if (chroot(".") == -1)
		return -1;
	return chdir("/");
}
