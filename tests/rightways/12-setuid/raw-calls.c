/*
 * raw-calls - the calls are made by syscall(2)
 *
 * The process has one thread, so the C library has nothing to add. A user who
 * is root is refused before anything is changed.
 */
#define _GNU_SOURCE /* setresuid, setresgid */

#include <sys/syscall.h>

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
	if (uid == 0) {
		errno = EPERM;
		return -1;
	}

	if (syscall(SYS_setgroups, 1, &gid) == -1 ||
	    syscall(SYS_setresgid, gid, gid, gid) == -1)
		return -1;
	return (int)syscall(SYS_setresuid, uid, uid, uid);
}
