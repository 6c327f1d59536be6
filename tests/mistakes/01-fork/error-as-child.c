/*
 * error-as-child - all that is not positive is taken for the child: -1 too
 *
 * Only the parent's case is thought of. When fork() fails, the process that
 * the shell waits for goes on as if it were the child.
 *
 * fails: failed-fork-is-a-failure heeds-every-failure
 * cause: 01-fork.error-as-child
 */
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
leave_parent(void)
{
	if (fork() > 0)
		_exit(EXIT_SUCCESS);
	return 0;
}
