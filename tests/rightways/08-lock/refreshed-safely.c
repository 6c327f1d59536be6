/*
 * refreshed-safely - replaces the file that a dead owner left, and compares
 * fstat with stat
 *
 * Removing is no race when what was locked is compared with what has the
 * name, and all is done again if they differ.
 */
#define _POSIX_C_SOURCE 200809L /* O_CLOEXEC, O_NOFOLLOW, pread */

#include <sys/file.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

/* 1: it has the name and is fresh; 0: try again. */
static int
is_fresh(int fd, const char *path)
{
	struct stat held, named;

	if (fstat(fd, &held) == -1 || stat(path, &named) == -1)
		return 0;
	if (held.st_ino != named.st_ino || held.st_dev != named.st_dev)
		return 0;
	if (held.st_size > 0)
		unlink(path); /* a dead owner's */
	return held.st_size == 0;
}

int
lock_pid_file(const char *path, pid_t *owner)
{
	const int flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW;
	char text[16] = "";
	int fd, attempt;

	*owner = -1;
	for (attempt = 0; attempt < 16; attempt++) {
		fd = open(path, flags, 0644);
		if (fd == -1)
			return -1;
		if (flock(fd, LOCK_EX | LOCK_NB) == -1) {
			if (pread(fd, text, sizeof text - 1, 0) > 0)
				*owner = (pid_t)strtol(text, NULL, 10);
			close(fd);
			errno = EWOULDBLOCK;
			return -1;
		}
		if (is_fresh(fd, path) &&
		    dprintf(fd, "%ld\n", (long)getpid()) > 0)
			return fd;
		close(fd);
	}
	errno = EBUSY;
	return -1;
}
