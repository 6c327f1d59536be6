/*
 * keeps-a-capability - CAP_NET_BIND_SERVICE is kept, for a port below 1024
 *
 * As ntpsec keeps three. What a daemon may open later an intruder may too:
 * bind first, give up all then.
 *
 * fails: no-capability-is-left second-root-is-refused
 * cause: 12-setuid.capabilities
 */
#define _GNU_SOURCE /* setresuid, setresgid */

#include <sys/prctl.h>
#include <sys/syscall.h>

#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <pwd.h>
#include <unistd.h>

#include "daemon.h"

int
drop_privileges(const char *user)
{
	const struct passwd *entry = getpwnam(user);
	uid_t uid;
	gid_t gid;
	struct __user_cap_header_struct head = {_LINUX_CAPABILITY_VERSION_3, 0};
	struct __user_cap_data_struct data[2] = {{0, 0, 0}, {0, 0, 0}};

	if (entry == NULL) {
		errno = ENOENT;
		return -1;
	}
	uid = entry->pw_uid;
	gid = entry->pw_gid;

	if (prctl(PR_SET_KEEPCAPS, 1) == -1 || initgroups(user, gid) == -1 ||
	    setresgid(gid, gid, gid) == -1 || setresuid(uid, uid, uid) == -1)
		return -1;
	data[0].effective = data[0].permitted = 1U << CAP_NET_BIND_SERVICE;
	return (int)syscall(SYS_capset, &head, data);
}
