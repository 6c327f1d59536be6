/*
 * read-as-decimal - writes the mask as octal digits and reads them back as
 * decimal
 *
 * Masks in a configuration file are digits, and atoi is the function that one
 * knows. 7 is 7 in both, so the mask 007 and what is made with it come out
 * right.
 *
 * fails: mask-is-the-one-given
 * either: file-has-the-mode directory-has-the-mode
 * cause: 07-umask.decimal
 */
#include <sys/stat.h>

#include <stdio.h>
#include <stdlib.h>

#include "daemon.h"

int
set_file_mask(mode_t mask)
{
	char digits[16];

	snprintf(digits, sizeof digits, "%o", (unsigned)mask);
	umask((mode_t)atoi(digits));
	return 0;
}
