/*
 * close-then-open - closes 0, 1 and 2, opens three times and tests the
 * numbers
 *
 * The lowest free number is what open(2) gives, so after three close(2) they
 * must be 0, 1 and 2; whether they are is tested, not believed.
 */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "daemon.h"

int
redirect_stdio(void)
{
	int target;

	for (target = 0; target <= 2; target++)
		close(target);
	for (target = 0; target <= 2; target++) {
		int fd = open("/dev/null", O_RDWR | O_NOCTTY);

		if (fd == -1)
			return -1;
		if (fd != target) {
			close(fd);
			errno = EBADF;
			return -1;
		}
	}
	return 0;
}
