/*
 * errno-lost - errno is cleared between fork() and the test of its result
 *
 * errno must be 0 before some calls, so it is cleared here and there. The
 * sentence that tells why there is no daemon then says "Success".
 *
 * fails: failed-fork-is-a-failure
 * cause: 01-fork.errno-lost
 */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
leave_parent(void)
{
	pid_t pid = fork();

	errno = 0;
	if (pid == -1)
		return -1;
	if (pid > 0)
		_exit(EXIT_SUCCESS);
	return 0;
}
