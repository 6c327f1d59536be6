/*
 * nobody-instead - an unknown user becomes nobody
 *
 * A fallback that seems to be on the safe side. The daemon runs as a user
 * that it was not told, with what other daemons leave lying about for nobody;
 * the contract asks for ENOENT.
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
	const uid_t uid = entry != NULL ? entry->pw_uid : 65534;
	const gid_t gid = entry != NULL ? entry->pw_gid : 65534;

	if (setgroups(0, NULL) == -1 || setresgid(gid, gid, gid) == -1)
		return -1;
	return setresuid(uid, uid, uid);
}
