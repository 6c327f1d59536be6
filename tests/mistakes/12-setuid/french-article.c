/*
 * french-article - setuid(1000), then setgid(100), as in the French article
 *
 * Numbers of its own, in the wrong order, and nobody looks at what they say.
 * setgid fails with EPERM: a user that nobody named, the group of root, and
 * the groups of whoever started it.
 *
 * fails: all-uids-are-the-user-s all-gids-are-the-user-s groups-are-the-user-s uid-goes-last stops-when-a-call-fails unknown-user-is-refused second-root-is-refused
 * cause: 12-setuid.other-user
 */
#define _GNU_SOURCE /* setresuid, setresgid */

#include <unistd.h>

#include "daemon.h"

int
drop_privileges(const char *user)
{
	int ignored;

	(void)user;
	ignored = setuid(1000); /* restricted rights */
	ignored |= setgid(100);
	return ignored > 0 ? -1 : 0;
}
