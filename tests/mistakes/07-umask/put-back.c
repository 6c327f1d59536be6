/*
 * put-back - sets the mask, and puts the old one back before it returns
 *
 * It is the idiom for reading the mask, or for one open. A technique is to
 * leave the mask set.
 *
 * fails: mask-is-the-one-given file-has-the-mode directory-has-the-mode
 * cause: 07-umask.unchanged
 */
#include <sys/stat.h>

#include "daemon.h"

int
set_file_mask(mode_t mask)
{
	mode_t old = umask(mask);

	umask(old);
	return 0;
}
