/*
 * purged-in-child - the child throws away what stdio holds, so as not to
 * print it twice
 *
 * A cure for exit() in the parent. Beside _exit() it is one too many: nobody
 * writes what was printed before the fork.
 *
 * fails: printed-once
 * cause: 01-fork.text-lost
 */
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
leave_parent(void)
{
	switch (fork()) {
	case -1:
		return -1;
	case 0:
		__fpurge(stdout);
		return 0;
	default:
		_exit(EXIT_SUCCESS);
	}
}
