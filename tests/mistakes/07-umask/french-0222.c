/*
 * french-0222 - the French article's umask(0222)
 *
 * It takes everybody's right to write, the owner's too: a second start as an
 * ordinary user can't open its own pid file. root doesn't notice before step
 * 12.
 *
 * fails: mask-is-the-one-given file-has-the-mode directory-has-the-mode
 * cause: 07-umask.0222
 */
#include <sys/stat.h>

#include "daemon.h"

int
set_file_mask(mode_t mask)
{
	(void)mask;
	umask(0222);
	return 0;
}
