/*
 * only-terminals - redirects a descriptor only if it is a terminal
 *
 * It seems polite to keep a redirection that the user made. After 04 none of
 * the three is a terminal, none is open, and none is redirected.
 *
 * fails: stdio-is-dev-null input-can-be-read output-can-be-written
 * cause: 05-devnull.left-closed
 */
#define _POSIX_C_SOURCE 200809L /* O_CLOEXEC, F_DUPFD_CLOEXEC */

#include <fcntl.h>
#include <unistd.h>

#include "daemon.h"

int
redirect_stdio(void)
{
	int fd = open("/dev/null", O_RDWR | O_CLOEXEC), spare, target;

	spare = fcntl(fd, F_DUPFD_CLOEXEC, 3);
	if (fd == -1 || spare == -1)
		return -1;
	close(fd);
	for (target = 0; target <= 2; target++)
		if (isatty(target) && dup2(spare, target) == -1)
			return -1;
	close(spare);
	return 0;
}
