/*
 * seteuid-proved - only the effective user id is changed, and setuid(0) is
 * tried
 *
 * The proof that the contract asks for works: root is still to be had, and
 * the function says so. No call has failed, then, and what is wrong stands
 * one line above the proof.
 *
 * fails: starts-and-serves leaves-one-process leaves-the-rest-alone same-traced-and-untraced all-uids-are-the-user-s all-gids-are-the-user-s groups-are-the-user-s uid-goes-last no-capability-is-left root-is-gone-for-good stops-when-a-call-fails unknown-user-is-refused second-root-is-refused
 * cause: 12-setuid.root-at-hand
 */
#define _GNU_SOURCE /* setresgid */

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
	if (seteuid(uid) == -1)
		return -1;
	/* Root must be gone. */
	if (setuid(0) == 0) {
		errno = EPERM;
		return -1;
	}
	return 0;
}
