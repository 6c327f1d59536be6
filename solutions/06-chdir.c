/*
 * 06-chdir - hold no directory by accident
 *
 * What: go to a directory that stays, "/" unless told otherwise.
 * Why: a process keeps its working directory busy. Started from a USB stick,
 *   the daemon would stop it from being unmounted; and relative names, and
 *   core dumps, would land wherever it happened to be started.
 * Observe: cd /tmp && /path/to/build/solutions/06-chdir
 *   readlink /proc/$(pgrep -x 06-chdir)/cwd
 *   strace -f -e trace=chdir build/solutions/06-chdir
 * See: chdir(2), getcwd(3), umount(2); chapters/en/06-chdir.md
 */
#include <unistd.h>

#include "daemon.h"

int
change_directory(const char *dir)
{
	return chdir(dir);
}
