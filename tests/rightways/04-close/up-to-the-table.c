/*
 * up-to-the-table - a loop to FDSize, the size of the kernel's table
 *
 * The table is never smaller than the highest number that is open, whatever
 * the limit is. It costs thousands of calls, which is advice and no failure.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "daemon.h"

int
close_descriptors(int lowest)
{
	FILE *status;
	char line[256];
	int fd, end = -1;

	if (lowest < 0) {
		errno = EINVAL;
		return -1;
	}
	status = fopen("/proc/self/status", "r");
	if (status == NULL)
		return -1;
	while (end == -1 && fgets(line, sizeof line, status) != NULL)
		if (strncmp(line, "FDSize:", 7) == 0)
			end = atoi(line + 7);
	fclose(status);
	for (fd = lowest; fd < end; fd++)
		close(fd);
	return end == -1 ? -1 : 0;
}
