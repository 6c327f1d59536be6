/*
 * in-a-shell - runs the shell's umask command
 *
 * What can be typed can be run, one thinks. The mask belongs to each process:
 * the shell that system(3) starts has set its own, and has ended.
 *
 * fails: mask-is-the-one-given file-has-the-mode directory-has-the-mode
 * cause: 07-umask.unchanged
 */
#include <stdio.h>
#include <stdlib.h>

#include "daemon.h"

int
set_file_mask(mode_t mask)
{
	char command[32];

	snprintf(command, sizeof command, "umask %03o", (unsigned)mask);
	return system(command) == 0 ? 0 : -1;
}
