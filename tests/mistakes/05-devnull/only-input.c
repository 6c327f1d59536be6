/*
 * only-input - puts /dev/null on 0 and forgets 1 and 2
 *
 * A program waits for its input, so 0 is the one that people think of. The
 * next two files opened become standard output and standard error.
 *
 * fails: stdio-is-dev-null output-can-be-written
 * cause: 05-devnull.one-missing
 */
#include <fcntl.h>
#include <unistd.h>

#include "daemon.h"

int
redirect_stdio(void)
{
	int fd = open("/dev/null", O_RDWR);

	if (fd == -1 || dup2(fd, STDIN_FILENO) == -1)
		return -1;
	if (fd != STDIN_FILENO)
		close(fd);
	close(STDOUT_FILENO);
	close(STDERR_FILENO);
	return 0;
}
