/*
 * fork-in-each-test - fork() is called anew in each test of its result
 *
 * The result isn't kept, so each `if` forks. The leader is gone, and two
 * daemons remain.
 *
 * fails: leaves-one-process
 * cause: common.second-process
 */
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
give_up_leadership(void)
{
	if (fork() < 0)
		return -1;
	if (fork() > 0)
		_exit(EXIT_SUCCESS);
	return 0;
}
