/*
 * chroot-too - changes the root directory as well, to be safe
 *
 * A jail is the business of step 11. Here it comes too early: the pid file
 * and the log of the later steps are out of reach.
 *
 * fails: leaves-the-rest-alone
 * cause: common.root
 */
#define _DEFAULT_SOURCE /* chroot */

#include <unistd.h>

#include "daemon.h"

int
change_directory(const char *dir)
{
	if (chdir(dir) == -1 || chroot(".") == -1)
		return -1;
	return 0;
}
