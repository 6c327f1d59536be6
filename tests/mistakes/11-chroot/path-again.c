/*
 * path-again - chroot(dir), then chdir(dir)
 *
 * The same directory both times, one thinks. The second time the name is
 * looked up inside: it's another directory there, or none. Where the jail has
 * a link of its own name, as the lab's has, it even works.
 *
 * fails: cwd-is-inside
 * cause: 11-chroot.not-at-the-root
 */
#define _DEFAULT_SOURCE /* chroot */

#include <unistd.h>

#include "daemon.h"

int
enter_jail(const char *dir)
{
	if (chroot(dir) == -1 || chdir(dir) == -1)
		return -1;
	return 0;
}
