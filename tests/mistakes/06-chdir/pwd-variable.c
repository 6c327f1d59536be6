/*
 * pwd-variable - the slides say that the working directory is an environment
 * variable: sets PWD
 *
 * The kernel keeps the directory for each process; PWD is a note that shells
 * make of it. Setting it moves nobody.
 *
 * fails: works-where-told start-can-be-unmounted
 * cause: 06-chdir.not-called
 */
#define _POSIX_C_SOURCE 200809L /* setenv */

#include <stdlib.h>

#include "daemon.h"

int
change_directory(const char *dir)
{
	return setenv("PWD", dir, 1);
}
