/*
 * session-again - setsid() once more in the child
 *
 * "Each fork wants its setsid": the child leads a session again, and can get
 * a terminal as before.
 *
 * fails: is-not-a-session-leader the-leader-is-gone gets-no-terminal
 * cause: 03-refork.session-again
 */
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
give_up_leadership(void)
{
	pid_t pid = fork();

	if (pid > 0)
		_exit(EXIT_SUCCESS);
	if (pid == -1)
		return -1;
	return setsid() == -1 ? -1 : 0;
}
