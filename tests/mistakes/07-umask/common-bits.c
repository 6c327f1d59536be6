/*
 * common-bits - keeps only the bits that the inherited mask has too
 *
 * The same idea with the wrong operator: the mask is laxer than both.
 *
 * fails: mask-is-the-one-given file-has-the-mode directory-has-the-mode
 * cause: 07-umask.and
 */
#include <sys/stat.h>

#include "daemon.h"

int
set_file_mask(mode_t mask)
{
	mode_t old = umask(0);

	umask(old & mask);
	return 0;
}
