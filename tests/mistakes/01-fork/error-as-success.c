/*
 * error-as-success - all that is not 0 is taken for the parent: -1 too
 *
 * The one-line fork of many real daemons. When fork() fails there is no
 * child, and the launcher says 0: a start that has succeeded, and no daemon.
 *
 * fails: failed-fork-is-a-failure heeds-every-failure
 * cause: 01-fork.error-as-success
 */
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
leave_parent(void)
{
	if (fork() != 0)
		_exit(EXIT_SUCCESS);
	return 0;
}
