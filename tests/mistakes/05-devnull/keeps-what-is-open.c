/*
 * keeps-what-is-open - opens /dev/null only on the numbers that are closed
 *
 * What is open can't be given to a stranger, one reasons, so it is left as it
 * is. Started with --lowest 3, the daemon goes on holding the terminal.
 *
 * fails: stdio-is-dev-null input-can-be-read output-can-be-written
 * cause: 05-devnull.still-the-terminal
 */
#include <fcntl.h>
#include <unistd.h>

#include "daemon.h"

int
redirect_stdio(void)
{
	int target, fd;

	for (target = 0; target <= 2; target++) {
		if (fcntl(target, F_GETFD) != -1)
			continue;
		fd = open("/dev/null", O_RDWR);
		if (fd != target)
			return -1;
	}
	return 0;
}
