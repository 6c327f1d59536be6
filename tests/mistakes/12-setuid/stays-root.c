/*
 * stays-root - an unknown user is passed over
 *
 * No such user, nothing to do: the daemon goes on as root, and nobody is
 * told.
 *
 * fails: unknown-user-is-refused second-root-is-refused heeds-every-failure
 * cause: 12-setuid.went-on
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
	uid_t uid;
	gid_t gid;

	if (entry == NULL)
		return 0;
	uid = entry->pw_uid;
	gid = entry->pw_gid;

	if (initgroups(user, gid) == -1 || setresgid(gid, gid, gid) == -1)
		return -1;
	return setresuid(uid, uid, uid);
}
