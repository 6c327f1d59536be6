/*
 * real-and-effective - setregid, initgroups, setreuid: the group id before
 * the groups
 *
 * When the real id is set, the saved one follows the effective one.
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

	if (setregid(gid, gid) == -1 || initgroups(user, gid) == -1 ||
	    setreuid(uid, uid) == -1)
		return -1;
	if (getuid() == 0 || geteuid() == 0) {
		errno = EPERM;
		return -1;
	}
	return 0;
}
