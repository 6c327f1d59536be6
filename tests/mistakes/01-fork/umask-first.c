/*
 * umask-first - umask(0) before the fork, as APUE's daemonize() begins
 *
 * It stands in the first lines of many a daemonize(). In this lab the mask
 * is 07's: until then files come out with the mode of the start.
 *
 * fails: leaves-the-rest-alone
 * cause: common.mask
 */
#include <sys/stat.h>

#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
leave_parent(void)
{
	pid_t pid;

	(void)umask(0);
	pid = fork();
	if (pid > 0)
		_exit(EXIT_SUCCESS);
	return pid;
}
