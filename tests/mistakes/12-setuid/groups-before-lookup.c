/*
 * groups-before-lookup - the groups are given up before the user is looked up
 *
 * Whatever the user is, the groups must go, so why not at once. For a user
 * that is not there the contract says that nothing is changed.
 *
 * fails: unknown-user-is-refused second-root-is-refused
 * cause: 12-setuid.changed-before-lookup
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
	const struct passwd *entry;

	if (setgroups(0, NULL) == -1)
		return -1;
	entry = getpwnam(user);
	if (entry == NULL) {
		errno = ENOENT;
		return -1;
	}
	if (setgid(entry->pw_gid) == -1)
		return -1;
	return setuid(entry->pw_uid);
}
