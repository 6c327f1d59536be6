/*
 * only-if-leader - forks only as long as it leads its session, in a helper
 */
#define _XOPEN_SOURCE 700 /* getsid */

#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

static int
leave_to_child(void)
{
	pid_t pid = fork();

	if (pid > 0)
		quick_exit(EXIT_SUCCESS);
	return pid;
}

int
give_up_leadership(void)
{
	while (getsid(0) == getpid())
		if (leave_to_child() == -1)
			return -1;
	return 0;
}
