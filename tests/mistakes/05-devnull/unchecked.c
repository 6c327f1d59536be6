/*
 * unchecked - looks at what open says, and not at what dup2 says
 *
 * A descriptor that stays closed is the next file that is opened.
 *
 * fails: heeds-every-failure
 * cause: faults.ignored
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
	dup2(fd, STDIN_FILENO);
	dup2(fd, STDOUT_FILENO);
	dup2(fd, STDERR_FILENO);
	if (fd > STDERR_FILENO)
		close(fd);
	return 0;
}
