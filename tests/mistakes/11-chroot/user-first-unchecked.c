/*
 * user-first-unchecked - the user is changed before chroot, and nobody looks
 * at what chroot says
 *
 * Only root may call chroot: it fails with EPERM, unseen. The daemon serves
 * outside of any jail, as another user than it was told.
 *
 * fails: leaves-the-rest-alone root-is-the-jail cwd-is-inside outer-files-out-of-reach
 * cause: common.ids
 */
#define _DEFAULT_SOURCE /* chroot */

#include <unistd.h>

#include "daemon.h"

int
enter_jail(const char *dir)
{
	int ignored;

	if (setuid(65534) == -1)
		return -1;
	ignored = chdir(dir);
	ignored |= chroot(".");
	ignored |= chdir("/");
	return ignored == 1 ? -1 : 0;
}
