/*
 * config - read the configuration: `name = VALUE` is all it can say
 */
#define _POSIX_C_SOURCE 200809L /* getline */

#include <sys/prctl.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"

enum { NAME_SIZE = 16 }; /* the kernel keeps 15 characters and a NUL */

/*
 * Lines are `name = VALUE`, empty, or start with '#'. Anything else is EINVAL,
 * so that a slip is told instead of being passed over.
 */
static int
parse_line(const char *line, size_t length, char name[NAME_SIZE])
{
	char first, extra = '#';

	if (strlen(line) == length) { /* otherwise there is a NUL in it */
		if (sscanf(line, " %c", &first) != 1 || first == '#')
			return 0;
		if (sscanf(line, " name = %15s %c", name, &extra) >= 1 &&
		    extra == '#')
			return 0;
	}
	errno = EINVAL;
	return -1;
}

static int
parse_config(FILE *file, char name[NAME_SIZE])
{
	char *line = NULL;
	size_t size = 0;
	ssize_t length;
	int result = 0;

	while (result == 0 && (length = getline(&line, &size, file)) != -1)
		result = parse_line(line, (size_t)length, name);
	free(line);
	return ferror(file) ? -1 : result;
}

int
read_config(const char *path)
{
	char name[NAME_SIZE] = "";
	FILE *file = fopen(path, "re");
	int result, saved;

	if (file == NULL)
		return -1;
	result = parse_config(file, name);
	saved = errno;
	fclose(file);
	errno = saved;
	if (result == -1 || name[0] == '\0')
		return result;
	return prctl(PR_SET_NAME, name, 0, 0, 0);
}
