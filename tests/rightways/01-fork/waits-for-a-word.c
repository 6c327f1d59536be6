/*
 * waits-for-a-word - the parent ends when the child has said through a pipe
 * that it runs
 */
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
leave_parent(void)
{
	int ends[2];
	char word = 0;
	pid_t pid;

	if (pipe(ends) == -1)
		return -1;
	pid = fork();
	if (pid > 0) {
		close(ends[1]);
		_exit(read(ends[0], &word, 1) == 1 ? 0 : EXIT_FAILURE);
	}
	if (pid == 0 && write(ends[1], "", 1) != 1)
		pid = -1;
	close(ends[0]);
	close(ends[1]);
	return pid;
}
