/*
 * tmp - the French article's example: goes to /tmp
 *
 * It is always there and always writable, and so it is for everybody: what
 * the daemon reads or writes by a relative name, anybody may have put there.
 *
 * fails: works-where-told
 * cause: 06-chdir.tmp
 */
#include <unistd.h>

#include "daemon.h"

int
change_directory(const char *dir)
{
	(void)dir;
	return chdir("/tmp");
}
