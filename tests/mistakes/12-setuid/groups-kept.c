/*
 * groups-kept - the supplementary groups are forgotten
 *
 * setgid and setuid, in the right order and checked, as in both articles that
 * come to it. The groups of whoever started the daemon are kept: adm may read
 * every log.
 *
 * fails: groups-are-the-user-s second-root-is-refused
 * cause: 12-setuid.groups-kept
 */
#define _GNU_SOURCE /* setresuid, setresgid */

#include <errno.h>
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

	if (setgid(gid) == -1 || setuid(uid) == -1)
		return -1;
	return 0;
}
