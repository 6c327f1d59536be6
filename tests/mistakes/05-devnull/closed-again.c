/*
 * closed-again - closes what open gave, though that was 0 itself
 *
 * Closing the spare descriptor is right when it is above 2. After 04 it is 0:
 * dup2(0, 0) does nothing, and close(0) takes it away.
 *
 * fails: stdio-is-dev-null input-can-be-read
 * cause: 05-devnull.closed-again
 */
#include <fcntl.h>
#include <unistd.h>

#include "daemon.h"

int
redirect_stdio(void)
{
	int fd = open("/dev/null", O_RDWR);

	if (fd == -1)
		return -1;
	if (dup2(fd, STDIN_FILENO) == -1 || dup2(fd, STDOUT_FILENO) == -1 ||
	    dup2(fd, STDERR_FILENO) == -1)
		return -1;
	return close(fd);
}
