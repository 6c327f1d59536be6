/*
 * unchecked - never reads the result of flock
 *
 * The first start holds the lock, all looks right. The second is refused it,
 * goes on, and writes its PID over the owner's: two instances on the same
 * data.
 *
 * fails: second-start-is-refused second-start-touches-nothing refusal-names-the-owner
 * fails: heeds-every-failure
 * cause: 08-lock.second-runs
 */
#define _POSIX_C_SOURCE 200809L /* O_CLOEXEC, O_NOFOLLOW, pread */

#include <sys/file.h>

#include <fcntl.h>
#include <stdio.h>
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
	flock(fd, LOCK_EX | LOCK_NB);
	length = snprintf(text, sizeof text, "%ld\n", (long)getpid());
	if (ftruncate(fd, 0) == -1 ||
	    write(fd, text, (size_t)length) != length) {
		close(fd);
		return -1;
	}
	return fd;
}
