/*
 * vfork - vfork() instead of fork(), because it is said to be faster
 *
 * The parent is held until the child ends or executes a program, and the
 * child works on the parent's stack. A daemon does neither.
 *
 * fails: launcher-ends-with-0 one-descendant-lives adopted-by-init prompt-comes-back
 * cause: 01-fork.vfork
 */
#define _DEFAULT_SOURCE /* vfork */

#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
leave_parent(void)
{
	switch (vfork()) {
	case -1:
		return -1;
	case 0:
		return 0;
	default:
		_exit(EXIT_SUCCESS);
	}
}
