/*
 * rw-string - the French article's way: the mode "rw" of fopen given to open
 *
 * open(2) takes a number: the address of the string becomes the flags, and
 * ASLR makes that another number at each start. By luck it is opened for
 * reading, or not at all, or the C library aborts the program (flags that
 * want a mode, under _FORTIFY_SOURCE); it is wrong each time, and judged so
 * even where it went well.
 *
 * fails: stdio-is-dev-null
 * either: starts-and-serves leaves-one-process leaves-the-rest-alone same-traced-and-untraced input-can-be-read output-can-be-written nothing-else-is-open heeds-every-failure
 * cause: 05-devnull.rw-string
 */
#include <fcntl.h>
#include <stdint.h>
#include <unistd.h>

#include "daemon.h"

int
redirect_stdio(void)
{
	/* The cast is what silences -Wint-conversion. */
	int i = open("/dev/null", (int)(intptr_t)"rw");
	int out = dup(i), error = dup(i);

	(void)out;
	(void)error;
	return 0;
}
