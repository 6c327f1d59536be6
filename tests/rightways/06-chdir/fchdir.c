/*
 * fchdir - opens the directory and enters by its descriptor
 *
 * What was opened is what is entered, whatever the name means in between.
 * O_PATH asks for no right to read it.
 */
#define _GNU_SOURCE /* O_PATH */

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "daemon.h"

int
change_directory(const char *dir)
{
	int fd = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC), result, saved;

	if (fd == -1)
		return -1;
	result = fchdir(fd);
	saved = errno;
	close(fd);
	errno = saved;
	return result;
}
