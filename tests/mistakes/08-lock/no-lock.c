/*
 * no-lock - writes the PID and locks nothing
 *
 * The file is called a lock file, and so it seems to be one. A PID in a file
 * stops nobody: the second start overwrites it and runs.
 *
 * fails: holds-the-lock second-start-is-refused second-start-touches-nothing refusal-names-the-owner starts-after-a-kill
 * cause: 08-lock.no-lock
 */
#define _POSIX_C_SOURCE 200809L /* O_CLOEXEC, O_NOFOLLOW, pread */

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "daemon.h"

int
lock_pid_file(const char *path, pid_t *owner)
{
	char text[16] = "";
	int fd, length;

	*owner = -1;
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
	if (fd == -1)
		return -1;
	length = snprintf(text, sizeof text, "%ld\n", (long)getpid());
	if (ftruncate(fd, 0) == -1 ||
	    write(fd, text, (size_t)length) != length) {
		close(fd);
		return -1;
	}
	return fd;
}
