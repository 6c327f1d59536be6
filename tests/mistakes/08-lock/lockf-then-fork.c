/*
 * lockf-then-fork - takes the lock of lockf, and forks once more
 *
 * One more fork "to be sure", or daemon(3) called late. A child doesn't
 * inherit the locks of lockf and F_SETLK: the lock went with the parent.
 *
 * fails: holds-the-lock second-start-is-refused second-start-touches-nothing refusal-names-the-owner starts-after-a-kill
 * cause: 08-lock.lost-at-fork
 */
#define _XOPEN_SOURCE 700 /* lockf */

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
	if (lockf(fd, F_TLOCK, 0) == -1) {
		if (pread(fd, text, sizeof text - 1, 0) > 0)
			*owner = (pid_t)strtol(text, NULL, 10);
		close(fd);
		errno = EWOULDBLOCK;
		return -1;
	}
	switch (fork()) {
	case -1:
		return -1;
	case 0:
		break;
	default:
		_exit(0);
	}
	length = snprintf(text, sizeof text, "%ld\n", (long)getpid());
	if (ftruncate(fd, 0) == -1 ||
	    write(fd, text, (size_t)length) != length) {
		close(fd);
		return -1;
	}
	return fd;
}
