/*
 * closes-another - locks with lockf, writes through a second descriptor of
 * the file, and closes that
 *
 * stdio is handy for writing a number. But the locks of lockf and F_SETLK go
 * when ANY descriptor of the file is closed, and fclose does.
 *
 * fails: holds-the-lock second-start-is-refused second-start-touches-nothing refusal-names-the-owner starts-after-a-kill
 * cause: 08-lock.lost-at-close
 */
#define _XOPEN_SOURCE 700 /* lockf, O_CLOEXEC, O_NOFOLLOW */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "daemon.h"

int
lock_pid_file(const char *path, pid_t *owner)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
	FILE *file;

	*owner = -1;
	if (fd == -1)
		return -1;
	if (lockf(fd, F_TLOCK, 0) == -1) {
		close(fd);
		errno = EWOULDBLOCK;
		return -1;
	}
	file = fopen(path, "w");
	if (file == NULL)
		return -1;
	fprintf(file, "%ld\n", (long)getpid());
	fclose(file);
	return fd;
}
