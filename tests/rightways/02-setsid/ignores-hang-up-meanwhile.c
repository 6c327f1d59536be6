/*
 * ignores-hang-up-meanwhile - ignores SIGHUP while it leaves the terminal,
 * then puts it back as it was
 */
#define _POSIX_C_SOURCE 200809L /* sigaction */

#include <signal.h>
#include <unistd.h>

#include "daemon.h"

int
start_session(void)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN}, old;
	pid_t session;

	if (sigaction(SIGHUP, &ignore, &old) == -1)
		return -1;
	session = setsid();
	if (sigaction(SIGHUP, &old, NULL) == -1)
		return -1;
	return session == -1 ? -1 : 0;
}
