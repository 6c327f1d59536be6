/*
 * keeps-start-open - keeps a descriptor of the start directory, to come back
 * some day
 *
 * The working directory has moved, but an open directory holds its file
 * system as well: umount says EBUSY.
 *
 * fails: start-can-be-unmounted
 * cause: 06-chdir.directory-held
 */
#define _POSIX_C_SOURCE 200809L /* O_CLOEXEC */

#include <fcntl.h>
#include <unistd.h>

#include "daemon.h"

static int start = -1;

int
change_directory(const char *dir)
{
	start = open(".", O_RDONLY | O_CLOEXEC);
	if (start == -1)
		return -1;
	return chdir(dir);
}
