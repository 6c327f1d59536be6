/*
 * in-a-helper-process - a child calls setsid(), and its parent goes on
 *
 * As with cd in a subshell: what a child does to itself does nothing for its
 * parent.
 *
 * fails: leads-its-own-session has-no-controlling-terminal survives-the-hang-up setsid-in-the-child
 * cause: 02-setsid.other-process
 */
#include <sys/wait.h>

#include <unistd.h>

#include "daemon.h"

int
start_session(void)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(setsid() == -1);
	return waitpid(pid, NULL, 0) == -1 ? -1 : 0;
}
