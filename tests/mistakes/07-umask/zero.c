/*
 * zero - the third article's umask(0), in the place of the mask asked for
 *
 * It is the way of most listings: each open is then to be exact. One fopen,
 * which asks for 0666, makes a log that anyone may rewrite.
 *
 * fails: mask-is-the-one-given file-has-the-mode directory-has-the-mode
 * cause: 07-umask.zero
 */
#include <sys/stat.h>

#include "daemon.h"

int
set_file_mask(mode_t mask)
{
	(void)mask;
	umask(0);
	return 0;
}
