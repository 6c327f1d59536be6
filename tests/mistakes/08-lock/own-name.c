/*
 * own-name - uses a name of its own in place of the one given
 *
 * Written in the code, as in the articles (/var/lock/demon.pid), the name
 * serves one instance; here it is a file that nobody asked for, and the one
 * asked for isn't there.
 *
 * fails: makes-no-other-file holds-the-pid holds-the-lock second-start-touches-nothing starts-after-a-kill link-is-refused not-writable-by-others closed-on-exec
 * cause: common.files
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

	(void)path;
	*owner = -1;
	fd = open("/run/demon.pid", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW,
	    0644);
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
