/*
 * tries-three-times - a fork that fails is tried again, with an end
 */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
leave_parent(void)
{
	int tries = 3;
	pid_t pid;

	do
		pid = fork();
	while (pid == -1 && errno == EAGAIN && --tries > 0);
	if (pid > 0)
		_Exit(EXIT_SUCCESS);
	return pid;
}
