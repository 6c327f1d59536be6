/*
 * stevens - Stevens's way: SIGHUP is ignored while the leader ends, and
 * stays so
 */
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
give_up_leadership(void)
{
	pid_t pid;

	if (signal(SIGHUP, SIG_IGN) == SIG_ERR)
		return -1;
	pid = fork();
	if (pid > 0)
		_exit(EXIT_SUCCESS);
	return pid;
}
