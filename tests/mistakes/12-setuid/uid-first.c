/*
 * uid-first - the user id goes first, and no result is looked at
 *
 * The French article's order with the right user. Whoever is not root any
 * more can change neither the group nor the groups.
 *
 * fails: all-gids-are-the-user-s groups-are-the-user-s uid-goes-last stops-when-a-call-fails second-root-is-refused
 * cause: 12-setuid.uid-first
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
	int ignored;

	if (entry == NULL) {
		errno = ENOENT;
		return -1;
	}
	ignored = setuid(entry->pw_uid);
	ignored |= setgid(entry->pw_gid);
	ignored |= initgroups(user, entry->pw_gid);
	return ignored > 0 ? -1 : 0;
}
