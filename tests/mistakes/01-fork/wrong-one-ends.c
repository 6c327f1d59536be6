/*
 * wrong-one-ends - the child ends, and the parent goes on
 *
 * "0 is success, so the one that gets 0 is done". The shell waits for the
 * parent, which serves; the child is a zombie.
 *
 * fails: launcher-ends-with-0 one-descendant-lives adopted-by-init prompt-comes-back
 * cause: 01-fork.wrong-one-ends
 */
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
leave_parent(void)
{
	pid_t pid = fork();

	if (pid == -1)
		return -1;
	if (pid == 0)
		_exit(EXIT_SUCCESS);
	return 0;
}
