/*
 * umask-too - umask(0) behind the second fork, as in TLPI's list
 *
 * In becomeDaemon() the next line is umask(0). In this lab the mask is 07's:
 * until then it is that of the start.
 *
 * fails: leaves-the-rest-alone
 * cause: common.mask
 */
#include <sys/stat.h>

#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
give_up_leadership(void)
{
	pid_t pid = fork();

	if (pid > 0)
		_exit(EXIT_SUCCESS);
	if (pid == 0)
		(void)umask(0);
	return pid;
}
