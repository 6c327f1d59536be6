/*
 * unchecked - the right calls in the right order, and no result is looked at
 *
 * They never fail when root tries them. The day they do, for want of a
 * capability or of processes that the user may have, the daemon serves as
 * root.
 *
 * fails: stops-when-a-call-fails second-root-is-refused heeds-every-failure
 * cause: 12-setuid.went-on
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
	int ignored;

	if (entry == NULL) {
		errno = ENOENT;
		return -1;
	}
	uid = entry->pw_uid;
	gid = entry->pw_gid;
	ignored = initgroups(user, gid);
	ignored |= setresgid(gid, gid, gid);
	ignored |= setresuid(uid, uid, uid);
	return ignored > 0 ? -1 : 0;
}
