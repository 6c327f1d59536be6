/*
 * 12-setuid - give root up, for good
 *
 * What: take the user's groups, group id and user id, in this order; then
 *   prove that there is no way back.
 * Why: a fault in a daemon that is root is a fault in the whole machine, and
 *   root leaves any jail. The order matters: without root neither the group
 *   nor the groups can be changed, so the user id goes last.
 * Observe: build/solutions/12-setuid --user nobody --regain-root   (as root)
 *   grep -E '^(Uid|Gid|Groups|Cap)' /proc/PID/status
 *   strace -f -e trace=%creds build/solutions/12-setuid
 * See: getpwnam(3), initgroups(3), setresgid(2), setresuid(2),
 *   credentials(7), capabilities(7); chapters/en/12-setuid.md
 */
#define _GNU_SOURCE /* setresuid, setresgid, getgrouplist */

#include <errno.h>
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <unistd.h>

#include "daemon.h"

static int
contains(const gid_t *groups, int count, gid_t group)
{
	int i;

	for (i = 0; i < count; i++)
		if (groups[i] == group)
			return 1;
	return 0;
}

/* No group is left that isn't the user's. */
static int
prove_groups(const char *user, gid_t gid)
{
	/* Not on the stack: half a megabyte. */
	static gid_t held[NGROUPS_MAX], wanted[NGROUPS_MAX];
	int i, nheld, nwanted = NGROUPS_MAX;

	nheld = getgroups(NGROUPS_MAX, held);
	if (nheld == -1 || getgrouplist(user, gid, wanted, &nwanted) == -1)
		return -1;
	for (i = 0; i < nheld; i++) {
		if (!contains(wanted, nwanted, held[i])) {
			errno = EPERM;
			return -1;
		}
	}
	return 0;
}

/* All the ids are the user's, and root isn't to be had again. */
static int
prove_ids(uid_t uid, gid_t gid)
{
	uid_t ruid, euid, suid;
	gid_t rgid, egid, sgid;

	if (getresuid(&ruid, &euid, &suid) == -1 ||
	    getresgid(&rgid, &egid, &sgid) == -1)
		return -1;
	if (ruid == uid && euid == uid && suid == uid &&
	    rgid == gid && egid == gid && sgid == gid &&
	    setuid(0) == -1 && setresuid(0, 0, 0) == -1)
		return 0;
	errno = EPERM;
	return -1;
}

int
drop_privileges(const char *user)
{
	const struct passwd *entry;
	uid_t uid;
	gid_t gid;

	errno = 0;
	entry = getpwnam(user);
	if (entry == NULL) {
		if (errno == 0) /* no error: there is no such user */
			errno = ENOENT;
		return -1;
	}
	uid = entry->pw_uid;
	gid = entry->pw_gid;

	/*
	 * Success isn't taken at its word: what it gave is looked at; the
	 * groups at once, while we may surely read /etc/group.
	 */
	if (initgroups(user, gid) == -1 || prove_groups(user, gid) == -1)
		return -1;
	if (setresgid(gid, gid, gid) == -1 || setresuid(uid, uid, uid) == -1)
		return -1;
	return prove_ids(uid, gid);
}
