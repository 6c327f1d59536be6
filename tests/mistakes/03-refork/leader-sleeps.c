/*
 * leader-sleeps - the leader stays, to give its child time
 *
 * The session needs a leader, one thinks, or the child needs a moment. It
 * needs neither.
 *
 * fails: the-leader-is-gone
 * cause: 03-refork.leader-stays
 */
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
give_up_leadership(void)
{
	pid_t pid = fork();

	if (pid > 0) {
		for (;;)
			pause(); /* the session needs its leader */
	}
	return pid;
}
