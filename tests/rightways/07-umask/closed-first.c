/*
 * closed-first - takes all rights away first, then sets the mask asked for
 *
 * Two calls, and the last one counts.
 */
#include <sys/stat.h>

#include "daemon.h"

int
set_file_mask(mode_t mask)
{
	umask(0777);
	umask(mask);
	return 0;
}
