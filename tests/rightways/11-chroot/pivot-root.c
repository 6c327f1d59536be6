/*
 * pivot-root - a mount namespace of its own, whose root is the jail
 *
 * What containers do: pivot_root, and the old root is unmounted, so that not
 * even root finds the way back. The jail is the same directory, bound to
 * itself.
 */
#define _GNU_SOURCE /* unshare */

#include <sys/mount.h>
#include <sys/syscall.h>

#include <sched.h>
#include <unistd.h>

#include "daemon.h"

int
enter_jail(const char *dir)
{
	if (unshare(CLONE_NEWNS) == -1 ||
	    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == -1 ||
	    mount(dir, dir, NULL, MS_BIND | MS_REC, NULL) == -1 ||
	    chdir(dir) == -1)
		return -1;
	if (syscall(SYS_pivot_root, ".", ".") == -1 ||
	    umount2(".", MNT_DETACH) == -1)
		return -1;
	return chdir("/");
}
