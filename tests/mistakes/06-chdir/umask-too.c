/*
 * umask-too - does the mask along with the directory, as APUE's daemonize
 * does
 *
 * They often stand side by side. But 0 isn't the mask that was asked for, and
 * step 07 is there to choose it.
 *
 * fails: leaves-the-rest-alone
 * cause: common.mask
 */
#include <sys/stat.h>

#include <unistd.h>

#include "daemon.h"

int
change_directory(const char *dir)
{
	umask(0);
	return chdir(dir);
}
