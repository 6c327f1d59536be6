/*
 * three-opens - each number gets an open of its own, with the mode that it
 * needs
 *
 * Read for 0, write for 1 and 2: nothing asks that all be the same file
 * description.
 */
#include <fcntl.h>
#include <unistd.h>

#include "daemon.h"

int
redirect_stdio(void)
{
	static const int modes[] = {O_RDONLY, O_WRONLY, O_WRONLY};
	int fd, target;

	for (target = 0; target <= 2; target++) {
		fd = open("/dev/null", modes[target]);
		if (fd == -1)
			return -1;
		if (fd == target)
			continue;
		if (dup2(fd, target) == -1) {
			close(fd);
			return -1;
		}
		close(fd);
	}
	return 0;
}
