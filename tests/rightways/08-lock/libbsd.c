/*
 * libbsd - pidfile(3bsd), FreeBSD's: it locks with flock and truncates once
 * locked
 *
 * What it does otherwise than the contract is added: it follows links, writes
 * no newline, reads none either, and leaves out close-on-exec.
 *
 * libraries: bsd
 */
#define _POSIX_C_SOURCE 200809L /* lstat, pwrite */

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <bsd/libutil.h>

#include "daemon.h"

static struct pidfh *pid_file; /* never closed: the lock goes with it */

static pid_t
read_owner(const char *path)
{
	char text[16] = "";
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t length;

	if (fd == -1)
		return -1;
	length = read(fd, text, sizeof text - 1);
	close(fd);
	return length > 0 ? (pid_t)strtol(text, NULL, 10) : -1;
}

static int
write_line(int fd)
{
	struct stat written;

	if (fcntl(fd, F_SETFD, FD_CLOEXEC) == -1 ||
	    pidfile_write(pid_file) == -1 || fstat(fd, &written) == -1)
		return -1;
	return pwrite(fd, "\n", 1, written.st_size) == 1 ? 0 : -1;
}

int
lock_pid_file(const char *path, pid_t *owner)
{
	struct stat found;
	int fd, saved;

	*owner = -1;
	if (lstat(path, &found) == 0 && S_ISLNK(found.st_mode)) {
		errno = ELOOP;
		return -1;
	}
	pid_file = pidfile_open(path, 0644, NULL);
	if (pid_file == NULL) {
		if (errno != EEXIST)
			return -1;
		*owner = read_owner(path);
		errno = EWOULDBLOCK;
		return -1;
	}
	fd = pidfile_fileno(pid_file);
	if (write_line(fd) == -1) {
		saved = errno;
		pidfile_close(pid_file);
		errno = saved;
		return -1;
	}
	return fd;
}
