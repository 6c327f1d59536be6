/*
 * stdio-buffer - prints into a FILE and never flushes it
 *
 * fprintf has said that all is well, and the bytes wait in the buffer until
 * the daemon ends. Until then the file is empty.
 *
 * fails: holds-the-pid refusal-names-the-owner starts-after-a-kill
 * cause: 08-lock.not-written
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
	FILE *file;
	int fd;

	*owner = -1;
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
	if (fd == -1)
		return -1;
	if (flock(fd, LOCK_EX | LOCK_NB) == -1) {
		if (pread(fd, text, sizeof text - 1, 0) > 0)
			*owner = (pid_t)strtol(text, NULL, 10);
		close(fd);
		errno = EWOULDBLOCK;
		return -1;
	}
	file = fdopen(fd, "r+");
	if (file == NULL || ftruncate(fd, 0) == -1)
		return -1;
	fprintf(file, "%ld\n", (long)getpid());
	return fd;
}
