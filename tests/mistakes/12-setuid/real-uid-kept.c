/*
 * real-uid-kept - the real user id stays 0, as in atd
 *
 * What the process may do is told by the effective id, and ps shows that one.
 * The real one is enough for setuid(0).
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
	return setresuid((uid_t)-1, uid, uid);
}
