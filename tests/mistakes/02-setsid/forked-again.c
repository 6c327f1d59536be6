/*
 * forked-again - forks after setsid(): the work of 03-refork
 *
 * Most lists go on with a second fork. The child leads neither session nor
 * group, and 02 is to show a process that does.
 *
 * fails: leads-its-own-session setsid-in-the-child
 * cause: 02-setsid.forked-again
 */
#include <unistd.h>

#include "daemon.h"

int
start_session(void)
{
	if (setsid() == -1)
		return -1;
	switch (fork()) {
	case -1:
		return -1;
	case 0:
		return 0;
	default:
		_exit(0);
	}
}
