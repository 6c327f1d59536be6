/*
 * returns-the-old-mask - returns what umask returned, the mask that was
 *
 * Started with the mask 0, it says 0 and all seems well; with any other it
 * says a number that its contract doesn't know.
 *
 * fails: starts-and-serves leaves-one-process leaves-the-rest-alone same-traced-and-untraced mask-is-the-one-given file-has-the-mode directory-has-the-mode
 * cause: 07-umask.wrong-result
 */
#include <sys/stat.h>

#include "daemon.h"

int
set_file_mask(mode_t mask)
{
	return (int)umask(mask);
}
