/*
 * chdir-then-chroot - chdir(dir), then chroot(dir): nothing is left to do
 *
 * The working directory is the new root already, by another name.
 */
#define _DEFAULT_SOURCE /* chroot */

#include <unistd.h>

#include "daemon.h"

int
enter_jail(const char *dir)
{
	if (chdir(dir) == -1)
		return -1;
	return chroot(".");
}
