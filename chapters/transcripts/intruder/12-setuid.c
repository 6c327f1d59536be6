/*
 * intruder - who has taken the daemon over stands where step 12 will be
 *
 * He is jailed, and root. For the book: see chapters/en/12-setuid.md.
 */
#define _DEFAULT_SOURCE /* chroot */

#include <sys/stat.h>

#include <unistd.h>

#include "daemon.h"

int
drop_privileges(const char *user)
{
	int i;

	(void)user;
	/* A jail in the jail, not entered: we stand outside the new root. */
	if (mkdir("x", 0700) == -1 || chroot("x") == -1)
		return -1;
	/* So nothing stops "..", up to the top, where it stays. */
	for (i = 0; i < 64; i++)
		if (chdir("..") == -1)
			return -1;
	return chroot(".");
}
