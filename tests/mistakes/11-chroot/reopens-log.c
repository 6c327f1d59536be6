/*
 * reopens-log - the log is opened again in the jail
 *
 * open_log is called once more, so that the log be the jail's own. openlog
 * closes the connection that there was, and there is no /dev/log for another.
 *
 * fails: makes-no-other-file cwd-is-inside log-still-works
 * cause: common.files
 */
#define _DEFAULT_SOURCE /* chroot */

#include <syslog.h>
#include <unistd.h>

#include "daemon.h"

int
enter_jail(const char *dir)
{
	if (chdir(dir) == -1 || chroot(".") == -1 || chdir("/") == -1)
		return -1;
	closelog();
	return open_log("daemon", "/log/daemon.log");
}
