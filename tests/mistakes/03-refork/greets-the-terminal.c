/*
 * greets-the-terminal - opens the terminal of descriptor 0 for a last word,
 * without O_NOCTTY
 *
 * Harmless here, as who leads no session gets no terminal. In a step before
 * this one it wouldn't be; the flag costs nothing.
 *
 * fails: none
 * advice: opens-with-o-noctty
 */
#define _POSIX_C_SOURCE 200809L /* dprintf */

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
give_up_leadership(void)
{
	pid_t pid = fork();
	const char *name;
	int fd;

	if (pid > 0)
		_exit(EXIT_SUCCESS);
	if (pid == 0 && (name = ttyname(STDIN_FILENO)) != NULL &&
	    (fd = open(name, O_WRONLY)) != -1) {
		dprintf(fd, "a daemon: %ld\n", (long)getpid());
		close(fd);
	}
	return pid;
}
