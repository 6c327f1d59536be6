/*
 * closelog - closelog is called before the jail is entered
 *
 * To leave nothing open behind. syslog connects anew at the next message, and
 * in the jail there is no /dev/log. Where the last chdir fails, nobody hears
 * of it either.
 *
 * fails: log-still-works heeds-every-failure
 * cause: 11-chroot.log-closed
 */
#define _DEFAULT_SOURCE /* chroot */

#include <syslog.h>
#include <unistd.h>

#include "daemon.h"

int
enter_jail(const char *dir)
{
	closelog();
	if (chdir(dir) == -1 || chroot(".") == -1)
		return -1;
	return chdir("/");
}
