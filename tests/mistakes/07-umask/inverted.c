/*
 * inverted - gives umask the rights to give, not those to take away
 *
 * chmod names what is given, so one turns the bits over. 0755 as a mask takes
 * all from the owner.
 *
 * fails: mask-is-the-one-given file-has-the-mode directory-has-the-mode
 * cause: 07-umask.inverted
 */
#include <sys/stat.h>

#include "daemon.h"

int
set_file_mask(mode_t mask)
{
	umask(~mask & 0777);
	return 0;
}
