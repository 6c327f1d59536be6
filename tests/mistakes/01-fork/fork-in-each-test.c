/*
 * fork-in-each-test - fork() is called anew in each test of its result
 *
 * The result isn't kept in a variable, so each `if` forks. Two daemons
 * remain, and what was printed comes out of both.
 *
 * fails: one-descendant-lives printed-once heeds-every-failure
 * cause: 01-fork.more-than-one
 */
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
leave_parent(void)
{
	if (fork() < 0)
		return -1;
	if (fork() > 0)
		_exit(EXIT_SUCCESS);
	return 0;
}
