/*
 * groups-of-root - the groups of root are taken in the place of the user's
 *
 * initgroups is given the name of the user that one is, as the groups of that
 * user seem to be meant. The daemon gets all of root's.
 *
 * fails: groups-are-the-user-s second-root-is-refused
 * cause: 12-setuid.other-groups
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
	gid_t gid;

	if (entry == NULL) {
		errno = ENOENT;
		return -1;
	}
	uid = entry->pw_uid;
	gid = entry->pw_gid;

	if (initgroups("root", gid) == -1 || setresgid(gid, gid, gid) == -1)
		return -1;
	return setresuid(uid, uid, uid);
}
