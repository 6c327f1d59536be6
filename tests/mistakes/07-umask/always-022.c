/*
 * always-022 - umask(022), because that is what a mask always is
 *
 * The argument is ignored. Where 022 happens to be the mask asked for, what
 * is created is right by luck; of two masks one shows it.
 *
 * fails: mask-is-the-one-given
 * either: file-has-the-mode directory-has-the-mode
 * cause: 07-umask.fixed
 */
#include <sys/stat.h>

#include "daemon.h"

int
set_file_mask(mode_t mask)
{
	(void)mask;
	umask(022);
	return 0;
}
