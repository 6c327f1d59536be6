/*
 * null-user - nobody looks whether getpwnam has found the user
 *
 * The name is in the configuration, so it must be right. With a wrong one
 * getpwnam returns NULL, and the daemon dies by a signal that says nothing.
 *
 * fails: unknown-user-is-refused second-root-is-refused heeds-every-failure
 * cause: 12-setuid.null-user
 */
#define _GNU_SOURCE /* setresuid, setresgid */

#include <grp.h>
#include <pwd.h>
#include <unistd.h>

#include "daemon.h"

int
drop_privileges(const char *user)
{
	const struct passwd *entry = getpwnam(user);
	const uid_t uid = entry->pw_uid;
	const gid_t gid = entry->pw_gid;

	if (initgroups(user, gid) == -1 || setresgid(gid, gid, gid) == -1)
		return -1;
	return setresuid(uid, uid, uid);
}
