/*
 * parent-stays - forks to be sure that setsid() can't fail, and the parent
 * waits
 *
 * A fork before setsid() is right where one leads a group. But who forks
 * must end: here a second process stays in the shell's session for ever.
 *
 * fails: leaves-one-process
 * cause: common.second-process
 */
#include <sys/wait.h>

#include <unistd.h>

#include "daemon.h"

int
start_session(void)
{
	pid_t pid = fork();

	if (pid == -1)
		return -1;
	if (pid > 0) {
		waitpid(pid, NULL, 0);
		_exit(0);
	}
	return setsid() == -1 ? -1 : 0;
}
