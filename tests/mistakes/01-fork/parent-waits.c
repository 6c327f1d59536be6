/*
 * parent-waits - the parent waits for its child before it ends
 *
 * Every lesson about fork says that a parent must wait for its children.
 * This child serves for months, and so long the terminal is taken.
 *
 * fails: launcher-ends-with-0 one-descendant-lives adopted-by-init prompt-comes-back
 * cause: 01-fork.parent-waits
 */
#include <sys/wait.h>

#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
leave_parent(void)
{
	pid_t pid = fork();

	if (pid == -1)
		return -1;
	if (pid > 0) {
		waitpid(pid, NULL, 0);
		_exit(EXIT_SUCCESS);
	}
	return 0;
}
