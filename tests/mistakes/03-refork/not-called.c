/*
 * not-called - returns 0 and does nothing: no second fork
 *
 * It has no terminal already, so what for? The next one that it opens
 * without O_NOCTTY becomes its own. glibc's daemon(3) is like that.
 *
 * fails: is-not-a-session-leader the-leader-is-gone gets-no-terminal
 * cause: 03-refork.no-second-fork
 */
#include "daemon.h"

int
give_up_leadership(void)
{
	return 0; /* there is no terminal already */
}
