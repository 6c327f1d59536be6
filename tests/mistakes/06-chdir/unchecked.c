/*
 * unchecked - gives chdir a name that isn't there, and doesn't read its
 * result
 *
 * The leading slash is stripped as if all names began at the root. chdir
 * fails with ENOENT, nobody notices, and the daemon stays where it was
 * started.
 *
 * fails: works-where-told start-can-be-unmounted
 * cause: 06-chdir.unchecked
 */
#include <unistd.h>

#include "daemon.h"

int
change_directory(const char *dir)
{
	int ignored = chdir(dir + 1);

	(void)ignored;
	return 0;
}
