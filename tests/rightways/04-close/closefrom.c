/*
 * closefrom - closefrom(), which says it in one word
 */
#define _DEFAULT_SOURCE /* closefrom */

#include <errno.h>
#include <unistd.h>

#include "daemon.h"

int
close_descriptors(int lowest)
{
	if (lowest < 0) {
		errno = EINVAL;
		return -1;
	}
	closefrom(lowest);
	return 0;
}
