/*
 * watchdog - a process in between waits for the daemon, to start it again
 *
 * The launcher ends and the prompt is back. But the daemon has a parent of
 * its own program, and is adopted by nobody.
 *
 * fails: one-descendant-lives adopted-by-init
 * cause: 01-fork.more-than-one
 */
#include <sys/wait.h>

#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
leave_parent(void)
{
	pid_t pid = fork();

	if (pid > 0)
		_exit(EXIT_SUCCESS);
	if (pid == 0)
		pid = fork();
	if (pid > 0) {
		waitpid(pid, NULL, 0);
		_exit(EXIT_SUCCESS);
	}
	return pid;
}
