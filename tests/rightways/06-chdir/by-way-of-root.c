/*
 * by-way-of-root - goes to "/" first, then where it was told
 *
 * Even if the second call fails, the start directory is free; the failure is
 * told all the same.
 */
#include <unistd.h>

#include "daemon.h"

int
change_directory(const char *dir)
{
	if (chdir("/") == -1)
		return -1;
	return chdir(dir);
}
