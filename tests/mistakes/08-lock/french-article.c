/*
 * french-article - the French article's whole listing: lockf, sprintf, write
 *
 * No newline, no ftruncate (a longer stale number stays behind the new one),
 * no O_NOFOLLOW, no O_CLOEXEC, and a refusal that doesn't say whose the lock
 * is. That lockf comes after the fork is right.
 *
 * fails: holds-the-pid refusal-names-the-owner starts-after-a-kill link-is-refused closed-on-exec
 * cause: 08-lock.no-newline
 */
#define _DEFAULT_SOURCE /* lockf */

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "daemon.h"

int
lock_pid_file(const char *path, pid_t *owner)
{
	char chaine[32];
	ssize_t written;
	int fic;

	*owner = -1;
	fic = open(path, O_RDWR | O_CREAT, 0640);
	if (fic < 0)
		return -1;
	if (lockf(fic, F_TLOCK, 0) < 0)
		return -1;
	sprintf(chaine, "%d", getpid());
	written = write(fic, chaine, strlen(chaine));
	(void)written;
	return fic;
}
