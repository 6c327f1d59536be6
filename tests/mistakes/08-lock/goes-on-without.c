/*
 * goes-on-without - when the file can't be opened, goes on without one
 *
 * A daemon without a pid file is better than none, one thinks. A second
 * instance, or a link that somebody planted, isn't noticed any more.
 *
 * fails: link-is-refused heeds-every-failure
 * cause: 08-lock.link-ignored
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
		return open("/dev/null", O_RDWR | O_CLOEXEC);
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
