/*
 * wrong-one-ends - the child ends, and the leader goes on
 *
 * The two processes are mixed up: all was for nothing, and a zombie is left.
 *
 * fails: is-not-a-session-leader the-leader-is-gone gets-no-terminal
 * cause: 03-refork.wrong-one-ends
 */
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
give_up_leadership(void)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(EXIT_SUCCESS);
	return pid == -1 ? -1 : 0;
}
