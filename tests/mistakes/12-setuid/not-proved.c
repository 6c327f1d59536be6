/*
 * not-proved - all calls are right and checked, and nobody looks at what they
 * gave
 *
 * As a careful reader of the manual writes it. The user's id is what the
 * jail's /etc/passwd says: where somebody has written 0 there, each call
 * returns 0, and the daemon serves as root.
 *
 * fails: second-root-is-refused
 * cause: 12-setuid.not-proved
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
	return setresuid(uid, uid, uid);
}
