/*
 * classic - setgroups(0, NULL), setgid, setuid
 *
 * An empty list is right too; as root, setgid and setuid change all the ids.
 */
#define _GNU_SOURCE /* setresuid, setresgid */

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <unistd.h>

#include "daemon.h"

int
drop_privileges(const char *user)
{
	const struct passwd *entry = getpwnam(user);

	if (entry == NULL) {
		errno = ENOENT;
		return -1;
	}
	if (setgroups(0, NULL) == -1 || setgid(entry->pw_gid) == -1 ||
	    setuid(entry->pw_uid) == -1)
		return -1;
	if (setuid(0) == 0) {
		errno = EPERM;
		return -1;
	}
	return 0;
}
