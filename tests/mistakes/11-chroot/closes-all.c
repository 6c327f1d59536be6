/*
 * closes-all - every descriptor is closed, as each of them might lead out
 *
 * Only directories lead out. The log, the connection to syslog and the lock
 * of the pid file were opened on purpose: the daemon has fallen silent, and a
 * second one may start.
 *
 * fails: log-still-works heeds-every-failure
 * cause: 11-chroot.log-lost
 */
#define _GNU_SOURCE /* closefrom */

#include <unistd.h>

#include "daemon.h"

int
enter_jail(const char *dir)
{
	if (chdir(dir) == -1 || chroot(".") == -1)
		return -1;
	closefrom(3);
	return chdir("/");
}
