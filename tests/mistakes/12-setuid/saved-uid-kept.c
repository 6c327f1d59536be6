/*
 * saved-uid-kept - the saved user id stays 0
 *
 * setresuid with -1 as its third argument leaves that id as it is. Real and
 * effective look right in ps; setuid(0) is granted.
 *
 * fails: all-uids-are-the-user-s groups-are-the-user-s no-capability-is-left root-is-gone-for-good second-root-is-refused
 * cause: 12-setuid.seteuid-only
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

	if (initgroups(user, gid) == -1 || setresgid(gid, gid, gid) == -1)
		return -1;
	return setresuid(uid, uid, (uid_t)-1);
}
