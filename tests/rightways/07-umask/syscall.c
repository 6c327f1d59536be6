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
set_file_mask(mode_t mask)
{
	(void)syscall(SYS_umask, mask);
	return 0;
}
