/*
 * slides-output-file - the slides' way: 1 and 2 go to a file opened without
 * O_CREAT, unchecked
 *
 * The file isn't there, so open fails and 1 and 2 stay closed; were it there,
 * it would be overwritten from its beginning, and its name depends on the
 * working directory.
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

	if (fd > STDIN_FILENO) {
		dup2(fd, STDIN_FILENO);
		close(fd);
	}
	close(STDOUT_FILENO);
	close(STDERR_FILENO);
	fd = open("output-file", O_RDWR);
	fd = dup(fd);
	return 0;
}
