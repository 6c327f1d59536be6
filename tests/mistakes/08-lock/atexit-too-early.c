/*
 * atexit-too-early - the slides delete the file on exit: registered with
 * atexit before the lock is held
 *
 * Then the exit of a start that was refused removes the file of the one that
 * runs. A killed daemon removes nothing at all.
 *
 * fails: second-start-touches-nothing
 * advice: no-removal-race
 * cause: 08-lock.removed
 */
#define _POSIX_C_SOURCE 200809L /* O_CLOEXEC, O_NOFOLLOW, pread */

#include <sys/file.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

static const char *pid_path;

static void
remove_pid_file(void)
{
	unlink(pid_path);
}

int
lock_pid_file(const char *path, pid_t *owner)
{
	char text[16] = "";
	int fd, length;

	*owner = -1;
	pid_path = path;
	atexit(remove_pid_file);
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
	length = snprintf(text, sizeof text, "%ld\n", (long)getpid());
	if (ftruncate(fd, 0) == -1 ||
	    write(fd, text, (size_t)length) != length) {
		close(fd);
		return -1;
	}
	return fd;
}
