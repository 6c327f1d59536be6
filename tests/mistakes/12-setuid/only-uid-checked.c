/*
 * only-uid-checked - only the last call is looked at
 *
 * If setuid has worked, the others must have. Without CAP_SETGID they fail
 * and it works: the right user in the group of root.
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
	(void)ignored;
	return setresuid(uid, uid, uid);
}
