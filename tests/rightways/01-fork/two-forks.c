/*
 * two-forks - forks twice; the launcher reaps the one in between
 */
#include <sys/wait.h>

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
leave_parent(void)
{
	pid_t pid = fork();
	int status;

	if (pid == -1)
		return -1;
	if (pid == 0) {
		pid = fork();
		if (pid > 0)
			_exit(EXIT_SUCCESS);
		if (pid == -1)
			_exit(EXIT_FAILURE);
		return 0;
	}
	if (waitpid(pid, &status, 0) == -1 || status != 0) {
		errno = EAGAIN;
		return -1;
	}
	_exit(EXIT_SUCCESS);
}
