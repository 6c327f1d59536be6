/*
 * jail-in-tmp - the jail is /tmp, as in the French article
 *
 * A name of its own in the place of the one that was given, and everybody may
 * write there. What can be reached from there is not said for sure: nothing
 * that the experiment looks for is in it.
 *
 * fails: root-is-the-jail cwd-is-inside
 * either: outer-files-out-of-reach
 * cause: 11-chroot.other-directory
 */
#define _DEFAULT_SOURCE /* chroot */

#include <unistd.h>

#include "daemon.h"

int
enter_jail(const char *dir)
{
	(void)dir;
	if (chroot("/tmp") == -1)
		return -1;
	return chdir("/");
}
