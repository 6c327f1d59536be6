/*
 * french-article - the French article's way: from getdtablesize() down to 0
 *
 * It closes below lowest too, and asks for the limit of now, so that 6000,
 * opened before that was lowered, stays. Where the limit is 2^30 it takes
 * minutes.
 *
 * fails: closes-above-a-lowered-limit leaves-those-below refuses-a-negative-lowest
 * advice: cost-does-not-grow
 * cause: 04-close.soft-limit-loop
 */
#define _DEFAULT_SOURCE /* getdtablesize */

#include <unistd.h>

#include "daemon.h"

int
close_descriptors(int lowest)
{
	int i;

	(void)lowest;
	for (i = getdtablesize() - 1; i >= 0; i--)
		close(i);
	return 0;
}
