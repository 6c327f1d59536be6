/*
 * negative-unchecked - passes lowest on to close_range as it is
 *
 * A negative number, a computation gone wrong, becomes an unsigned one beyond
 * all descriptors: nothing is closed, and the call says 0.
 *
 * fails: refuses-a-negative-lowest
 * cause: 04-close.negative-taken
 */
#define _GNU_SOURCE /* close_range */

#include <limits.h>
#include <unistd.h>

#include "daemon.h"

int
close_descriptors(int lowest)
{
	return close_range((unsigned int)lowest, UINT_MAX, 0);
}
