/*
 * status-is-the-pid - the parent ends with the child's PID as its status
 *
 * The PID is wanted by whoever starts the daemon. But a status other than 0
 * is a failure, and only its lowest 8 bits arrive.
 *
 * fails: launcher-ends-with-0
 * cause: 01-fork.parent-status
 */
#include <unistd.h>

#include "daemon.h"

int
leave_parent(void)
{
	pid_t pid = fork();

	if (pid == -1)
		return -1;
	if (pid > 0)
		_exit(pid);
	return 0;
}
