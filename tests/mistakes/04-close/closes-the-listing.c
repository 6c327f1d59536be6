/*
 * closes-the-listing - closes the directory that it is reading, then calls
 * closedir()
 *
 * The listing names its own descriptor as well. It is closed like the rest,
 * closedir() finds it gone, and says EBADF: no daemon.
 *
 * fails: starts-and-serves leaves-one-process leaves-the-rest-alone same-traced-and-untraced closes-from-lowest-on closes-above-a-lowered-limit leaves-those-below pipe-meets-its-end refuses-a-negative-lowest
 * cause: 04-close.said-no
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
close_descriptors(int lowest)
{
	DIR *dir;
	const struct dirent *entry;

	if (lowest < 0) {
		errno = EINVAL;
		return -1;
	}
	dir = opendir("/proc/self/fd");
	if (dir == NULL)
		return -1;
	while ((entry = readdir(dir)) != NULL) {
		int fd = atoi(entry->d_name);

		if (entry->d_name[0] != '.' && fd >= lowest)
			close(fd);
	}
	return closedir(dir);
}
