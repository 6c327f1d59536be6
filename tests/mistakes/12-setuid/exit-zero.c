/*
 * exit-zero - the function ends the process itself with status 0
 *
 * It could not start, so it leaves quietly. Whoever started it believes that
 * all is well.
 *
 * fails: stops-when-a-call-fails unknown-user-is-refused second-root-is-refused heeds-every-failure
 * cause: 12-setuid.exit-zero
 */
#define _GNU_SOURCE /* setresuid, setresgid */

#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
drop_privileges(const char *user)
{
	const struct passwd *entry = getpwnam(user);

	if (entry == NULL || initgroups(user, entry->pw_gid) == -1 ||
	    setgid(entry->pw_gid) == -1 || setuid(entry->pw_uid) == -1 ||
	    setuid(0) == 0)
		exit(EXIT_SUCCESS);
	return 0;
}
