/*
 * always-root - goes to "/" whatever it is told
 *
 * All the articles write chdir("/"), and it is the default here too. Who
 * gives the daemon a directory of its own doesn't get it.
 *
 * fails: works-where-told
 * cause: 06-chdir.always-root
 */
#include <unistd.h>

#include "daemon.h"

int
change_directory(const char *dir)
{
	(void)dir;
	return chdir("/");
}
