/*
 * user-first - the user is changed before chroot, in the order of the article
 * "anatomy of a daemon"
 *
 * It lists setgid, setuid and then chroot. Only root may call chroot: it
 * fails with EPERM, and no daemon comes to be.
 *
 * fails: starts-and-serves leaves-one-process leaves-the-rest-alone same-traced-and-untraced root-is-the-jail cwd-is-inside no-directory-left-open outer-files-out-of-reach log-still-works
 * cause: 11-chroot.refused
 */
#define _DEFAULT_SOURCE /* chroot */

#include <unistd.h>

#include "daemon.h"

int
enter_jail(const char *dir)
{
	if (setgid(65534) == -1 || setuid(65534) == -1)
		return -1;
	if (chdir(dir) == -1 || chroot(".") == -1)
		return -1;
	return chdir("/");
}
