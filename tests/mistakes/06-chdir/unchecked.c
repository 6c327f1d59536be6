/*
 * unchecked - chdir, whatever comes of it
 *
 * The directory is renamed one day, and the daemon writes its relative files
 * to wherever it was started.
 *
 * fails: heeds-every-failure
 * cause: faults.ignored
 */
#include <unistd.h>

#include "daemon.h"

int
change_directory(const char *dir)
{
	if (chdir(dir) == -1)
		return 0; /* "/" will do as well, it was thought */
	return 0;
}
