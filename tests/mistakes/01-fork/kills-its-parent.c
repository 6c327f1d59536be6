/*
 * kills-its-parent - the child ends its parent with a signal
 *
 * The parent is in the way, so it is killed. The shell says "Terminated",
 * and the launcher's status is not 0.
 *
 * fails: launcher-ends-with-0
 * cause: 01-fork.parent-killed
 */
#define _POSIX_C_SOURCE 200809L /* kill */

#include <signal.h>
#include <unistd.h>

#include "daemon.h"

int
leave_parent(void)
{
	pid_t pid = fork();

	if (pid == -1)
		return -1;
	if (pid > 0)
		for (;;)
			pause(); /* until the child ends us */
	return kill(getppid(), SIGTERM);
}
