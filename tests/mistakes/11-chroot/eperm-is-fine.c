/*
 * eperm-is-fine - goes on without the jail where it lacks the privilege
 *
 * So that it can be tried as an ordinary user, it was thought. Where a sandbox
 * forbids chroot, the daemon serves the whole file system, and says nothing.
 *
 * fails: heeds-every-failure
 * cause: faults.ignored
 */
#define _DEFAULT_SOURCE /* chroot */

#include <errno.h>
#include <unistd.h>

#include "daemon.h"

int
enter_jail(const char *dir)
{
	if (chdir(dir) == -1)
		return -1;
	if (chroot(".") == -1)
		return errno == EPERM ? 0 : -1;
	return chdir("/");
}
