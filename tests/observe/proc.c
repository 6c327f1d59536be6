/*
 * proc - /proc/PID/{stat,status,cwd,root,exe,fd,fdinfo} and /proc/locks
 */
#define _GNU_SOURCE
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "observe/proc.h"
#include "observe/procfile.h"

enum {
	MOST_PROCESSES = 4096,	/* a box's pids limit is far below */
	MOST_CONTENT = 512 * 1024,
	DEEPEST = 256		/* how far a directory is climbed */
};

/* A whole small file of /proc, or NULL with errno; to be freed. */
static char *
slurp(int folder, const char *name)
{
	size_t room = 4096, length = 0;
	int fd = openat(folder, name, O_RDONLY | O_CLOEXEC);

	if (fd == -1)
		return NULL;
	char *all = malloc(room);
	while (all != NULL) {
		ssize_t got = read(fd, all + length, room - length - 1);
		if (got == -1) {
			free(all);
			all = NULL;
		}
		if (got <= 0)
			break;
		length += (size_t)got;
		if (length + 1 < room)
			continue;
		char *more = realloc(all, room *= 2);
		if (more == NULL)
			free(all);
		all = more;
	}
	close(fd);
	if (all != NULL)
		all[length] = '\0';
	return all;
}

static int
open_process(int host)
{
	char path[32];

	snprintf(path, sizeof(path), "/proc/%d", host);
	return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

int
proc_box_pid(int host)
{
	int folder = open_process(host);

	if (folder == -1)
		return 0;
	char *status = slurp(folder, "status");
	int pid = status == NULL ? 0 : procfile_innermost(status);
	free(status);
	close(folder);
	return pid;
}

int
proc_tracer(int host)
{
	int folder = open_process(host), tracer = 0;
	char *status = folder == -1 ? NULL : slurp(folder, "status");
	const char *line = status == NULL ? NULL :
	    strstr(status, "\nTracerPid:");

	if (line != NULL && sscanf(line, "\nTracerPid: %d", &tracer) != 1)
		tracer = 0;
	if (folder != -1)
		close(folder);
	free(status);
	return tracer;
}

int
proc_comm(int host, char *comm, size_t room)
{
	int folder = open_process(host);
	char *name = folder == -1 ? NULL : slurp(folder, "comm");

	if (folder != -1)
		close(folder);
	if (name == NULL)
		return -1;
	snprintf(comm, room, "%.*s", (int)strcspn(name, "\n"), name);
	free(name);
	return 0;
}

double
proc_cpu_seconds(int host)
{
	int folder = open_process(host);
	char *stat = folder == -1 ? NULL : slurp(folder, "stat");
	double ticks = stat == NULL ? 0 : procfile_ticks(stat);

	free(stat);
	if (folder != -1)
		close(folder);
	return ticks / (double)sysconf(_SC_CLK_TCK);
}

size_t
proc_descendants(int init, int *list, size_t room)
{
	size_t count = 0;

	if (room > 0)
		list[count++] = init;
	/* The list grows while it's walked: each one's children follow. */
	for (size_t i = 0; i < count; i++) {
		char path[64];
		snprintf(path, sizeof(path), "/proc/%d/task/%d/children",
		    list[i], list[i]);
		char *children = slurp(AT_FDCWD, path);
		if (children != NULL)
			count = procfile_children(children, list, count,
			    room);
		free(children);
	}
	return count;
}

int
proc_host_pid(int init, int pid)
{
	int *list = malloc(MOST_PROCESSES * sizeof(*list));
	int found = 0;

	if (list == NULL)
		return 0;
	size_t count = proc_descendants(init, list, MOST_PROCESSES);
	for (size_t i = 0; i < count && found == 0; i++)
		if (proc_box_pid(list[i]) == pid)
			found = list[i];
	free(list);
	return found;
}

static const char *
type_name(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFREG:	return "file";
	case S_IFDIR:	return "directory";
	case S_IFCHR:	return "character";
	case S_IFBLK:	return "block";
	case S_IFIFO:	return "pipe";
	case S_IFSOCK:	return "socket";
	case S_IFLNK:	return "link";
	default:	return "other";
	}
}

static struct identity
identity_of(const struct stat *status)
{
	struct identity identity = {
		(long)status->st_dev, (long)status->st_ino
	};
	return identity;
}

static bool
same(struct identity a, struct identity b)
{
	return a.device == b.device && a.inode == b.inode;
}

/* Climbs from a directory: does it end at `root`, or pass beside it? */
static bool
outside(int folder, const char *name, struct identity root)
{
	struct stat status;
	struct identity here, last = { -1, -1 };
	int fd = openat(folder, name, O_PATH | O_DIRECTORY | O_CLOEXEC);

	for (int depth = 0; fd != -1 && depth < DEEPEST; depth++) {
		if (fstat(fd, &status) == -1)
			break;
		here = identity_of(&status);
		if (same(here, root) || same(here, last)) {
			close(fd);
			return !same(here, root);
		}
		last = here;
		int above = openat(fd, "..", O_PATH | O_DIRECTORY | O_CLOEXEC);
		close(fd);
		fd = above;
	}
	if (fd != -1)
		close(fd);
	return false;
}

static char *
read_link(int folder, const char *name)
{
	char target[4096];
	ssize_t length = readlinkat(folder, name, target, sizeof(target) - 1);

	if (length == -1)
		return NULL;
	return text("%.*s", (int)length, target);
}

static void
read_descriptor(struct process *process, int folder, int number)
{
	char path[32], info[32];
	struct stat status;

	snprintf(path, sizeof(path), "fd/%d", number);
	snprintf(info, sizeof(info), "fdinfo/%d", number);
	char *details = slurp(folder, info);
	if (details == NULL || fstatat(folder, path, &status, 0) == -1) {
		free(details);
		return;
	}
	struct descriptor *fd = observation_add(process, descriptors,
	    descriptor_count);
	fd->number = number;
	fd->target = read_link(folder, path);
	fd->type = text("%s", type_name(status.st_mode));
	fd->identity = identity_of(&status);
	if (S_ISCHR(status.st_mode) || S_ISBLK(status.st_mode)) {
		fd->major = (int)major(status.st_rdev);
		fd->minor = (int)minor(status.st_rdev);
	}
	procfile_fdinfo(fd, details);
	if (S_ISDIR(status.st_mode))
		fd->outside = outside(folder, path, process->root_identity);
	free(details);
}

static int
by_number(const void *a, const void *b)
{
	const struct descriptor *one = a, *other = b;

	return (one->number > other->number) - (one->number < other->number);
}

static void
read_descriptors(struct process *process, int folder)
{
	int fd = openat(folder, "fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *directory = fd == -1 ? NULL : fdopendir(fd);
	struct dirent *entry;

	if (directory == NULL) {
		if (fd != -1)
			close(fd);
		return;
	}
	while ((entry = readdir(directory)) != NULL)
		if (entry->d_name[0] != '.')
			read_descriptor(process, folder, atoi(entry->d_name));
	closedir(directory);
	if (process->descriptor_count > 1)
		qsort(process->descriptors, process->descriptor_count,
		    sizeof(*process->descriptors), by_number);
}

static void
read_places(struct process *process, int folder)
{
	struct stat status;

	process->executable = read_link(folder, "exe");
	process->root = read_link(folder, "root");
	if (fstatat(folder, "root", &status, 0) == 0)
		process->root_identity = identity_of(&status);
	process->cwd = read_link(folder, "cwd");
	if (fstatat(folder, "cwd", &status, 0) == 0) {
		process->cwd_identity = identity_of(&status);
		process->cwd_outside = outside(folder, "cwd",
		    process->root_identity);
	}
}

/* Adds one process; false where it is gone. */
static bool
read_process(struct snapshot *shot, int host)
{
	int folder = open_process(host);

	if (folder == -1)
		return false;
	char *stat = slurp(folder, "stat");
	char *status = slurp(folder, "status");
	struct process process = { 0 }, *kept;
	bool alive = stat != NULL && status != NULL &&
	    procfile_stat(&process, stat) == 0;
	if (alive) {
		process.role = text("program");
		procfile_status(&process, status);
		read_places(&process, folder);
		read_descriptors(&process, folder);
		kept = observation_add(shot, processes, process_count);
		*kept = process;
	}
	free(stat);
	free(status);
	close(folder);
	return alive;
}

/* A PID outside, as the box knows it; others stay as they are. */
static int
translate(const int *hosts, const struct snapshot *shot, int host)
{
	for (size_t i = 0; i < shot->process_count; i++)
		if (hosts[i] == host)
			return shot->processes[i].pid;
	return host;
}

static bool
is_open_in(const struct snapshot *shot, struct identity identity)
{
	for (size_t i = 0; i < shot->process_count; i++) {
		const struct process *process = &shot->processes[i];
		for (size_t j = 0; j < process->descriptor_count; j++)
			if (same(process->descriptors[j].identity, identity))
				return true;
	}
	return false;
}

/* fdinfo tells whether there is anything to look for in /proc/locks. */
static bool
has_lock_lines(const struct snapshot *shot)
{
	for (size_t i = 0; i < shot->process_count; i++) {
		const struct process *process = &shot->processes[i];
		for (size_t j = 0; j < process->descriptor_count; j++)
			if (process->descriptors[j].lock != NULL)
				return true;
	}
	return false;
}

static void
read_locks(struct snapshot *shot, const int *hosts)
{
	char *all = slurp(AT_FDCWD, "/proc/locks");
	char *save = NULL;

	for (char *line = all == NULL ? NULL : strtok_r(all, "\n", &save);
	    line != NULL; line = strtok_r(NULL, "\n", &save)) {
		struct lock lock = { 0 }, *kept;

		if (!procfile_lock(&lock, line))
			continue;
		if (!is_open_in(shot, lock.identity)) {
			free(lock.kind);
			free(lock.access);
			continue;
		}
		lock.pid = translate(hosts, shot, lock.pid);
		kept = observation_add(shot, locks, lock_count);
		*kept = lock;
	}
	free(all);
}

/* fdinfo's lock lines name PIDs outside: a copy has the box's. */
static char *
translate_lines(const char *line, const struct snapshot *shot,
    const int *hosts)
{
	char *all = text("%s", ""), *longer;
	size_t length, digits;
	int pid;

	for (; *line != '\0'; line += length) {
		const char *at = procfile_lock_pid(line, &pid, &digits);

		length = strcspn(line, "\n");
		length += line[length] == '\n';
		if (at == NULL)
			longer = text("%s%.*s", all, (int)length, line);
		else
			longer = text("%s%.*s%d%.*s", all, (int)(at - line),
			    line, translate(hosts, shot, pid),
			    (int)(line + length - (at + digits)), at + digits);
		free(all);
		all = longer;
	}
	return all;
}

static void
translate_locks(struct snapshot *shot, const int *hosts)
{
	for (size_t i = 0; i < shot->process_count; i++) {
		struct process *process = &shot->processes[i];
		for (size_t j = 0; j < process->descriptor_count; j++) {
			char *lock = process->descriptors[j].lock;
			if (lock == NULL)
				continue;
			process->descriptors[j].lock =
			    translate_lines(lock, shot, hosts);
			free(lock);
		}
	}
}

int
proc_observe(struct snapshot *shot, int init, bool locks)
{
	int *hosts = calloc(MOST_PROCESSES, sizeof(*hosts));
	size_t kept = 0;

	if (hosts == NULL)
		return -1;
	size_t count = proc_descendants(init, hosts, MOST_PROCESSES);
	for (size_t i = 0; i < count; i++)
		if (read_process(shot, hosts[i]))
			hosts[kept++] = hosts[i];
	if (kept == 0 || hosts[0] != init) {
		free(hosts);
		errno = ESRCH;
		return -1;
	}
	free(shot->processes[0].role);
	shot->processes[0].role = text("init");
	for (size_t i = 0; i < shot->process_count; i++) {
		struct process *process = &shot->processes[i];
		process->ppid = i == 0 ? 0 :
		    translate(hosts, shot, process->ppid);
	}
	if (locks && has_lock_lines(shot))
		read_locks(shot, hosts);
	translate_locks(shot, hosts);
	free(hosts);
	return 0;
}

/* openat2(2): the path is resolved as if `root` were "/". */
static int
open_in(int root, const char *path, int flags)
{
	struct open_how how = {
		.flags = (unsigned int)flags | O_CLOEXEC,
		.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS,
	};
	return (int)syscall(SYS_openat2, root, path, &how, sizeof(how));
}

static char *
read_content(int root, const char *path)
{
	size_t length = 0;
	int fd = open_in(root, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
	char *content = fd == -1 ? NULL : malloc(MOST_CONTENT + 1);

	while (content != NULL && length < MOST_CONTENT) {
		ssize_t got = read(fd, content + length, MOST_CONTENT - length);
		if (got <= 0)
			break;
		length += (size_t)got;
	}
	if (content != NULL)
		content[length] = '\0';
	if (fd != -1)
		close(fd);
	return content;
}

void
file_observe(struct snapshot *shot, int root, const char *path)
{
	struct file *file = observation_add(shot, files, file_count);
	struct stat status;
	int fd = open_in(root, path, O_PATH | O_NOFOLLOW);

	file->path = text("%s", path);
	if (fd == -1 || fstat(fd, &status) == -1) {
		file->type = text("none");
		if (fd != -1)
			close(fd);
		return;
	}
	file->type = text("%s", type_name(status.st_mode));
	file->mode = (int)(status.st_mode & 07777);
	file->uid = (int)status.st_uid;
	file->gid = (int)status.st_gid;
	file->size = status.st_size;
	file->identity = identity_of(&status);
	if (S_ISREG(status.st_mode))
		file->content = read_content(root, path);
	if (S_ISLNK(status.st_mode))
		file->link = read_link(fd, "");
	close(fd);
}
