/*
 * ignores-hang-up - nohup's way: SIGHUP is ignored, and the session stays
 *
 * It survives the closing of its window. But it is in the shell's session
 * and has its terminal: Ctrl-C reaches it, and so does every write to
 * /dev/tty.
 *
 * fails: leads-its-own-session has-no-controlling-terminal setsid-in-the-child
 * cause: 02-setsid.not-called
 */
#include <signal.h>

#include "daemon.h"

int
start_session(void)
{
	return signal(SIGHUP, SIG_IGN) == SIG_ERR ? -1 : 0;
}
