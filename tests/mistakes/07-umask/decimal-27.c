/*
 * decimal-27 - umask(27), which is 033
 *
 * It looks like 027 and works well enough not to be noticed. A file may come
 * out right by luck: 033 and 022 take the same bits from 0666.
 *
 * fails: mask-is-the-one-given directory-has-the-mode
 * either: file-has-the-mode
 * cause: 07-umask.decimal
 */
#include <sys/stat.h>

#include "daemon.h"

int
set_file_mask(mode_t mask)
{
	(void)mask;
	umask(27);
	return 0;
}
