/*
 * mode-wanted - gives umask the mode that files are to have
 *
 * From the mask 027 comes 0640, and umask(0640) takes from the owner what it
 * was to give to him.
 *
 * fails: mask-is-the-one-given file-has-the-mode directory-has-the-mode
 * cause: 07-umask.inverted
 */
#include <sys/stat.h>

#include "daemon.h"

int
set_file_mask(mode_t mask)
{
	umask(0666 & ~mask);
	return 0;
}
