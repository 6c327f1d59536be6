/*
 * above - goes to the directory above the one it was given
 *
 * It was thought to be the name of a file, as a pid file or a configuration
 * is, whose folder was wanted.
 *
 * fails: works-where-told
 * cause: 06-chdir.elsewhere
 */
#include <unistd.h>

#include "daemon.h"

int
change_directory(const char *dir)
{
	if (chdir(dir) == -1)
		return -1;
	return chdir("..");
}
