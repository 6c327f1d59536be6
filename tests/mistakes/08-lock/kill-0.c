/*
 * kill-0 - no lock: believes the number in the file, if a process has it
 * (kill with signal 0)
 *
 * It is how scripts do it. Between the look and the write another start may
 * pass, and after a crash the number may be anybody's; only a lock goes with
 * its owner.
 *
 * fails: holds-the-lock starts-after-a-kill
 * cause: 08-lock.no-lock
 */
#define _POSIX_C_SOURCE 200809L /* kill, pread */

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
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
	if (pread(fd, text, sizeof text - 1, 0) > 0)
		*owner = (pid_t)strtol(text, NULL, 10);
	if (*owner > 0 && kill(*owner, 0) == 0) {
		close(fd);
		errno = EWOULDBLOCK;
		return -1;
	}
	length = snprintf(text, sizeof text, "%ld\n", (long)getpid());
	if (ftruncate(fd, 0) == -1 ||
	    write(fd, text, (size_t)length) != length)
		return -1;
	return fd;
}
