/*
 * uid-as-gid - the user id is taken for the group id
 *
 * On many a machine each user has a group of the same number, so it works
 * there.
 *
 * fails: all-gids-are-the-user-s groups-are-the-user-s second-root-is-refused
 * cause: 12-setuid.other-group
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
	uid_t uid;

	if (entry == NULL) {
		errno = ENOENT;
		return -1;
	}
	uid = entry->pw_uid;

	if (initgroups(user, uid) == -1 || setresgid(uid, uid, uid) == -1)
		return -1;
	return setresuid(uid, uid, uid);
}
