/*
 * directory-too - chdir("/") right behind setsid(), as the third article has
 * it one line below
 *
 * The lines that stand together in an article end up in one function. The
 * directory is 06's: until then it is that of the start.
 *
 * fails: leaves-the-rest-alone
 * cause: common.directory
 */
#include <unistd.h>

#include "daemon.h"

int
start_session(void)
{
	if (setsid() == -1)
		return -1;
	return chdir("/");
}
