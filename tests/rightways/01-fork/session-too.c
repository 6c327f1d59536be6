/*
 * session-too - the child starts a session as well: more than its own work
 */
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
leave_parent(void)
{
	pid_t pid = fork();

	if (pid == 0)
		return setsid() == -1 ? -1 : 0;
	if (pid > 0)
		_exit(EXIT_SUCCESS);
	return -1;
}
