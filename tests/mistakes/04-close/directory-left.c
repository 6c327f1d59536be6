/*
 * directory-left - lists /proc/self/fd and leaves the listing open
 *
 * It spares the descriptor that it reads from, and forgets closedir(): one
 * is left, its own.
 *
 * fails: closes-from-lowest-on
 * cause: 04-close.directory-left
 */
#define _POSIX_C_SOURCE 200809L /* dirfd */

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

		if (entry->d_name[0] != '.' && fd >= lowest &&
		    fd != dirfd(dir))
			close(fd);
	}
	return 0;
}
