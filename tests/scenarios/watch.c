/*
 * watch - looks at a stage, and waits for what a stimulus brings about
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "box/files.h"
#include "language.h"
#include "observe/proc.h"
#include "observe/ps.h"
#include "scenarios/set.h"

void
stage_look(struct stage *stage, struct snapshot *shot, const char *path)
{
	char *whole = box_path(stage->box, path);

	file_observe(shot, box_root(stage->box), whole);
	struct file *file = &shot->files[shot->file_count - 1];
	free(file->path);
	file->path = text("%s", path);
	free(whole);
}

void
stage_look_outside(struct stage *stage, struct snapshot *shot,
    const char *path)
{
	file_observe(shot, box_root(stage->box), path);
}

/* Everything in a pipe, without waiting: its writer has ended. */
static char *
drain(int fd)
{
	size_t room = 65536, length = 0;
	char *all = malloc(room + 1);

	while (all != NULL && length < room) {
		ssize_t got = read(fd, all + length, room - length);
		if (got <= 0)
			break;
		length += (size_t)got;
	}
	if (all != NULL)
		all[length] = '\0';
	return all;
}

/* In plain mode ps shows the whole machine: keep the box's processes. */
static void
keep_own_rows(struct snapshot *shot)
{
	size_t kept = 0;

	for (size_t i = 0; i < shot->row_count; i++) {
		if (find_process(shot, shot->rows[i].pid) != NULL) {
			struct row row = shot->rows[kept];
			shot->rows[kept++] = shot->rows[i];
			shot->rows[i] = row;
		}
	}
	for (size_t i = kept; i < shot->row_count; i++) {
		free(shot->rows[i].terminal);
		free(shot->rows[i].stat);
		free(shot->rows[i].comm);
		free(shot->rows[i].line);
	}
	shot->row_count = kept;
}

char *
stage_tool(struct stage *stage, const char *name, const char *const *command)
{
	struct start_request request;
	int fds[START_FDS] = { -1, -1, -1, -1 };
	int ends[2];

	memset(&request, 0, sizeof(request));
	request.tool = true;
	request.drop_capability = -1;
	snprintf(request.program, sizeof(request.program), "/usr/bin/%s",
	    command[0]);
	snprintf(request.directory, sizeof(request.directory), "/");
	request.stdio[0] = STDIO_CLOSED;
	request.stdio[1] = request.stdio[2] = STDIO_PASSED;
	for (size_t i = 0; command[i] != NULL; i++)
		stage_push(&request, &request.argc, text("%s", command[i]));
	if (pipe2(ends, O_CLOEXEC) == -1) {
		stage_fault(stage, "make a pipe for", name);
		return NULL;
	}
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	fds[START_OUTPUT] = ends[1];
	int start = box_start(stage->box, name, -1, &request, fds);
	stage->run->starts[start].command = stage_command_line(&request);
	if (!box_wait(stage->box, box_start_ended, &start, PATIENCE_SETTLE)) {
		errno = ETIMEDOUT;
		stage_fault(stage, "wait for", name);
	}
	char *output = drain(ends[0]);
	close(ends[0]);
	return output;
}

void
stage_ps(struct stage *stage, struct snapshot *shot)
{
	char *output = stage_tool(stage, "ps", ps_command);

	if (output == NULL || ps_parse(shot, output) == -1)
		stage_fault(stage, "read what was printed by", "ps");
	keep_own_rows(shot);
	free(output);
}

/* What stage_signal_and_wait waits for. */
struct round {
	int daemon;
	unsigned before;
};

static bool
waits_again(const struct box *box, const void *argument)
{
	const struct round *round = argument;

	return box_rounds(box, round->daemon) > round->before ||
	    box_reaped(box, &round->daemon);
}

bool
stage_signal_and_wait(struct stage *stage, int daemon, int number)
{
	box_catch_up(stage->box);
	struct round round = { daemon, box_rounds(stage->box, daemon) };

	if (daemon == 0 || box_signal(stage->box, daemon, number, 1) == -1)
		return false;
	return box_wait(stage->box, waits_again, &round,
	    PATIENCE_STRAGGLER) && !box_reaped(stage->box, &daemon);
}

static bool
speaks_again(const struct box *box, const void *argument)
{
	const struct round *round = argument;

	return box_news(box, round->daemon) > round->before ||
	    box_reaped(box, &round->daemon);
}

bool
stage_signal_and_hear(struct stage *stage, int daemon, int number)
{
	box_catch_up(stage->box);
	struct round round = { daemon, box_news(stage->box, daemon) };

	if (daemon == 0 || box_signal(stage->box, daemon, number, 1) == -1)
		return false;
	return box_wait(stage->box, speaks_again, &round,
	    PATIENCE_STRAGGLER) && !box_reaped(stage->box, &daemon);
}

/* What stage_signal_and_name waits for. */
struct naming {
	int daemon;
	const char *name;
};

static bool
has_name(const struct box *box, const void *argument)
{
	const struct naming *naming = argument;
	char comm[64];

	return box_reaped(box, &naming->daemon) ||
	    (proc_comm(box_host_pid(box, naming->daemon), comm,
	    sizeof(comm)) == 0 && strcmp(comm, naming->name) == 0);
}

bool
stage_signal_and_name(struct stage *stage, int daemon, int number,
    const char *name)
{
	struct naming naming = { daemon, name };

	if (daemon == 0 || box_signal(stage->box, daemon, number, 1) == -1)
		return false;
	/* Each reload ends with READY=1: an event to look again at. */
	return box_wait(stage->box, has_name, &naming, PATIENCE_STRAGGLER) &&
	    !box_reaped(stage->box, &daemon);
}

/* What stage_wait_messages waits for. */
struct chatter {
	const struct run *run;
	unsigned count;
};

static bool
has_messages(const struct box *box, const void *argument)
{
	const struct chatter *chatter = argument;

	return chatter->run->message_count >= chatter->count ||
	    box_all_over(box);
}

bool
stage_wait_messages(struct stage *stage, unsigned count, int *senders)
{
	struct chatter chatter = { stage->run, count };

	if (!box_wait(stage->box, has_messages, &chatter, PATIENCE_STRAGGLER))
		return false;
	for (size_t i = 0; i < stage->run->message_count; i++) {
		int pid = stage->run->messages[i].pid;
		if (senders[0] == 0)
			senders[0] = pid;
		else if (pid != senders[0] && senders[1] == 0)
			senders[1] = pid;
	}
	return stage->run->message_count >= count;
}

void
stage_look_at_pipe(struct stage *stage)
{
	char byte;

	if (stage->pipe == -1)
		return;
	/* Without waiting: whoever serves has closed what it closes. */
	ssize_t got = read(stage->pipe, &byte, 1);
	run_fact(stage->run, "pipe", "%s", got == 0 ? "end-of-file" :
	    got == -1 && errno != EAGAIN ? "unreadable" : "open");
}

void
stage_stop(struct stage *stage, int daemon)
{
	bool ended = stage_end(stage, daemon, SIGTERM);

	run_fact(stage->run, "stopped", "%s", ended ? "yes" : "no");
	stage_look(stage, stage_snapshot(stage, "stopped"),
	    stage->course->pid_file);
}

bool
stage_rename(struct stage *stage, const char *path, const char *name)
{
	char *whole = box_path(stage->box, path);
	int result = files_rename(box_root(stage->box), whole, name);

	free(whole);
	return result == 0;
}

bool
stage_lacks_users(struct stage *stage)
{
	if (box_mode(stage->box) == BOX_SINGLE)
		stage->run->skipped = text("%s", N_("this machine maps one id "
		    "only: install the package uidmap, and give the user a "
		    "range in /etc/subuid and /etc/subgid"));
	else if (!stage_is_root(stage))
		stage->run->skipped = text("%s", N_("only root can become "
		    "another user: use a machine with user namespaces"));
	return stage->run->skipped != NULL;
}

bool
stage_is_root(const struct stage *stage)
{
	/* The worker has joined the box's ids. */
	(void)stage;
	return geteuid() == 0;
}

bool
stage_end(struct stage *stage, int daemon, int number)
{
	if (daemon == 0 || box_signal(stage->box, daemon, number, 1) == -1)
		return false;
	return box_wait(stage->box, box_reaped, &daemon, PATIENCE_STRAGGLER);
}
