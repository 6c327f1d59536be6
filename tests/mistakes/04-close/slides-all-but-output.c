/*
 * slides-all-but-output - the slides' way: up to getdtablesize(), all but 1
 * and 2
 *
 * Output is to go on. But it goes to the terminal of the starter, and the
 * loop knows neither lowest nor what is above the limit of now.
 *
 * fails: closes-from-lowest-on closes-above-a-lowered-limit leaves-those-below refuses-a-negative-lowest
 * advice: cost-does-not-grow
 * cause: 04-close.some-left
 */
#define _DEFAULT_SOURCE /* getdtablesize */

#include <unistd.h>

#include "daemon.h"

int
close_descriptors(int lowest)
{
	int i;

	(void)lowest;
	for (i = 0; i < getdtablesize(); i++)
		if (i != 1 && i != 2)
			close(i);
	return 0;
}
