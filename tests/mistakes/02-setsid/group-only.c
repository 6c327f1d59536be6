/*
 * group-only - setpgid() instead of setsid()
 *
 * The third article says "process group (or session)" as if they were one
 * thing. A group of its own is still in the shell's session, and has its
 * terminal.
 *
 * fails: leads-its-own-session has-no-controlling-terminal setsid-in-the-child
 * cause: 02-setsid.group-only
 */
#include <unistd.h>

#include "daemon.h"

int
start_session(void)
{
	return setpgid(0, 0);
}
