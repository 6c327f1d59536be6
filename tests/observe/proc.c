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

/* What follows "Name:" in /proc/PID/status, up to the line's end. */
static char *
field(const char *status, const char *name)
{
	size_t length = strlen(name);

	for (const char *line = status; line != NULL; ) {
		if (strncmp(line, name, length) == 0 && line[length] == ':') {
			line += length + 1;
			line += strspn(line, " \t");
			return text("%.*s", (int)strcspn(line, "\n"), line);
		}
		line = strchr(line, '\n');
		if (line != NULL)
			line++;
	}
	return NULL;
}

static int
last_number(const char *words)
{
	const char *blank = words == NULL ? NULL : strrchr(words, '\t');

	if (words == NULL)
		return 0;
	return atoi(blank == NULL ? words : blank + 1);
}

int
proc_box_pid(int host)
{
	int folder = open_process(host);

	if (folder == -1)
		return 0;
	char *status = slurp(folder, "status");
	char *pids = status == NULL ? NULL : field(status, "NSpid");
	int pid = last_number(pids);
	free(pids);
	free(status);
	close(folder);
	return pid;
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
	unsigned long user = 0, system = 0;
	int folder = open_process(host);
	char *stat = folder == -1 ? NULL : slurp(folder, "stat");
	const char *after = stat == NULL ? NULL : strrchr(stat, ')');

	if (after != NULL && sscanf(after + 1, " %*c %*d %*d %*d %*d %*d %*u "
	    "%*u %*u %*u %*u %lu %lu", &user, &system) != 2)
		user = system = 0;
	free(stat);
	if (folder != -1)
		close(folder);
	return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
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
		char *save = NULL;
		for (char *word = children == NULL ? NULL :
		    strtok_r(children, " ", &save);
		    word != NULL && count < room;
		    word = strtok_r(NULL, " ", &save))
			list[count++] = atoi(word);
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

/* All "lock:" lines of fdinfo, without the word and joined by newlines. */
static char *
lock_lines(const char *info)
{
	char *all = NULL;

	for (const char *line = strstr(info, "lock:"); line != NULL;
	    line = strstr(line + 1, "lock:")) {
		const char *start = line + 5 + strspn(line + 5, " \t");
		int length = (int)strcspn(start, "\n");
		char *longer = all == NULL ? text("%.*s", length, start) :
		    text("%s\n%.*s", all, length, start);
		free(all);
		all = longer;
	}
	return all;
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
	char *flags = field(details, "flags");
	fd->flags = flags == NULL ? -1 : (int)strtol(flags, NULL, 8);
	free(flags);
	if (S_ISDIR(status.st_mode))
		fd->outside = outside(folder, path, process->root_identity);
	fd->lock = lock_lines(details);
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
read_numbers(char *words, int **numbers, size_t *count)
{
	char *save = NULL;

	for (char *word = words == NULL ? NULL :
	    strtok_r(words, " \t", &save); word != NULL;
	    word = strtok_r(NULL, " \t", &save)) {
		int *number = observation_grow((void **)numbers, count,
		    sizeof(**numbers));
		*number = (int)strtol(word, NULL, 10);
	}
	free(words);
}

static void
read_status(struct process *process, const char *status)
{
	static const char *const sets[] = {
		"CapInh", "CapPrm", "CapEff", "CapAmb"
	};
	char *mask = field(status, "Umask");

	process->mask = mask == NULL ? -1 : (int)strtol(mask, NULL, 8);
	free(mask);
	read_numbers(field(status, "Uid"), &process->uids,
	    &process->uid_count);
	read_numbers(field(status, "Gid"), &process->gids,
	    &process->gid_count);
	read_numbers(field(status, "Groups"), &process->groups,
	    &process->group_count);
	for (size_t i = 0; i < 4; i++)
		process->capabilities[i] = field(status, sets[i]);
	process->blocked = field(status, "SigBlk");
	process->ignored = field(status, "SigIgn");
	process->caught = field(status, "SigCgt");
	char *pids = field(status, "NSpid");
	process->pid = last_number(pids);
	free(pids);
	pids = field(status, "NSpgid");
	process->pgid = last_number(pids);
	free(pids);
	pids = field(status, "NSsid");
	process->sid = last_number(pids);
	free(pids);
}

/* PPID (outside), state and terminal; comm may hold blanks and brackets. */
static int
read_stat(struct process *process, const char *stat)
{
	const char *open = strchr(stat, '('), *close = strrchr(stat, ')');
	char state;
	int ppid, pgid, sid, terminal;

	if (open == NULL || close == NULL || sscanf(close + 1, " %c %d %d %d %d",
	    &state, &ppid, &pgid, &sid, &terminal) != 5)
		return -1;
	process->comm = text("%.*s", (int)(close - open - 1), open + 1);
	process->state = text("%c", state);
	process->ppid = ppid;
	process->terminal = terminal;
	return 0;
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
	bool alive = stat != NULL && status != NULL;
	if (alive) {
		struct process *process = observation_add(shot, processes,
		    process_count);
		process->role = text("program");
		read_status(process, status);
		read_stat(process, stat);
		read_places(process, folder);
		read_descriptors(process, folder);
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
		char kind[16], access[16];
		unsigned int major, minor;
		unsigned long inode;
		int pid;

		if (sscanf(line, "%*d: %15s %*s %15s %d %x:%x:%lu", kind,
		    access, &pid, &major, &minor, &inode) != 6)
			continue;
		struct identity identity = {
			(long)makedev(major, minor), (long)inode
		};
		if (!is_open_in(shot, identity))
			continue;
		struct lock *lock = observation_add(shot, locks, lock_count);
		lock->kind = text("%s", kind);
		lock->access = text("%s", access);
		lock->pid = translate(hosts, shot, pid);
		lock->identity = identity;
	}
	free(all);
}

/* fdinfo's lock lines name PIDs outside: give them the box's. */
static void
translate_lines(struct snapshot *shot, const int *hosts)
{
	for (size_t i = 0; i < shot->process_count; i++) {
		struct process *process = &shot->processes[i];
		for (size_t j = 0; j < process->descriptor_count; j++) {
			char **line = &process->descriptors[j].lock;
			int before, after, pid;

			if (*line == NULL || sscanf(*line,
			    "%*d: %*s %*s %*s %n%d%n", &before, &pid,
			    &after) != 1)
				continue;
			char *mended = text("%.*s%d%s", before, *line,
			    translate(hosts, shot, pid), *line + after);
			free(*line);
			*line = mended;
		}
	}
}

int
proc_observe(struct snapshot *shot, int init, bool locks)
{
	int *hosts = malloc(MOST_PROCESSES * sizeof(*hosts));
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
	translate_lines(shot, hosts);
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
