/*
 * 08-lock - be the only one, and say who
 *
 * What: lock a file for as long as the process lives; write the PID into it.
 * Why: two instances would spoil the same data. The lock, not the file, is
 *   what tells: the kernel takes it back however the daemon ends, SIGKILL
 *   too, while a file that is only there stays there.
 * Observe: build/solutions/08-lock; cat build/run/daemon.pid
 *   grep lock: /proc/$(pgrep -x 08-lock)/fdinfo/3
 *   strace -f -e trace=flock,ftruncate,write build/solutions/08-lock
 *   (a second start: it is refused, and the file stays as it is).
 * See: open(2), flock(2), ftruncate(2), pidfile(3); chapters/en/08-lock.md
 */
#define _POSIX_C_SOURCE 200809L /* O_CLOEXEC, O_NOFOLLOW, lstat, pread */

#include <sys/file.h>
#include <sys/stat.h>

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

enum { ATTEMPTS = 16, PID_LIMIT = 1 << 22 }; /* Linux's largest, proc(5) */

static void
close_keeping_errno(int fd)
{
	int saved = errno;

	close(fd);
	errno = saved;
}

/* Digits and a newline, or -1: the owner may not have written them yet. */
static pid_t
read_owner(int fd)
{
	char text[16], *end;
	ssize_t length = pread(fd, text, sizeof text - 1, 0);
	long pid;

	if (length <= 0 || !isdigit((unsigned char)text[0]))
		return -1;
	text[length] = '\0';
	pid = strtol(text, &end, 10);
	if (*end != '\n' || end + 1 != text + length)
		return -1;
	return pid > 0 && pid <= PID_LIMIT ? (pid_t)pid : -1;
}

/* Whoever opened the file before its owner removed it has locked a ghost. */
static int
is_still_there(int fd, const char *path)
{
	struct stat held, named;

	if (fstat(fd, &held) == -1)
		return -1;
	if (lstat(path, &named) == -1)
		return errno == ENOENT ? 0 : -1;
	return held.st_dev == named.st_dev && held.st_ino == named.st_ino;
}

static int
open_locked(const char *path, pid_t *owner)
{
	const int flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW;
	int attempt;

	for (attempt = 0; attempt < ATTEMPTS; attempt++) {
		int there, fd = open(path, flags, 0644);

		if (fd == -1)
			return -1;
		if (flock(fd, LOCK_EX | LOCK_NB) == -1) {
			if (errno == EWOULDBLOCK) {
				*owner = read_owner(fd);
				errno = EWOULDBLOCK;
			}
			close_keeping_errno(fd);
			return -1;
		}
		there = is_still_there(fd, path);
		if (there == 1)
			return fd;
		close_keeping_errno(fd);
		if (there == -1)
			return -1;
	}
	errno = EBUSY; /* not EAGAIN: that is EWOULDBLOCK */
	return -1;
}

static int
write_pid(int fd)
{
	char text[16];
	int length = snprintf(text, sizeof text, "%ld\n", (long)getpid());
	ssize_t written;

	/* Only now, with the lock: before, the PID in it was another's. */
	if (ftruncate(fd, 0) == -1)
		return -1;
	written = write(fd, text, (size_t)length);
	if (written == length)
		return 0;
	if (written != -1)
		errno = ENOSPC;
	return -1;
}

int
lock_pid_file(const char *path, pid_t *owner)
{
	int fd;

	*owner = -1;
	fd = open_locked(path, owner);
	if (fd == -1)
		return -1;
	if (write_pid(fd) == -1) {
		close_keeping_errno(fd);
		return -1;
	}
	return fd;
}
