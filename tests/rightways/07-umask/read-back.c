/*
 * read-back - sets the mask, reads it back, and says so if it isn't there
 *
 * Reading the mask is setting it twice: closed in between, so that nothing
 * created meanwhile is open to others.
 */
#include <sys/stat.h>

#include <errno.h>

#include "daemon.h"

int
set_file_mask(mode_t mask)
{
	mode_t there;

	umask(mask);
	there = umask(0777);
	umask(there);
	if (there == (mask & 0777))
		return 0;
	errno = EINVAL;
	return -1;
}
