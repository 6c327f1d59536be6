/*
 * group-first - setpgid() before setsid(), which then refuses
 *
 * A group of its own first, then a session: it sounds orderly. But who leads
 * a group may not start a session: EPERM, and no daemon.
 *
 * fails: starts-and-serves leaves-one-process leaves-the-rest-alone same-traced-and-untraced leads-its-own-session has-no-controlling-terminal survives-the-hang-up setsid-in-the-child
 * cause: 02-setsid.setpgid-first
 */
#include <unistd.h>

#include "daemon.h"

int
start_session(void)
{
	if (setpgid(0, 0) == -1)
		return -1;
	return setsid() == -1 ? -1 : 0;
}
