/*
 * tested-for-zero - takes the number of the new session for an error
 *
 * Most calls say 0 for success; setsid() says the number of the session. The
 * session is there, and the step says -1 with an errno that nobody has set.
 *
 * fails: starts-and-serves leaves-one-process leaves-the-rest-alone same-traced-and-untraced leads-its-own-session has-no-controlling-terminal survives-the-hang-up setsid-in-the-child
 * cause: 02-setsid.said-no
 */
#include <unistd.h>

#include "daemon.h"

int
start_session(void)
{
	if (setsid() != 0)
		return -1;
	return 0;
}
