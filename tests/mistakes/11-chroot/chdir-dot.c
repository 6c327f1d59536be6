/*
 * chdir-dot - after chroot it stays where it is, by chdir(".")
 *
 * The chdir that everybody asks for is there, and changes nothing: "." is the
 * old directory, outside the jail.
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
	if (chroot(dir) == -1)
		return -1;
	return chdir(".");
}
