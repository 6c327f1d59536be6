/*
 * exit-zero - a much copied tutorial's way: exit(0) when the lock is refused
 *
 * The daemon runs already, so all is well, one thinks. Whoever started this
 * one, init or a person, believes that it serves.
 *
 * fails: second-start-is-refused refusal-names-the-owner heeds-every-failure
 * cause: 08-lock.exit-zero
 */
#define _POSIX_C_SOURCE 200809L /* O_CLOEXEC, O_NOFOLLOW, pread */

#include <sys/file.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
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
	if (flock(fd, LOCK_EX | LOCK_NB) == -1) {
		exit(0); /* already running */
	}
	length = snprintf(text, sizeof text, "%ld\n", (long)getpid());
	if (ftruncate(fd, 0) == -1 ||
	    write(fd, text, (size_t)length) != length) {
		close(fd);
		return -1;
	}
	return fd;
}
