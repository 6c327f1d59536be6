/*
 * already-a-daemon - takes a parent with PID 1 for the sign that all is done
 *
 * Stevens's test for a start by init. In a container PID 1 is the parent of
 * whatever runs there, and under init nobody has forked either: whoever
 * started it waits. An option of its own says it exactly.
 *
 * fails: one-descendant-lives
 * cause: 01-fork.trusts-parent
 */
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
leave_parent(void)
{
	pid_t pid;

	if (getppid() == 1)
		return 0;
	pid = fork();
	if (pid > 0)
		_exit(EXIT_SUCCESS);
	return pid;
}
