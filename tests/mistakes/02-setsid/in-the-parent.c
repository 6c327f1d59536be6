/*
 * in-the-parent - setsid() before the fork, by the process that then ends
 *
 * The order of 01 and 02 changed. It works where the shell has no job
 * control; the daemon is a member of a session whose leader is gone.
 * Elsewhere it is EPERM.
 *
 * fails: leads-its-own-session setsid-in-the-child
 * cause: 02-setsid.in-the-parent
 */
#include <unistd.h>

#include "daemon.h"

/* Before main, so that the fork finds it done. */
__attribute__((constructor)) static void
start_early(void)
{
	(void)setsid();
}

int
start_session(void)
{
	return 0;
}
