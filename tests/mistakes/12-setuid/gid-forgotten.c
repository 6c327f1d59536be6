/*
 * gid-forgotten - the group id is not changed
 *
 * The groups are emptied and the user is changed, so nothing seems to be
 * left. Files made from now on are of the group root, and those of that group
 * can be reached.
 *
 * fails: all-gids-are-the-user-s second-root-is-refused
 * cause: 12-setuid.gid-kept
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

	if (setgroups(0, NULL) == -1 || setresuid(uid, uid, uid) == -1)
		return -1;
	return 0;
}
