/*
 * slides-0137 - the slides' umask(0137), in the place of the mask asked for
 *
 * Well meant for files. Directories come out 0640, and nobody but root can go
 * in. A file may come out right by luck: 0137 and 027 take the same bits from
 * 0666.
 *
 * fails: mask-is-the-one-given directory-has-the-mode
 * either: file-has-the-mode
 * cause: 07-umask.fixed
 */
#include <sys/stat.h>

#include "daemon.h"

int
set_file_mask(mode_t mask)
{
	(void)mask;
	umask(0137);
	return 0;
}
