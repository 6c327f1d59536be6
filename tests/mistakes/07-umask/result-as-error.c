/*
 * result-as-error - takes what umask returns, the mask that was, for an error
 *
 * Nearly every call says 0 when all is well. The old mask isn't 0, so the
 * step says -1 though it has done its work, and the daemon ends.
 *
 * fails: starts-and-serves leaves-one-process leaves-the-rest-alone same-traced-and-untraced mask-is-the-one-given file-has-the-mode directory-has-the-mode
 * cause: 07-umask.result-as-error
 */
#include <sys/stat.h>

#include "daemon.h"

int
set_file_mask(mode_t mask)
{
	if (umask(mask) != 0)
		return -1;
	return 0;
}
