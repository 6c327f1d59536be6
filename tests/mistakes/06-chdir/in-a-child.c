/*
 * in-a-child - lets a child do it, as a shell does with (cd dir)
 *
 * The working directory belongs to each process: the child has moved, has
 * ended, and the daemon is where it was. system("cd ...") is the same
 * mistake.
 *
 * fails: works-where-told start-can-be-unmounted
 * cause: 06-chdir.in-a-child
 */
#include <sys/wait.h>

#include <unistd.h>

#include "daemon.h"

int
change_directory(const char *dir)
{
	pid_t child = fork();
	int status;

	if (child == -1)
		return -1;
	if (child == 0)
		_exit(chdir(dir) == -1);
	if (waitpid(child, &status, 0) == -1)
		return -1;
	return status == 0 ? 0 : -1;
}
