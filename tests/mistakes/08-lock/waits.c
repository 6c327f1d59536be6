/*
 * waits - flock without LOCK_NB
 *
 * The second start waits until the first has ended, and its launcher has long
 * said 0: somebody who starts it twice has one more process that waits, for
 * ever. After a kill that one and the next start race for the lock.
 *
 * fails: second-start-is-refused refusal-names-the-owner
 * either: starts-after-a-kill
 * cause: 08-lock.waits
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
	if (flock(fd, LOCK_EX) == -1) {
		if (pread(fd, text, sizeof text - 1, 0) > 0)
			*owner = (pid_t)strtol(text, NULL, 10);
		close(fd);
		errno = EWOULDBLOCK;
		return -1;
	}
	length = snprintf(text, sizeof text, "%ld\n", (long)getpid());
	if (ftruncate(fd, 0) == -1 ||
	    write(fd, text, (size_t)length) != length) {
		close(fd);
		return -1;
	}
	return fd;
}
