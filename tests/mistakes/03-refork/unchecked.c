/*
 * unchecked - takes the fork that failed for the child
 *
 * Both are "not greater than 0". The session leader goes on, and acquires the
 * next terminal that it opens.
 *
 * fails: heeds-every-failure
 * cause: faults.ignored
 */
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
give_up_leadership(void)
{
	if (fork() > 0)
		_exit(EXIT_SUCCESS);
	return 0;
}
