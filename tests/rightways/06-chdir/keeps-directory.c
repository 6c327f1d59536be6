/*
 * keeps-directory - keeps a close-on-exec descriptor of the new directory,
 * for openat
 *
 * A step may keep a descriptor of its own: that of the directory where the
 * daemon is anyway holds nothing more.
 */
#define _POSIX_C_SOURCE 200809L /* O_DIRECTORY, fchdir */

#include <fcntl.h>
#include <unistd.h>

#include "daemon.h"

static int home = -1;

int
change_directory(const char *dir)
{
	home = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (home == -1)
		return -1;
	return fchdir(home);
}
