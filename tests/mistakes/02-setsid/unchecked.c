/*
 * unchecked - doesn't look at what setsid says
 *
 * It can't fail here, after the fork of step 01. Called by who leads a process
 * group it can, and the daemon goes on in its terminal's session.
 *
 * fails: heeds-every-failure
 * cause: faults.ignored
 */
#include <unistd.h>

#include "daemon.h"

int
start_session(void)
{
	setsid();
	return 0;
}
