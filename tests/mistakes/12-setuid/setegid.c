/*
 * setegid - only the effective group id is changed
 *
 * As seteuid for the group. The real and the saved group id stay 0, and
 * setgid(0) is granted to anybody who takes the daemon over.
 *
 * fails: all-gids-are-the-user-s second-root-is-refused
 * cause: 12-setuid.setegid-only
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

	if (initgroups(user, gid) == -1 || setegid(gid) == -1)
		return -1;
	return setresuid(uid, uid, uid);
}
