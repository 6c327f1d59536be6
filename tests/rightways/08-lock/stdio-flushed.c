/*
 * stdio-flushed - a FILE over the descriptor, flushed, and kept open
 *
 * stdio is no mistake when its buffer is emptied and its result is read.
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
	if (file != NULL && ftruncate(fd, 0) == 0 &&
	    fprintf(file, "%ld\n", (long)getpid()) > 0 &&
	    fflush(file) == 0)
		return fd;
	close(fd);
	return -1;
}
