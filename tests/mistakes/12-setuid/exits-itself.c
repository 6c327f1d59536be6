/*
 * exits-itself - perror and exit(-1) in the function, the French article's
 * way
 *
 * Right in a program that still has its terminal. Here standard error is
 * /dev/null since step 05: the daemon ends and nobody learns why.
 *
 * fails: stops-when-a-call-fails unknown-user-is-refused second-root-is-refused heeds-every-failure
 * cause: 12-setuid.silent
 */
#define _GNU_SOURCE /* setresuid, setresgid */

#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
drop_privileges(const char *user)
{
	const struct passwd *entry = getpwnam(user);

	if (entry == NULL) {
		perror("getpwnam");
		exit(-1);
	}
	if (initgroups(user, entry->pw_gid) < 0 || setgid(entry->pw_gid) < 0) {
		perror("setgid");
		exit(-1);
	}
	if (setuid(entry->pw_uid) < 0) {
		perror("setuid");
		exit(-1);
	}
	if (setuid(0) == 0) {
		fputs("setuid: still root\n", stderr);
		exit(-1);
	}
	return 0;
}
