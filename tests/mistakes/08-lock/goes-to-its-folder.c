/*
 * goes-to-its-folder - changes to the folder of the pid file, opens it by its
 * last name, and stays there
 *
 * It saves writing the path twice. The working directory that step 06 chose
 * is given up for /run.
 *
 * fails: leaves-the-rest-alone
 * cause: common.directory
 */
#define _POSIX_C_SOURCE 200809L /* O_CLOEXEC, O_NOFOLLOW, pread */

#include <sys/file.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "daemon.h"

int
lock_pid_file(const char *path, pid_t *owner)
{
	char text[16] = "", folder[512];
	int fd, length;
	const char *name = strrchr(path, '/') + 1;

	*owner = -1;
	length = snprintf(folder, sizeof folder, "%.*s", (int)(name - path),
	    path);
	if (length >= (int)sizeof folder || chdir(folder) == -1)
		return -1;
	fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
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
