/*
 * proc - the texts of /proc: what was understood, written as the kernel
 * writes it, is understood as the same
 *
 * A file doesn't say which it is: every text goes to every reader.
 */
#define _GNU_SOURCE
#include <sys/sysmacros.h>

#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"
#include "observe/procfile.h"

/* Adds to a text, which moves. */
#define add(all, ...) \
	do { \
		char *shorter = (all); \
		char *end = text(__VA_ARGS__); \
		(all) = text("%s%s", shorter, end); \
		free(shorter); \
		free(end); \
	} while (0)

static struct snapshot *
new_snapshot(struct run *run)
{
	struct snapshot *shot = observation_add(run, snapshots,
	    snapshot_count);

	return shot;
}

static struct process *
new_process(struct run *run)
{
	struct snapshot *shot = new_snapshot(run);
	struct process *process = observation_add(shot, processes,
	    process_count);

	return process;
}

static struct descriptor *
new_descriptor(struct run *run)
{
	struct process *process = new_process(run);
	struct descriptor *fd = observation_add(process, descriptors,
	    descriptor_count);

	return fd;
}

static struct lock *
new_lock(struct run *run)
{
	struct snapshot *shot = new_snapshot(run);
	struct lock *lock = observation_add(shot, locks, lock_count);

	return lock;
}

/* --- /proc/PID/stat --------------------------------------------------- */

/* PPID, group, session and terminal follow the state. */
static void
look_at_numbers(const struct process *process, const char *rest)
{
	const char *number = rest + strspn(rest, " \t\n\v\f\r") + 1;
	long numbers[4];
	char *end;

	for (size_t i = 0; i < 4; i++) {
		numbers[i] = strtol(number, &end, 10);
		promise(end != number, "%zu numbers in %s", i, rest);
		number = end;
	}
	promise(process->ppid == (int)numbers[0] &&
	    process->terminal == (int)numbers[3], "%d and %d of %s",
	    process->ppid, process->terminal, rest);
}

static void
read_stat(const char *stat)
{
	struct run run = { 0 }, again = { 0 };
	struct process *process = new_process(&run);
	struct process *copy = new_process(&again);
	char *written;

	if (procfile_stat(process, stat) == 0) {
		written = text("(%s)", process->comm);
		promise(strstr(stat, written) != NULL, "%s", written);
		free(written);
		look_at_numbers(process, strrchr(stat, ')') + 1);
		promise(strlen(process->state) == 1, "state %s",
		    process->state);
		written = text("1 (%s) %s %d 1 1 %d", process->comm,
		    process->state, process->ppid, process->terminal);
		promise(procfile_stat(copy, written) == 0, "%s", written);
		promise_same(&again, &run, written);
		free(written);
	} else
		promise(process->comm == NULL && process->state == NULL,
		    "half of %s", stat);
	promise(procfile_ticks(stat) >= 0, "%f", procfile_ticks(stat));
	run_free(&run);
	run_free(&again);
}

/* --- /proc/PID/status ------------------------------------------------- */

static char *
write_numbers(char *all, const char *name, const int *numbers, size_t count)
{
	add(all, "%s:", name);
	for (size_t i = 0; i < count; i++)
		add(all, "%c%d", i == 0 ? '\t' : ' ', numbers[i]);
	add(all, "\n");
	return all;
}

static char *
write_status(const struct process *p)
{
	const struct { const char *name, *value; } sets[] = {
		{ "CapInh", p->capabilities[0] },
		{ "CapPrm", p->capabilities[1] },
		{ "CapEff", p->capabilities[2] },
		{ "CapAmb", p->capabilities[3] },
		{ "SigBlk", p->blocked }, { "SigIgn", p->ignored },
		{ "SigCgt", p->caught }
	};
	char *all = text("NSpid:\t7\t%d\nNSpgid:\t7\t%d\nNSsid:\t7\t%d\n",
	    p->pid, p->pgid, p->sid);

	if (p->mask != -1)
		add(all, "Umask:\t%04o\n", (unsigned)p->mask);
	all = write_numbers(all, "Uid", p->uids, p->uid_count);
	all = write_numbers(all, "Gid", p->gids, p->gid_count);
	all = write_numbers(all, "Groups", p->groups, p->group_count);
	for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++)
		if (sets[i].value != NULL) {
			promise(strchr(sets[i].value, '\n') == NULL,
			    "two lines: %s", sets[i].value);
			add(all, "%s:\t%s\n", sets[i].name, sets[i].value);
		}
	return all;
}

static void
read_status(const char *status)
{
	struct run run = { 0 }, again = { 0 };
	struct process *process = new_process(&run);
	struct process *copy = new_process(&again);
	char *written;

	procfile_status(process, status);
	promise(process->pid == procfile_innermost(status), "pid %d",
	    process->pid);
	written = write_status(process);
	procfile_status(copy, written);
	promise_same(&again, &run, written);
	free(written);
	run_free(&run);
	run_free(&again);
}

/* --- /proc/PID/fdinfo/N ----------------------------------------------- */

/* Lines that begin with it, from the first on. */
static size_t
lines_of(const char *lines, const char *begin)
{
	size_t count = 0;

	for (; lines != NULL; lines = strchr(lines, '\n')) {
		lines += *lines == '\n';
		count += strncmp(lines, begin, strlen(begin)) == 0;
	}
	return count;
}

static char *
write_fdinfo(const struct descriptor *fd)
{
	char *all = text("pos:\t0\n");

	if (fd->flags != -1)
		add(all, "flags:\t0%o\n", (unsigned)fd->flags);
	for (const char *line = fd->lock; line != NULL; ) {
		size_t length = strcspn(line, "\n");

		add(all, "lock:\t%.*s\n", (int)length, line);
		line = line[length] == '\0' ? NULL : line + length + 1;
	}
	return all;
}

/* The PID of a lock's line lies in that line. */
static void
look_at_lock(const char *line)
{
	size_t digits;
	int pid;
	const char *at = procfile_lock_pid(line, &pid, &digits);

	promise(at == NULL || (digits > 0 && at > line &&
	    at + digits <= line + strcspn(line, "\n")), "%s", line);
}

static void
read_fdinfo(const char *info)
{
	struct run run = { 0 }, again = { 0 };
	struct descriptor *fd = new_descriptor(&run);
	struct descriptor *copy = new_descriptor(&again);
	size_t locks = lines_of(info, "lock:");
	char *written;

	procfile_fdinfo(fd, info);
	promise((fd->lock == NULL) == (locks == 0), "%zu locks", locks);
	if (fd->lock != NULL) {
		promise(count_of(fd->lock, '\n') + 1 == locks,
		    "%zu locks became %s", locks, fd->lock);
		look_at_lock(fd->lock);
	}
	written = write_fdinfo(fd);
	procfile_fdinfo(copy, written);
	promise_same(&again, &run, written);
	free(written);
	run_free(&run);
	run_free(&again);
}

/* --- /proc/locks, /proc/PID/task/PID/children ------------------------- */

static void
read_lock(const char *line)
{
	struct run run = { 0 }, again = { 0 };
	struct lock *lock = new_lock(&run), *copy = new_lock(&again);
	char *written;

	if (procfile_lock(lock, line)) {
		written = text("1: %s ADVISORY %s %d %x:%x:%lu 0 EOF",
		    lock->kind, lock->access, lock->pid,
		    major((dev_t)lock->identity.device),
		    minor((dev_t)lock->identity.device),
		    (unsigned long)lock->identity.inode);
		promise(procfile_lock(copy, written), "%s", written);
		promise_same(&again, &run, written);
		free(written);
	} else
		promise(lock->kind == NULL && lock->access == NULL,
		    "half of %s", line);
	look_at_lock(line);
	run_free(&run);
	run_free(&again);
}

static void
read_children(const char *children)
{
	int list[8], other[8];
	size_t some = procfile_children(children, list, 0, 4);
	size_t more = procfile_children(children, other, 0, 8);
	size_t added = procfile_children(children, list, some, 4);

	promise(some <= 4 && more <= 8 && some <= more, "%zu of 4, %zu of 8",
	    some, more);
	promise(memcmp(list, other, some * sizeof(*list)) == 0,
	    "room changes the children");
	promise(added >= some && added <= 4, "%zu, then %zu", some, added);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	char *words = string_of(bytes, length), *save = NULL;

	read_stat(words);
	read_status(words);
	read_fdinfo(words);
	read_children(words);
	for (char *line = strtok_r(words, "\n", &save); line != NULL;
	    line = strtok_r(NULL, "\n", &save))
		read_lock(line);
	free(words);
	return 0;
}
