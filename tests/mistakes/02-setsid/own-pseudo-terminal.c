/*
 * own-pseudo-terminal - opens a pseudo-terminal after setsid(), without
 * O_NOCTTY
 *
 * The French article hooks the daemon to "un pseudo-terminal" (and means
 * /dev/null). A session leader gets the first terminal that it opens as its
 * controlling one.
 *
 * fails: has-no-controlling-terminal
 * cause: 02-setsid.terminal-again
 */
#define _XOPEN_SOURCE 700 /* posix_openpt */

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
start_session(void)
{
	int master;

	if (setsid() == -1)
		return -1;
	master = posix_openpt(O_RDWR | O_NOCTTY);
	if (master == -1 || grantpt(master) == -1 || unlockpt(master) == -1)
		return -1;
	return open(ptsname(master), O_RDWR) == -1 ? -1 : 0;
}
