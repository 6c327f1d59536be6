/*
 * initgroups-only - initgroups is called in the place of setgid
 *
 * The bug of python-daemon and of gunicorn: initgroups is given the group id,
 * so it seems to set it. It sets the supplementary groups; the process stays
 * in root's group.
 *
 * fails: all-gids-are-the-user-s second-root-is-refused
 * cause: 12-setuid.initgroups-only
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

	if (initgroups(user, gid) == -1 || setuid(uid) == -1)
		return -1;
	return 0;
}
