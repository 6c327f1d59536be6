/*
 * vfork - vfork() instead of fork()
 *
 * The leader is held until the child ends or executes a program, and the
 * daemon does neither: the leader lives on, though _exit() stands in the
 * right place.
 *
 * fails: the-leader-is-gone
 * cause: 03-refork.vfork
 */
#define _DEFAULT_SOURCE /* vfork */

#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
give_up_leadership(void)
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
