/*
 * minus-errno - says which error it was as the kernel does, with -errno
 *
 * So do functions of the kernel, of systemd and of many libraries. This one's
 * contract is the C library's: -1, and the reason in errno. Whoever tests for
 * -1 sees no failure.
 *
 * fails: heeds-every-failure
 * cause: faults.wrong-result
 */
#define _GNU_SOURCE /* close_range */

#include <errno.h>
#include <limits.h>
#include <unistd.h>

#include "daemon.h"

int
close_descriptors(int lowest)
{
	if (lowest < 0) {
		errno = EINVAL;
		return -1;
	}
	if (close_range((unsigned int)lowest, UINT_MAX, 0) == -1)
		return -errno;
	return 0;
}
