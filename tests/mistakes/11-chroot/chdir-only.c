/*
 * chdir-only - chdir is taken for chroot
 *
 * pwd says the right thing. Every name that begins with a slash still means
 * the file outside.
 *
 * fails: root-is-the-jail outer-files-out-of-reach
 * cause: 11-chroot.chdir-only
 */
#define _DEFAULT_SOURCE /* chroot */

#include <unistd.h>

#include "daemon.h"

int
enter_jail(const char *dir)
{
	return chdir(dir);
}
