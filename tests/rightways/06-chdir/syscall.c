/*
 * syscall - the raw system call
 *
 * The effect decides, not the name of the function.
 */
#define _DEFAULT_SOURCE /* syscall */

#include <sys/syscall.h>

#include <unistd.h>

#include "daemon.h"

int
change_directory(const char *dir)
{
	return (int)syscall(SYS_chdir, dir);
}
