/*
 * part-by-part - enters one part of the name after the other
 *
 * So a name longer than PATH_MAX can be entered too; strtok_r works on a
 * copy.
 */
#define _POSIX_C_SOURCE 200809L /* strdup, strtok_r */

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "daemon.h"

int
change_directory(const char *dir)
{
	char *copy = strdup(dir), *part, *rest = NULL;
	int result = copy == NULL ? -1 : 0;

	if (result == 0 && dir[0] == '/')
		result = chdir("/");
	if (result == 0)
		for (part = strtok_r(copy, "/", &rest); part != NULL &&
		    result == 0; part = strtok_r(NULL, "/", &rest))
			result = chdir(part);
	free(copy);
	return result;
}
