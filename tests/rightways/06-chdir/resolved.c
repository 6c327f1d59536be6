/*
 * resolved - resolves the name, enters, tells the shells that it starts, and
 * looks where it is
 *
 * PWD is a note for shells, so setting it as well is harmless; getcwd proves
 * the move.
 */
#define _XOPEN_SOURCE 700 /* realpath, setenv */

#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
change_directory(const char *dir)
{
	char *whole = realpath(dir, NULL), *there = NULL;
	int result = -1;

	if (whole != NULL && chdir(whole) == 0 &&
	    (there = getcwd(NULL, 0)) != NULL)
		result = setenv("PWD", there, 1);
	free(there);
	free(whole);
	return result;
}
