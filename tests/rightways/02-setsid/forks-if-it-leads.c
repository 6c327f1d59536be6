/*
 * forks-if-it-leads - leads a group on purpose, and gets out of that by one
 * more fork
 */
#include <errno.h>
#include <unistd.h>

#include "daemon.h"

int
start_session(void)
{
	if (setpgid(0, 0) == -1)
		return -1;
	if (setsid() != -1)
		return 0;
	if (errno != EPERM)
		return -1;
	switch (fork()) {
	case -1:
		return -1;
	case 0:
		return setsid() == -1 ? -1 : 0;
	default:
		_exit(0);
	}
}
