/*
 * exit-in-parent - the French and the third article's way: the parent ends
 * with exit()
 *
 * exit() is how programs end. But it writes out what stdio holds, and the
 * child, which has a copy, writes it once more.
 *
 * fails: printed-once
 * cause: 01-fork.exit-in-parent
 */
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
leave_parent(void)
{
	pid_t pid = fork();

	if (pid < 0)
		return -1;
	if (pid > 0)
		exit(EXIT_SUCCESS); /* we are the parent */
	return 0;
}
