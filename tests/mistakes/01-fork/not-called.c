/*
 * not-called - returns 0 and does nothing: there is no fork
 *
 * The program is started with & in the shell, so it seems to be in the
 * background already. Without the & the prompt never comes back.
 *
 * fails: launcher-ends-with-0 one-descendant-lives adopted-by-init prompt-comes-back failed-fork-is-a-failure
 * cause: 01-fork.no-fork
 */
#include "daemon.h"

int
leave_parent(void)
{
	return 0; /* start it with &, and it is in the background */
}
