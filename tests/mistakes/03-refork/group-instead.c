/*
 * group-instead - setpgid() instead of a second fork
 *
 * A group of another number, and the process leads its session no more, one
 * hopes. But the leader of a session can't leave its group: EPERM.
 *
 * fails: starts-and-serves leaves-one-process leaves-the-rest-alone same-traced-and-untraced is-not-a-session-leader the-leader-is-gone gets-no-terminal
 * cause: 03-refork.said-no
 */
#include <unistd.h>

#include "daemon.h"

int
give_up_leadership(void)
{
	return setpgid(0, getppid());
}
