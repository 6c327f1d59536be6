/*
 * home - goes home, as a login shell would
 *
 * HOME is whoever's started it: root's home at boot, an administrator's at a
 * restart by hand, and it may be on the network.
 *
 * fails: works-where-told
 * cause: 06-chdir.elsewhere
 */
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
change_directory(const char *dir)
{
	const char *home = getenv("HOME");

	return chdir(home != NULL ? home : dir);
}
