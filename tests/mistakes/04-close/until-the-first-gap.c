/*
 * until-the-first-gap - goes on as long as close() succeeds
 *
 * EBADF is taken for the end. It is only the first number that isn't open:
 * 3, and then come 9, 100 and 5000.
 *
 * fails: closes-from-lowest-on closes-above-a-lowered-limit pipe-meets-its-end
 * cause: 04-close.only-stdio
 */
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
	while (close(lowest) == 0)
		lowest++;
	return 0;
}
