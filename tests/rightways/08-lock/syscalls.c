/*
 * syscalls - raw system calls and digits made by hand
 *
 * No snprintf, no flock of the C library, and close-on-exec by fcntl after
 * the open: with one thread nobody can fork in between.
 */
#define _GNU_SOURCE /* syscall */

#include <sys/file.h>
#include <sys/syscall.h>

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "daemon.h"

static pid_t
parse(const char *text, long length)
{
	pid_t pid = 0;
	long i;

	for (i = 0; i < length && text[i] >= '0' && text[i] <= '9'; i++)
		pid = pid * 10 + (text[i] - '0');
	return pid > 0 && i < length && text[i] == '\n' ? pid : -1;
}

int
lock_pid_file(const char *path, pid_t *owner)
{
	char text[10], *digit = text + sizeof text;
	long fd, length, pid = syscall(SYS_getpid);

	*owner = -1;
	fd = syscall(SYS_openat, AT_FDCWD, path,
	    O_RDWR | O_CREAT | O_NOFOLLOW, 0644);
	if (fd == -1 || syscall(SYS_fcntl, fd, F_SETFD, FD_CLOEXEC) == -1)
		return -1;
	if (syscall(SYS_flock, fd, LOCK_EX | LOCK_NB) == -1) {
		length = syscall(SYS_pread64, fd, text, sizeof text, 0L);
		*owner = parse(text, length);
		syscall(SYS_close, fd);
		errno = EWOULDBLOCK;
		return -1;
	}
	*--digit = '\n';
	for (; pid > 0; pid /= 10)
		*--digit = (char)('0' + pid % 10);
	length = text + sizeof text - digit;
	if (syscall(SYS_ftruncate, fd, 0L) == -1 ||
	    syscall(SYS_write, fd, digit, length) != length)
		return -1;
	return (int)fd;
}
