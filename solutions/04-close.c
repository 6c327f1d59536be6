/*
 * 04-close - keep no descriptor by accident
 *
 * What: close every descriptor from `lowest` on.
 * Why: what the starter left open, the daemon would hold for months: a pipe
 *   whose reader waits for end-of-file (ssh never returns), a deleted log
 *   whose 10 GB stay on the disk, a file system that can't be unmounted.
 * Observe: build/solutions/04-close 8</etc/passwd 9</etc/group
 *   ls -l /proc/$(pgrep -x 04-close)/fd
 *   strace -f -e trace=close,close_range build/solutions/04-close
 * See: close_range(2), proc(5), getrlimit(2); chapters/en/04-close.md
 */
#define _GNU_SOURCE /* close_range */

#include <sys/resource.h>

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

/*
 * Without /proc all that is left is to try each number: up to the hard limit,
 * as descriptors opened before the soft one was lowered are above that. This
 * can take minutes, and misses those above a hard limit that was lowered.
 */
static int
close_each(int lowest)
{
	struct rlimit limit;
	int fd, end;

	if (getrlimit(RLIMIT_NOFILE, &limit) == -1)
		return -1;
	end = limit.rlim_max < INT_MAX ? (int)limit.rlim_max : INT_MAX;
	for (fd = lowest; fd < end; fd++)
		close(fd); /* EBADF: most of them aren't open */
	return 0;
}

/* Linux lists /proc/self/fd by number: closing doesn't disturb reading. */
static int
close_listed(int lowest)
{
	DIR *dir = opendir("/proc/self/fd");
	const struct dirent *entry;
	int saved;

	if (dir == NULL)
		return close_each(lowest);
	while (errno = 0, (entry = readdir(dir)) != NULL) {
		char *end;
		long fd = strtol(entry->d_name, &end, 10);

		if (end == entry->d_name) /* "." and ".." */
			continue;
		if (fd >= lowest && fd != dirfd(dir))
			close((int)fd);
	}
	saved = errno;
	closedir(dir);
	errno = saved;
	return saved == 0 ? 0 : -1;
}

int
close_descriptors(int lowest)
{
	if (lowest < 0) {
		errno = EINVAL;
		return -1;
	}
	if (close_range((unsigned int)lowest, UINT_MAX, 0) == 0)
		return 0;
	/* ENOSYS: a Linux older than 5.9. */
	return errno == ENOSYS ? close_listed(lowest) : -1;
}
