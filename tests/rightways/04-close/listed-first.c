/*
 * listed-first - notes the whole list first, and closes it when the listing
 * is closed
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
close_descriptors(int lowest)
{
	int fds[1024], count = 0, i;
	DIR *dir;
	const struct dirent *entry;

	if (lowest < 0) {
		errno = EINVAL;
		return -1;
	}
	dir = opendir("/dev/fd");
	if (dir == NULL)
		return -1;
	while (count < 1024 && (entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.')
			fds[count++] = (int)strtol(entry->d_name, NULL, 10);
	closedir(dir);
	for (i = 0; i < count; i++)
		if (fds[i] >= lowest)
			close(fds[i]);
	return 0;
}
