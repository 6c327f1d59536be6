/*
 * added - adds the bits to the mask that was inherited
 *
 * It can only become stricter, which seems safe. But the starter's taste is
 * still in it. A file may come out right by luck.
 *
 * fails: mask-is-the-one-given directory-has-the-mode
 * either: file-has-the-mode
 * cause: 07-umask.or
 */
#include <sys/stat.h>

#include "daemon.h"

int
set_file_mask(mode_t mask)
{
	mode_t old = umask(0);

	umask(old | mask);
	return 0;
}
