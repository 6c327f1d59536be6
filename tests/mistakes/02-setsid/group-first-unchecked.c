/*
 * group-first-unchecked - setpgid() before setsid(), and nobody looks at the
 * result
 *
 * setsid() says EPERM to the leader of a group. Unread, it leaves a daemon
 * that sits in the shell's session and says that all went well.
 *
 * fails: leads-its-own-session has-no-controlling-terminal setsid-in-the-child
 * cause: 02-setsid.setpgid-first
 */
#include <unistd.h>

#include "daemon.h"

int
start_session(void)
{
	(void)setpgid(0, 0);
	(void)setsid();
	return 0;
}
