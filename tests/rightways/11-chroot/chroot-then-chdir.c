/*
 * chroot-then-chdir - chroot(dir), then chdir("/")
 *
 * The order of the manuals: between the two the process stands outside, and
 * nobody can use that.
 */
#define _DEFAULT_SOURCE /* chroot */

#include <unistd.h>

#include "daemon.h"

int
enter_jail(const char *dir)
{
	if (chroot(dir) == -1 || chdir("/") == -1)
		return -1;
	return 0;
}
