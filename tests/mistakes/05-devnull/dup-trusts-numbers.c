/*
 * dup-trusts-numbers - Stevens's and the French article's way: open and two
 * dup, which are 0, 1 and 2 only if those were closed
 *
 * open(2) and dup(2) give the lowest free numbers, so it works right after
 * step 04. Started with --lowest 3, 0, 1 and 2 stay the terminal, and 3, 4
 * and 5 are /dev/null: the contract says whether they were open before or
 * not.
 *
 * fails: stdio-is-dev-null input-can-be-read output-can-be-written nothing-else-is-open
 * cause: 05-devnull.still-the-terminal
 */
#include <fcntl.h>
#include <unistd.h>

#include "daemon.h"

int
redirect_stdio(void)
{
	int fd = open("/dev/null", O_RDWR);

	if (fd == -1 || dup(fd) == -1 || dup(fd) == -1)
		return -1;
	return 0;
}
