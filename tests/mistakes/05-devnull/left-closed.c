/*
 * left-closed - the third article's way: 0, 1 and 2 are closed and never
 * opened again
 *
 * A daemon reads no keyboard, so why keep them? The next file opened gets
 * number 0, 1 or 2, and a library that complains writes into it.
 *
 * fails: stdio-is-dev-null input-can-be-read output-can-be-written
 * cause: 05-devnull.left-closed
 */
#include <unistd.h>

#include "daemon.h"

int
redirect_stdio(void)
{
	close(STDIN_FILENO);
	close(STDOUT_FILENO);
	close(STDERR_FILENO);
	return 0;
}
