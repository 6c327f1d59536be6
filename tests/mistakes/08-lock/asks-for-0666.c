/*
 * asks-for-0666 - creates the file with the mode 0666, and trusts the umask
 *
 * With the mask 027 it comes out as 0640, and nobody sees it. A daemon that
 * is started with the mask 0, as most old listings set it, has a pid file
 * that anybody may rewrite.
 *
 * fails: not-writable-by-others
 * cause: 08-lock.world-writable
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
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
	if (fd == -1)
		return -1;
	if (flock(fd, LOCK_EX | LOCK_NB) == -1) {
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
