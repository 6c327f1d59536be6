/*
 * asks-again - asks the kernel whether it has become what it should be
 */
#define _XOPEN_SOURCE 700 /* getsid */

#include <unistd.h>

#include "daemon.h"

int
start_session(void)
{
	pid_t self = getpid();

	if (getsid(0) != self && setsid() != self)
		return -1;
	return getpgrp() == self && tcgetpgrp(STDIN_FILENO) != self ? 0 : -1;
}
