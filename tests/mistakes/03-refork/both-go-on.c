/*
 * both-go-on - nobody ends after the second fork
 *
 * The slides' `return 0` in the parent, in a function: there are two
 * daemons, and one of them leads the session.
 *
 * fails: leaves-one-process is-not-a-session-leader the-leader-is-gone gets-no-terminal
 * cause: common.second-process
 */
#include <unistd.h>

#include "daemon.h"

int
give_up_leadership(void)
{
	int bgpid = fork();

	if (bgpid < 0)
		return -1;
	return 0;
}
