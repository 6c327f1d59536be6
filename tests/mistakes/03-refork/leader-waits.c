/*
 * leader-waits - the leader waits for its child
 *
 * A good parent waits. But the child serves for months, and so long there
 * are two processes, and nobody is adopted.
 *
 * fails: the-leader-is-gone
 * cause: 03-refork.leader-waits
 */
#include <sys/wait.h>

#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
give_up_leadership(void)
{
	pid_t pid = fork();

	if (pid > 0) {
		waitpid(pid, NULL, 0);
		_exit(EXIT_SUCCESS);
	}
	return pid;
}
