/*
 * tries-for-ever - fork() is tried again until it succeeds, without a pause
 *
 * EAGAIN says "try again". Where the limit of processes is reached it stays
 * so, and the start burns its processor.
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
		continue; /* EAGAIN: try again */
	if (pid > 0)
		_exit(EXIT_SUCCESS);
	return 0;
}
