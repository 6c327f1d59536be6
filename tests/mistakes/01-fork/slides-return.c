/*
 * slides-return - the slides' way, taken out of main: the parent returns 0
 *
 * In main, `return 0` ends the parent. In a function it says that all went
 * well: both processes go on and serve, and both write out what was printed.
 *
 * fails: launcher-ends-with-0 one-descendant-lives adopted-by-init prompt-comes-back printed-once
 * cause: 01-fork.parent-stays
 */
#include <unistd.h>

#include "daemon.h"

int
leave_parent(void)
{
	int bgpid = fork();

	if (bgpid < 0)
		return -1;
	if (bgpid)
		return 0; /* parent dies! */
	return 0;
}
