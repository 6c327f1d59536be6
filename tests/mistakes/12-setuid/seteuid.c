/*
 * seteuid - only the effective user id is changed
 *
 * seteuid is what programs use that need root again later, and this is just
 * what an intruder does. The real and the saved id are still 0: setuid(0) is
 * granted.
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
	return seteuid(uid);
}
