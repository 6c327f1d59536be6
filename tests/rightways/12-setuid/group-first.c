/*
 * group-first - setgid, setgroups with the user's own group, setuid, and the
 * way back is tried
 *
 * A list of one group is a subset of the user's.
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

	if (setgid(gid) == -1 || setgroups(1, &gid) == -1 || setuid(uid) == -1)
		return -1;
	if (setuid(0) == -1 && setgid(0) == -1 && seteuid(0) == -1)
		return 0;
	errno = EPERM;
	return -1;
}
