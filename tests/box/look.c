/*
 * look - snapshots of a box's processes, and what is done to them
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <unistd.h>

#include "box/state.h"
#include "observe/proc.h"

static void
name_roles(const struct run *run, struct snapshot *shot)
{
	for (size_t i = 0; i < shot->process_count; i++)
		for (size_t j = 0; j < run->start_count; j++)
			if (shot->processes[i].pid == run->starts[j].shell) {
				free(shot->processes[i].role);
				shot->processes[i].role = text("shell");
			}
}

/* In plain mode the box's folder stands before each name: take it away. */
static void
strip(const struct box *box, char **name)
{
	size_t length = strlen(box->prefix);

	if (length == 0 || *name == NULL ||
	    strncmp(*name, box->prefix, length) != 0)
		return;
	char *rest = text("%s", (*name)[length] == '\0' ? "/" :
	    *name + length);
	free(*name);
	*name = rest;
}

static void
strip_all(const struct box *box, struct snapshot *shot)
{
	for (size_t i = 0; i < shot->process_count; i++) {
		struct process *process = &shot->processes[i];
		strip(box, &process->cwd);
		strip(box, &process->root);
		for (size_t j = 0; j < process->descriptor_count; j++)
			strip(box, &process->descriptors[j].target);
	}
}

/* Before execve the harness's own descriptors are still there; all of them
 * are close-on-exec, and none that the program gets is. */
static void
drop_own(struct snapshot *shot, const struct box *box)
{
	for (size_t i = 0; i < shot->process_count; i++) {
		struct process *process = &shot->processes[i];
		size_t kept = 0;

		if (strcmp(process->role, "program") != 0)
			continue;
		for (size_t j = 0; j < process->descriptor_count; j++) {
			struct descriptor *fd = &process->descriptors[j];
			if (fd->flags & O_CLOEXEC) {
				free(fd->target);
				free(fd->type);
				free(fd->lock);
			} else {
				process->descriptors[kept++] = *fd;
			}
		}
		process->descriptor_count = kept;
		free(process->comm);
		process->comm = text("%s", strrchr(box->program, '/') + 1);
	}
}

int
box_observe(struct box *box, struct snapshot *shot)
{
	box_sync(box);
	if (proc_observe(shot, box->init, box->locks) == -1)
		return -1;
	name_roles(box->run, shot);
	strip_all(box, shot);
	return 0;
}

int
box_host_pid(const struct box *box, int pid)
{
	return proc_host_pid(box->init, pid);
}

struct snapshot *
box_snapshot(struct box *box, const char *moment)
{
	struct snapshot *shot = observation_add(box->run, snapshots,
	    snapshot_count);

	shot->moment = text("%s", moment);
	if (box->broken)
		return shot;
	if (box_observe(box, shot) == -1)
		box_fault(box, "look at the box's processes");
	if (strcmp(moment, "before") == 0)
		drop_own(shot, box);
	return shot;
}

int
box_signal(struct box *box, int pid, int number, int times)
{
	int host = proc_host_pid(box->init, pid);

	if (host <= 0) {
		errno = ESRCH;
		return -1;
	}
	int pidfd = pidfd_open(host, 0);
	if (pidfd == -1)
		return -1;
	/* The PID may have been another's when it was opened: look again. */
	int result = proc_box_pid(host) == pid ? 0 : -1;
	while (result == 0 && times-- > 0)
		result = pidfd_send_signal(pidfd, number, NULL, 0);
	close(pidfd);
	return result;
}

static bool
is_unmounted(const struct box *box, const void *unused)
{
	(void)unused;
	return box->unmounted;
}

int
box_unmount(struct box *box, const char *path)
{
	box->unmounted = false;
	box_request(box, REQUEST_UNMOUNT, path);
	box_await(box, is_unmounted, NULL, "unmount in the box");
	return box->unmount_error;
}
