/*
 * both-leave - the test is true for the child as well: pid >= 0
 *
 * One sign too many, and nobody goes on. The launcher says 0, and ps shows
 * no daemon.
 *
 * fails: starts-and-serves leaves-one-process leaves-the-rest-alone same-traced-and-untraced launcher-ends-with-0 one-descendant-lives adopted-by-init prompt-comes-back printed-once failed-fork-is-a-failure
 * cause: 01-fork.nobody-lives
 */
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
leave_parent(void)
{
	pid_t pid = fork();

	if (pid < 0)
		return -1;
	if (pid >= 0)
		_exit(EXIT_SUCCESS);
	return 0;
}
