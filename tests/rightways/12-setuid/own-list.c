/*
 * own-list - getpwnam_r and getgrouplist, then setgroups with that list
 *
 * Two helper functions, and one way out for all of them by goto.
 */
#define _GNU_SOURCE /* setresuid, setresgid */

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <unistd.h>

#include "daemon.h"

static int
become_group(gid_t gid)
{
	return setresgid(gid, gid, gid);
}

static int
become_user(uid_t uid)
{
	return setresuid(uid, uid, uid);
}

int
drop_privileges(const char *user)
{
	struct passwd entry, *found = NULL;
	char buffer[4096];
	gid_t groups[64];
	int error, count = 64, result = -1;

	error = getpwnam_r(user, &entry, buffer, sizeof buffer, &found);
	if (found == NULL) {
		errno = error != 0 ? error : ENOENT;
		return -1;
	}
	if (getgrouplist(user, entry.pw_gid, groups, &count) == -1) {
		errno = E2BIG;
		goto done;
	}
	if (setgroups((size_t)count, groups) == -1 ||
	    become_group(entry.pw_gid) == -1)
		goto done;
	if (become_user(entry.pw_uid) == -1)
		goto done;
	if (setuid(0) == -1)
		result = 0;
	else
		errno = EPERM;
done:
	return result;
}
