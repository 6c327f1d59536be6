/*
 * only-stdio - the third article's way: closes 0, 1 and 2, and no other
 *
 * A daemon reads no keyboard and has no screen, and these three are the ones
 * that one knows. What else the starter had open stays: the pipe's reader
 * waits for ever.
 *
 * fails: closes-from-lowest-on closes-above-a-lowered-limit leaves-those-below pipe-meets-its-end refuses-a-negative-lowest
 * cause: 04-close.only-stdio
 */
#include <unistd.h>

#include "daemon.h"

int
close_descriptors(int lowest)
{
	(void)lowest;
	close(STDIN_FILENO);
	close(STDOUT_FILENO);
	close(STDERR_FILENO);
	return 0;
}
