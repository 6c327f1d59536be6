/*
 * no-chdir - chroot without chdir, as in the French article
 *
 * Its one line, with the directory that was given. The root is the jail, but
 * the process stands outside of it, and ../../.. leads on from there.
 *
 * fails: cwd-is-inside outer-files-out-of-reach
 * cause: 11-chroot.no-chdir
 */
#define _DEFAULT_SOURCE /* chroot */

#include <unistd.h>

#include "daemon.h"

int
enter_jail(const char *dir)
{
	return chroot(dir);
}
