/*
 * sleeps-and-tries - fork() is tried again every second, without an end
 *
 * A pause between the tries spares the processor. But nobody is told that
 * the daemon can't start.
 *
 * fails: failed-fork-is-a-failure
 * cause: 01-fork.error-hangs
 */
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
leave_parent(void)
{
	pid_t pid;

	while ((pid = fork()) == -1)
		sleep(1); /* EAGAIN: try again */
	if (pid > 0)
		_exit(EXIT_SUCCESS);
	return 0;
}
