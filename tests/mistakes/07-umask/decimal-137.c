/*
 * decimal-137 - umask(137): the octal number of the slides without its
 * leading 0
 *
 * 137 is 0211 in octal. The slides warn of it; the owner can't write what he
 * made.
 *
 * fails: mask-is-the-one-given file-has-the-mode directory-has-the-mode
 * cause: 07-umask.decimal
 */
#include <sys/stat.h>

#include "daemon.h"

int
set_file_mask(mode_t mask)
{
	(void)mask;
	umask(137);
	return 0;
}
