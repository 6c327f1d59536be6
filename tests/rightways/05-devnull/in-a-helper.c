/*
 * in-a-helper - a child that shares the descriptor table opens them, and is
 * waited for
 *
 * With CLONE_FILES what the child opens is open in the parent. The effect is
 * the same, though the daemon itself never called open.
 */
#define _GNU_SOURCE /* syscall, CLONE_FILES */

#include <sys/syscall.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <unistd.h>

#include "daemon.h"

static int
open_all(void)
{
	int fd = open("/dev/null", O_RDWR), target;

	for (target = 0; fd != -1 && target <= 2; target++)
		if (dup2(fd, target) == -1)
			return errno;
	if (fd > 2)
		close(fd);
	return fd == -1 ? errno : 0;
}

int
redirect_stdio(void)
{
	pid_t child = (pid_t)syscall(SYS_clone, CLONE_FILES | SIGCHLD, NULL,
	    NULL, NULL, NULL);
	int status;

	if (child == -1)
		return -1;
	if (child == 0)
		_exit(open_all());
	if (waitpid(child, &status, 0) == -1)
		return -1;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 0;
	errno = WIFEXITED(status) ? WEXITSTATUS(status) : EIO;
	return -1;
}
