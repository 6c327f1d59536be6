/*
 * 11-chroot - have no name for the files of the others
 *
 * What: make a directory the root of all names, and stand in it.
 * Why: whoever takes the daemon over then finds only what lies in there. Two
 *   things must go with it: the working directory (one left outside leads out
 *   by "../..") and, in step 12, root itself, which can always get out.
 * Observe: build/solutions/11-chroot --read /etc/passwd   (as root)
 *   ls -l /proc/$(pgrep -x 11-chroot)/{root,cwd,fd}
 *   strace -f -e trace=chdir,chroot build/solutions/11-chroot
 * See: chroot(2), chdir(2), path_resolution(7); chapters/en/11-chroot.md
 */
#define _DEFAULT_SOURCE /* chroot */

#include <unistd.h>

#include "daemon.h"

int
enter_jail(const char *dir)
{
	/*
	 * Into the directory first, then ".": so it is the same one both
	 * times, whatever becomes of its name meanwhile.
	 */
	if (chdir(dir) == -1 || chroot(".") == -1)
		return -1;
	return chdir("/");
}
