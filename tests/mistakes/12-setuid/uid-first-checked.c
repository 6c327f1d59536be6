/*
 * uid-first-checked - the user id goes first, and every result is looked at
 *
 * The second call fails with EPERM, the step says so, and no daemon comes to
 * be.
 *
 * fails: starts-and-serves leaves-one-process leaves-the-rest-alone same-traced-and-untraced all-uids-are-the-user-s all-gids-are-the-user-s groups-are-the-user-s uid-goes-last no-capability-is-left root-is-gone-for-good stops-when-a-call-fails unknown-user-is-refused second-root-is-refused
 * cause: 12-setuid.uid-first
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

	if (setuid(uid) == -1 || setgid(gid) == -1 ||
	    initgroups(user, gid) == -1)
		return -1;
	return 0;
}
