/*
 * negative-without-errno - refuses a negative lowest, and doesn't say why
 *
 * -1 is half of the answer. errno is what an earlier call has left there, or
 * 0: "Success" is the reason that the user reads.
 *
 * fails: refuses-a-negative-lowest
 * cause: 04-close.negative-errno
 */
#define _GNU_SOURCE /* close_range */

#include <limits.h>
#include <unistd.h>

#include "daemon.h"

int
close_descriptors(int lowest)
{
	if (lowest < 0)
		return -1;
	return close_range((unsigned int)lowest, UINT_MAX, 0);
}
