/*
 * map - writes uid_map and gid_map, or has newuidmap(1) write them
 */
#define _GNU_SOURCE
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "box/map.h"

/* Above all that adduser(8) and systemd hand out, below 2^31. */
static const unsigned long root_first = 1900000000UL;

static bool
entry_is_mine(const char *owner)
{
	struct passwd *me = getpwuid(getuid());
	char number[32];

	snprintf(number, sizeof(number), "%u", getuid());
	return strcmp(owner, number) == 0 ||
	    (me != NULL && strcmp(owner, me->pw_name) == 0);
}

bool
map_find(const char *file, struct map_range *range)
{
	struct map_range best = { root_first, MAP_ENOUGH };
	bool found = geteuid() == 0;
	FILE *entries = fopen(file, "re");
	char owner[256];
	unsigned long first, count;

	while (entries != NULL && fscanf(entries, " %255[^:]:%lu:%lu", owner,
	    &first, &count) == 3) {
		if (count < MAP_ENOUGH || !entry_is_mine(owner))
			continue;
		best.first = first;
		found = true;
	}
	if (entries != NULL)
		fclose(entries);
	*range = best;
	return found;
}

bool
map_tools(void)
{
	return geteuid() == 0 || (access("/usr/bin/newuidmap", X_OK) == 0 &&
	    access("/usr/bin/newgidmap", X_OK) == 0);
}

static int
write_file(pid_t process, const char *name, const char *line)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/%s", process, name);
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd == -1)
		return -1;
	ssize_t length = (ssize_t)strlen(line);
	ssize_t written = write(fd, line, (size_t)length);
	int error = errno;
	close(fd);
	errno = error;
	return written == length ? 0 : -1;
}

/* Runs newuidmap or newgidmap, which are set-user-ID root. */
static int
run_helper(const char *path, pid_t process, const struct map_range *range)
{
	char pid[16], first[32], count[32], zero[] = "0", name[64];
	char *arguments[] = { name, pid, zero, first, count, NULL };
	char *environment[] = { NULL };
	pid_t child;
	int status;

	snprintf(name, sizeof(name), "%s", path);
	snprintf(pid, sizeof(pid), "%d", process);
	snprintf(first, sizeof(first), "%lu", range->first);
	snprintf(count, sizeof(count), "%d", MAP_ENOUGH);
	errno = posix_spawn(&child, path, NULL, NULL, arguments, environment);
	if (errno != 0)
		return -1;
	while (waitpid(child, &status, 0) == -1)
		if (errno != EINTR)
			return -1;
	errno = EPERM;
	return status == 0 ? 0 : -1;
}

static int
map_one(pid_t process, const char *file, const char *subfile,
    const char *helper)
{
	struct map_range range;
	char line[64];

	if (!map_find(subfile, &range)) {
		errno = ENOENT;
		return -1;
	}
	if (geteuid() != 0)
		return run_helper(helper, process, &range);
	snprintf(line, sizeof(line), "0 %lu %d", range.first, MAP_ENOUGH);
	return write_file(process, file, line);
}

int
map_ids(pid_t process, bool range)
{
	char line[64];

	if (range) {
		if (map_one(process, "uid_map", "/etc/subuid",
		    "/usr/bin/newuidmap") == -1)
			return -1;
		return map_one(process, "gid_map", "/etc/subgid",
		    "/usr/bin/newgidmap");
	}
	/* user_namespaces(7): without privilege, setgroups goes first. */
	if (write_file(process, "setgroups", "deny") == -1)
		return -1;
	snprintf(line, sizeof(line), "0 %u 1", geteuid());
	if (write_file(process, "uid_map", line) == -1)
		return -1;
	snprintf(line, sizeof(line), "0 %u 1", getegid());
	return write_file(process, "gid_map", line);
}
