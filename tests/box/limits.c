/*
 * limits - the pids and memory controllers, in either version's hierarchy
 */
#define _GNU_SOURCE
#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "box/limits.h"
#include "language.h"

/* Where a controller may be mounted, and what its limit is called. */
static const struct controller {
	const char *folder, *file, *value;
} controllers[] = {
	{ "/sys/fs/cgroup/pids", "pids.max", "512" },
	{ "/sys/fs/cgroup/memory", "memory.limit_in_bytes", "536870912" },
	{ "/sys/fs/cgroup", "pids.max", "512" },
	{ "/sys/fs/cgroup", "memory.max", "536870912" },
};

enum { CONTROLLERS = sizeof(controllers) / sizeof(*controllers) };

static int
write_value(const char *folder, const char *file, const char *value)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", folder, file);
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd == -1)
		return -1;
	ssize_t length = (ssize_t)strlen(value);
	ssize_t written = write(fd, value, (size_t)length);
	close(fd);
	return written == length ? 0 : -1;
}

static void
group_path(const struct controller *controller, pid_t process, char *path,
    size_t room)
{
	snprintf(path, room, "%s/daemon-lab-%d", controller->folder, process);
}

/* A machine that lost its power, or a killed launcher, left some. */
static void
sweep(const struct controller *controller)
{
	char path[256];
	struct dirent *entry;
	DIR *folder = opendir(controller->folder);
	int pid;

	while (folder != NULL && (entry = readdir(folder)) != NULL) {
		if (sscanf(entry->d_name, "daemon-lab-%d", &pid) != 1 ||
		    kill(pid, 0) == 0 || errno != ESRCH)
			continue;
		snprintf(path, sizeof(path), "%s/daemon-lab-%d",
		    controller->folder, pid);
		rmdir(path);
	}
	if (folder != NULL)
		closedir(folder);
}

/* One controller's group; false where it gives no such limit. */
static bool
limit_one(const struct controller *controller, pid_t process)
{
	char path[128], pid[16];

	group_path(controller, process, path, sizeof(path));
	snprintf(pid, sizeof(pid), "%d", process);
	if (mkdir(path, 0755) == -1 && errno != EEXIST)
		return false;
	if (write_value(path, controller->file, controller->value) == 0 &&
	    write_value(path, "cgroup.procs", pid) == 0)
		return true;
	rmdir(path);
	return false;
}

int
limits_set(pid_t process)
{
	int count = 0;

	for (size_t i = 0; i < CONTROLLERS; i++) {
		sweep(&controllers[i]);
		count += limit_one(&controllers[i], process);
	}
	return count;
}

void
limits_remove(pid_t process)
{
	char path[128];

	for (size_t i = 0; i < CONTROLLERS; i++) {
		group_path(&controllers[i], process, path, sizeof(path));
		rmdir(path);
	}
}

static bool
can_have(const struct controller *controller)
{
	char path[128];
	char file[256];

	snprintf(path, sizeof(path), "%s/daemon-lab-probe-%d",
	    controller->folder, getpid());
	if (mkdir(path, 0755) == -1)
		return false;
	snprintf(file, sizeof(file), "%s/%s", path, controller->file);
	bool there = access(file, W_OK) == 0;
	rmdir(path);
	return there;
}

const char *
limits_word(void)
{
	bool pids = can_have(&controllers[0]) || can_have(&controllers[2]);
	bool memory = can_have(&controllers[1]) || can_have(&controllers[3]);

	if (pids && memory)
		return _("processes and memory");
	if (pids)
		return _("processes only");
	if (memory)
		return _("memory only");
	return _("none here: the limits of each process (setrlimit) serve");
}
