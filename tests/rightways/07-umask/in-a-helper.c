/*
 * in-a-helper - closes the mask, and a child that shares it (CLONE_FS) sets
 * it
 *
 * The last umask of the process itself isn't the mask that it ends up with:
 * only /proc tells.
 */
#define _GNU_SOURCE /* syscall, CLONE_FS */

#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <sched.h>
#include <signal.h>
#include <unistd.h>

#include "daemon.h"

int
set_file_mask(mode_t mask)
{
	pid_t child;
	int status;

	umask(0777);
	child = (pid_t)syscall(SYS_clone, CLONE_FS | SIGCHLD, NULL, NULL,
	    NULL, NULL);
	if (child == 0) {
		umask(mask);
		_exit(0);
	}
	if (child == -1 || waitpid(child, &status, 0) == -1)
		return -1;
	return 0;
}
