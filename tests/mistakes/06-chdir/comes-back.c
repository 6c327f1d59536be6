/*
 * comes-back - visits the directory to see that it can be entered, and goes
 * back
 *
 * A probe that was left in: fchdir to where it was keeps the daemon in the
 * start directory.
 *
 * fails: works-where-told start-can-be-unmounted
 * cause: 06-chdir.not-moved
 */
#define _POSIX_C_SOURCE 200809L /* O_CLOEXEC, fchdir */

#include <fcntl.h>
#include <unistd.h>

#include "daemon.h"

int
change_directory(const char *dir)
{
	int here = open(".", O_RDONLY | O_CLOEXEC), result;

	if (here == -1)
		return -1;
	result = chdir(dir);
	if (result == 0)
		result = fchdir(here);
	close(here);
	return result;
}
