/*
 * stage - furnishes a box, starts the program in it, and looks
 */
#define _GNU_SOURCE
#include <sys/wait.h>

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
#include "scenarios/stage.h"

static void
stage_fault(struct stage *stage, const char *what, const char *path)
{
	if (stage->run->fault == NULL)
		stage->run->fault = text("%s %s: %s", what, path,
		    strerror(errno));
}

void
stage_write(struct stage *stage, const char *path, const char *content)
{
	char *whole = box_path(stage->box, path);

	if (files_write(box_root(stage->box), whole, content, 0644) == -1)
		stage_fault(stage, "write", path);
	free(whole);
}

void
stage_link(struct stage *stage, const char *target, const char *path)
{
	char *to = box_path(stage->box, target);
	char *whole = box_path(stage->box, path);

	if (files_symlink(box_root(stage->box), to, whole) == -1)
		stage_fault(stage, "link", path);
	free(whole);
	free(to);
}

void
stage_mkdir(struct stage *stage, const char *path)
{
	char *whole = box_path(stage->box, path);

	if (files_mkdir(box_root(stage->box), whole, 0755) == -1)
		stage_fault(stage, "make the folder", path);
	free(whole);
}

/* --- furnishing ---------------------------------------------------------- */

static void
write_in(struct stage *stage, const char *folder, const char *name,
    const char *content)
{
	char *path = text("%s/%s", folder, name);

	stage_write(stage, path, content);
	free(path);
}

/* The same users in the box and in the jail: 12 reads the jail's. */
static void
write_users(struct stage *stage, const char *etc)
{
	const struct course *course = stage->course;
	char *users = text("root:x:0:0:root:/root:/bin/sh\n"
	    "%s:x:%d:%d::/nonexistent:/usr/sbin/nologin\n", course->user,
	    course->uid, course->gid);
	char *groups = text("root:x:0:\nadm:x:4:\ntty:x:5:\ndialout:x:20:\n"
	    "sudo:x:27:\n%s:x:%d:\n%s-one:x:%d:%s\n%s-two:x:%d:%s\n"
	    "others:x:%d:root\n",
	    course->user, course->gid, course->user, course->groups[0],
	    course->user, course->user, course->groups[1], course->user,
	    course->groups[1] + 1);

	write_in(stage, etc, "passwd", users);
	write_in(stage, etc, "group", groups);
	free(users);
	free(groups);
}

/* Inside, the jail's outer path leads to "/": one name, in and out. */
static void
link_jail(struct stage *stage)
{
	char *outer = box_path(stage->box, stage->course->jail);
	char *inner = text("%s%s", stage->course->jail, outer);
	char *above = text("%.*s", (int)(strrchr(inner, '/') - inner), inner);
	char *whole = box_path(stage->box, inner);

	stage_mkdir(stage, above);
	if (files_symlink(box_root(stage->box), "/", whole) == -1)
		stage_fault(stage, "link", inner);
	free(whole);
	free(above);
	free(inner);
	free(outer);
}

static void
furnish_jail(struct stage *stage)
{
	const struct course *course = stage->course;
	char *etc = text("%s/etc", course->jail);
	char *log = text("%s/log", course->jail);
	char *whole = box_path(stage->box, log);

	stage_mkdir(stage, etc);
	stage_mkdir(stage, log);
	write_users(stage, etc);
	stage_write(stage, course->config, "# nothing is asked for yet\n");
	link_jail(stage);
	/* Only root, or a box with a range of ids, has a second user. */
	if ((course->mode == BOX_RANGE ||
	    (course->mode == BOX_PLAIN && geteuid() == 0)) &&
	    files_chown(box_root(stage->box), whole, (uid_t)course->uid,
	    (gid_t)course->gid) == -1)
		stage_fault(stage, "give away", log);
	free(whole);
	free(log);
	free(etc);
}

static void
note_file(void *argument, const char *path)
{
	char **all = argument;
	char *longer = text("%s%s\n", *all == NULL ? "\n" : *all, path);

	free(*all);
	*all = longer;
}

/* Every file where a program of the box can make one; to be freed. */
static char *
list_files(const struct stage *stage)
{
	static const char *const folders[] = {
		"/run", "/tmp", "/var/log", "/srv", "/start", "/dev/shm",
		"/home", "/etc",
	};
	char *all = text("\n");

	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++) {
		char *whole = box_path(stage->box, folders[i]);
		files_walk(box_root(stage->box), whole, note_file, &all);
		free(whole);
	}
	return all;
}

/* What the harness itself makes while the program runs. */
static bool
is_harness_file(const char *path)
{
	return strncmp(path, "/tmp/leak-", 10) == 0 ||
	    strcmp(path, "/tmp/output") == 0;
}

/* Fact "new-files": their names, by newlines; "" for none. */
static void
note_new_files(const struct stage *stage)
{
	char *after = list_files(stage), *fresh = text("%s", "");
	char *prefix = box_path(stage->box, ""), *save = NULL;

	for (char *path = strtok_r(after, "\n", &save); path != NULL;
	    path = strtok_r(NULL, "\n", &save)) {
		char *line = text("\n%s\n", path);
		const char *inner = path + strlen(prefix);
		if (strstr(stage->before, line) == NULL &&
		    !is_harness_file(inner)) {
			char *longer = text("%s%s%s", fresh,
			    fresh[0] == '\0' ? "" : "\n", inner);
			free(fresh);
			fresh = longer;
		}
		free(line);
	}
	run_fact(stage->run, "new-files", "%s", fresh);
	free(prefix);
	free(fresh);
	free(after);
}

static void
furnish(struct stage *stage)
{
	if (stage->course->mode != BOX_PLAIN) {
		write_users(stage, "/etc");
		stage_write(stage, "/etc/nsswitch.conf",
		    "passwd: files\ngroup: files\n");
		stage_write(stage, "/etc/hostname", "lab\n");
	}
	stage_mkdir(stage, stage->course->directory);
	furnish_jail(stage);
	stage->before = list_files(stage);
	box_seal(stage->box);
}

/* --- starting ------------------------------------------------------------ */

/* A string more in a request; arguments first, then the environment. */
static void
push(struct start_request *request, int *count, char *string)
{
	size_t length = strlen(string) + 1;

	if (request->length + length <= sizeof(request->strings)) {
		memcpy(request->strings + request->length, string, length);
		request->length += length;
		(*count)++;
	}
	free(string);
}

static void
push_option(struct start_request *request, const char *name, char *value)
{
	push(request, &request->argc, text("--%s", name));
	push(request, &request->argc, value);
}

/* Only the options of the steps that this program has. */
static void
push_options(const struct stage *stage, struct start_request *request,
    const struct twist *twist)
{
	const struct course *course = stage->course;
	const struct box *box = stage->box;
	int number = course->step->number;
	const char *directory = twist->directory != NULL ? twist->directory :
	    course->directory;
	const char *pid_file = twist->pid_file != NULL ? twist->pid_file :
	    course->pid_file;

	if (number >= 4)
		push_option(request, "lowest", text("%d", twist->lowest));
	if (number >= 6)
		push_option(request, "directory",
		    strcmp(directory, "/") == 0 ? text("/") :
		    box_path(box, directory));
	if (number >= 7)
		push_option(request, "umask", text("%03o",
		    twist->mask != 0 ? twist->mask : course->mask));
	if (number >= 8)
		push_option(request, "pid-file", box_path(box, pid_file));
	if (number >= 9)
		push_option(request, "config", box_path(box, course->config));
	if (number >= 10)
		push_option(request, "log-file",
		    box_path(box, course->log_file));
	if (number >= 11)
		push_option(request, "jail", box_path(box, course->jail));
	if (number >= 12)
		push_option(request, "user", text("%s",
		    twist->user != NULL ? twist->user : course->user));
	for (size_t i = 0; i < 8 && twist->extra[i] != NULL; i++)
		push(request, &request->argc, text("%s", twist->extra[i]));
}

static void
push_environment(const struct stage *stage, struct start_request *request,
    bool traced)
{
	static const char *const always[] = {
		"PATH=/home/student:/usr/bin:/bin", "HOME=/home/student",
		"LANG=C.UTF-8", "TERM=xterm", "USER=root", "LOGNAME=root",
		"SHELL=/bin/sh",
	};
	static const char *const passed[] = { "ASAN_OPTIONS", "UBSAN_OPTIONS" };

	for (size_t i = 0; i < sizeof(always) / sizeof(*always); i++)
		push(request, &request->envc, text("%s", always[i]));
	for (size_t i = 0; i < sizeof(passed) / sizeof(*passed); i++)
		if (getenv(passed[i]) != NULL)
			push(request, &request->envc, text("%s=%s", passed[i],
			    getenv(passed[i])));
	/* A traced run has a better event: rt_sigsuspend itself. */
	if (!traced)
		push(request, &request->envc, text("NOTIFY_SOCKET=%s",
		    box_ready_name(stage->box)));
}

static void
set_stdio(struct stage *stage, struct start_request *request,
    const struct twist *twist, int *fds)
{
	int ends[2];

	for (int i = 0; i < 3; i++)
		request->stdio[i] = twist->closed ? STDIO_CLOSED :
		    twist->redirected ? STDIO_FILE : STDIO_TERMINAL;
	if (twist->redirected && pipe2(ends, O_CLOEXEC) == 0) {
		request->stdio[0] = STDIO_PASSED;
		fds[START_INPUT] = ends[0];
		/* Its writer stays open with this process: nothing comes. */
	}
	if (twist->pipe && pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0) {
		stage->pipe = ends[0];
		fds[START_PIPE] = ends[1];
	}
	char *output = box_path(stage->box, "/tmp/output");
	snprintf(request->output, sizeof(request->output), "%s", output);
	free(output);
}

static char *
command_line(const struct start_request *request)
{
	char *all = text("%s", request->strings);
	const char *next = request->strings + strlen(request->strings) + 1;

	for (int i = 1; i < request->argc; i++) {
		char *longer = text("%s %s", all, next);
		free(all);
		all = longer;
		next += strlen(next) + 1;
	}
	return all;
}

int
stage_start(struct stage *stage, const char *name, const struct twist *twist)
{
	struct start_request request;
	int fds[START_FDS] = { -1, -1, -1, -1 };
	int gate[2] = { -1, -1 };

	memset(&request, 0, sizeof(request));
	snprintf(request.program, sizeof(request.program), "%s",
	    box_program(stage->box));
	char *directory = box_path(stage->box, "/start");
	snprintf(request.directory, sizeof(request.directory), "%s", directory);
	free(directory);
	request.mask = START_MASK;
	request.block_term = twist->block_term;
	request.ignore_hup = twist->ignore_hup;
	request.no_fork = twist->no_fork;
	request.drop_capability = twist->drop_capability != 0 ?
	    twist->drop_capability : -1;
	stage->terminal = box_terminal(stage->box, request.terminal,
	    sizeof(request.terminal));
	push(&request, &request.argc, text("%s", stage->course->step->name));
	push_options(stage, &request, twist);
	push_environment(stage, &request, box_traced(stage->box));
	set_stdio(stage, &request, twist, fds);
	if (twist->gate && pipe2(gate, O_CLOEXEC) == 0)
		fds[START_GATE] = gate[0];
	int start = box_start(stage->box, name, stage->terminal, &request,
	    fds);
	stage->run->starts[start].command = command_line(&request);
	if (gate[1] != -1) {
		box_wait(stage->box, box_start_launched, &start,
		    PATIENCE_SETTLE);
		stage_snapshot(stage, "before");
		if (write(gate[1], "", 1) != 1)
			stage_fault(stage, "open the gate of", name);
		close(gate[1]);
	}
	return start;
}

/* --- settling ------------------------------------------------------------ */

/* The kernel's word on a process that doesn't settle, for the verdict. */
static void
record_timeout(struct stage *stage, int start)
{
	struct snapshot shot = { .moment = NULL };
	struct run wrapper = { .snapshots = NULL };
	bool starved = false;
	char *all = NULL;

	if (box_broken(stage->box) || box_observe(stage->box, &shot) == -1)
		return;
	for (size_t i = 0; i < shot.process_count; i++) {
		const struct process *process = &shot.processes[i];
		if (strcmp(process->role, "program") != 0)
			continue;
		double cpu = proc_cpu_seconds(box_host_pid(stage->box,
		    process->pid));
		starved = starved || (process->state[0] == 'R' && cpu < 0.5);
		char *longer = text("%s%sPID %d %s (%.1f s)",
		    all == NULL ? "" : all, all == NULL ? "" : ", ",
		    process->pid, process->state, cpu);
		free(all);
		all = longer;
	}
	if (starved && stage->run->fault == NULL)
		stage->run->fault = text("the machine is too busy: %s", all);
	stage->run->timeout = text("%s: %s", stage->run->starts[start].name,
	    all == NULL ? "" : all);
	free(all);
	*observation_add(&wrapper, snapshots, snapshot_count) = shot;
	run_free(&wrapper);
}

void
stage_settle(struct stage *stage, int start)
{
	/* First whoever serves, or the end of all; then the stragglers, who
	 * are given less time, for most programs have none. */
	bool serves = box_wait(stage->box, box_start_serves, &start,
	    PATIENCE_SETTLE);
	if (serves)
		serves = box_wait(stage->box, box_start_waits, &start,
		    PATIENCE_STRAGGLER) ||
		    box_waiting(stage->box, start) != 0;
	struct start *s = &stage->run->starts[start];
	s->daemon = box_waiting(stage->box, start);
	s->settled = s->daemon != 0 && box_traced(stage->box);
	s->ready = s->daemon != 0 && !box_traced(stage->box);
	if (!serves)
		record_timeout(stage, start);
}

/* What stage_settle_all waits for. */
struct crowd {
	const struct run *run;
};

static bool
all_wait(const struct box *box, const void *argument)
{
	const struct crowd *crowd = argument;
	size_t launched = 0;

	for (size_t i = 0; i < crowd->run->start_count; i++)
		launched += crowd->run->starts[i].ended;
	return launched == crowd->run->start_count &&
	    box_all_wait(box);
}

void
stage_settle_all(struct stage *stage)
{
	struct crowd crowd = { stage->run };
	struct run *run = stage->run;

	if (!box_wait(stage->box, all_wait, &crowd, PATIENCE_SETTLE))
		record_timeout(stage, 0);
	/* Which is whose can't be told, nor does it matter. */
	for (size_t i = 0; i < run->start_count; i++) {
		run->starts[i].daemon = box_waiting(stage->box, (int)i);
		run->starts[i].ready = run->starts[i].daemon != 0;
	}
}

struct snapshot *
stage_snapshot(struct stage *stage, const char *moment)
{
	return box_snapshot(stage->box, moment);
}

struct snapshot *
stage_play(struct stage *stage, const char *name, const struct twist *twist,
    const char *moment)
{
	int start = stage_start(stage, name, twist);

	stage_settle(stage, start);
	return stage_snapshot(stage, moment);
}

int
stage_daemon(const struct stage *stage, int start)
{
	return stage->run->starts[start].daemon;
}

/* --- looking and touching ------------------------------------------------ */

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

void
stage_ps(struct stage *stage, struct snapshot *shot)
{
	struct start_request request;
	int fds[START_FDS] = { -1, -1, -1, -1 };
	int ends[2];

	memset(&request, 0, sizeof(request));
	request.tool = true;
	request.drop_capability = -1;
	snprintf(request.program, sizeof(request.program), "/usr/bin/ps");
	snprintf(request.directory, sizeof(request.directory), "/");
	request.stdio[0] = STDIO_CLOSED;
	request.stdio[1] = request.stdio[2] = STDIO_PASSED;
	for (size_t i = 0; ps_command[i] != NULL; i++)
		push(&request, &request.argc, text("%s", ps_command[i]));
	if (pipe2(ends, O_CLOEXEC) == -1) {
		stage_fault(stage, "make a pipe for", "ps");
		return;
	}
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	fds[START_OUTPUT] = ends[1];
	int start = box_start(stage->box, "ps", -1, &request, fds);
	stage->run->starts[start].command = command_line(&request);
	if (!box_wait(stage->box, box_start_ended, &start, PATIENCE_SETTLE)) {
		errno = ETIMEDOUT;
		stage_fault(stage, "wait for", "ps");
	}
	char *output = drain(ends[0]);
	close(ends[0]);
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

	if (daemon == 0 || box_signal(stage->box, daemon, number) == -1)
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

	if (daemon == 0 || box_signal(stage->box, daemon, number) == -1)
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

	if (daemon == 0 || box_signal(stage->box, daemon, number) == -1)
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

	(void)box;
	return chatter->run->message_count >= chatter->count;
}

void
stage_wait_messages(struct stage *stage, unsigned count, int *senders)
{
	struct chatter chatter = { stage->run, count };

	box_wait(stage->box, has_messages, &chatter, PATIENCE_STRAGGLER);
	for (size_t i = 0; i < stage->run->message_count; i++) {
		int pid = stage->run->messages[i].pid;
		if (senders[0] == 0)
			senders[0] = pid;
		else if (pid != senders[0] && senders[1] == 0)
			senders[1] = pid;
	}
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
	if (daemon == 0 || box_signal(stage->box, daemon, number) == -1)
		return false;
	return box_wait(stage->box, box_reaped, &daemon, PATIENCE_STRAGGLER);
}

/* --- the common beginning, and the frame of all -------------------------- */

struct snapshot *
play_traced(struct stage *stage)
{
	struct twist twist = { .gate = true, .pipe = true };

	return stage_play(stage, "first", &twist, "after");
}

struct snapshot *
play_plain(struct stage *stage, const struct twist *twist)
{
	struct twist whole = *twist;

	whole.redirected = !twist->closed;
	whole.pipe = true;
	whole.mask = stage->course->plain_mask;
	whole.directory = "/";
	struct snapshot *shot = stage_play(stage, "first", &whole, "after");
	stage_ps(stage, shot);
	return shot;
}

/* What redirected programs printed stands in a file of the box. */
static void
collect_output(struct stage *stage)
{
	struct snapshot shot = { .moment = NULL };
	struct run wrapper = { .snapshots = NULL };

	stage_look(stage, &shot, "/tmp/output");
	for (size_t i = 0; i < stage->run->start_count; i++) {
		struct start *start = &stage->run->starts[i];
		if (start->output == NULL && shot.files[0].content != NULL)
			start->output = text("%s", shot.files[0].content);
	}
	*observation_add(&wrapper, snapshots, snapshot_count) = shot;
	run_free(&wrapper);
}

static void
list_opened(struct run *run)
{
	const struct snapshot *shot = find_snapshot(run, "before");
	char *all = NULL;

	for (size_t i = 0; shot != NULL && i < shot->process_count; i++) {
		const struct process *process = &shot->processes[i];
		if (strcmp(process->role, "program") != 0)
			continue;
		for (size_t j = 0; j < process->descriptor_count; j++) {
			char *longer = text("%s%s%d", all == NULL ? "" : all,
			    all == NULL ? "" : " ",
			    process->descriptors[j].number);
			free(all);
			all = longer;
		}
	}
	if (all != NULL)
		run_fact(run, "opened", "%s", all);
	free(all);
}

void
stage_run(struct run *run, const struct course *course,
    const struct play *play, void (*hand_over)(const struct run *run))
{
	struct box_plan plan = {
		.mode = course->mode, .traced = play->traced,
		.memory = course->step->number == 9,
		.locks = course->step->number == 8,
		.program = course->program, .name = course->step->name,
	};
	struct stage stage = {
		.course = course, .run = run, .terminal = -1, .pipe = -1,
	};

	run->name = text("%s", play->name);
	run->traced = play->traced;
	stage.box = box_open(run, &plan);
	if (course->mode == BOX_PLAIN)
		run_fact(run, "syslog.skipped", "%s", N_("without a mount "
		    "namespace /dev/log is the machine's own"));
	if (!box_broken(stage.box)) {
		furnish(&stage);
		play->play(&stage);
		collect_output(&stage);
		note_new_files(&stage);
		list_opened(run);
	}
	box_finish(stage.box);
	hand_over(run);
	box_close(stage.box);
	free(stage.before);
}

/* --- a shell to play in ---------------------------------------------------- */

/* Opened before the box is entered: later they are out of reach. */
static void
open_programs(const char *folder, int *programs)
{
	for (const struct step *step = steps; step->name != NULL; step++) {
		char *path = text("%s/%s", folder, step->name);
		programs[step->number] = open(path, O_RDONLY | O_CLOEXEC);
		free(path);
	}
}

static int
start_shell(struct stage *stage)
{
	struct start_request request;
	int fds[START_FDS] = { -1, -1, -1, -1 };

	memset(&request, 0, sizeof(request));
	request.drop_capability = -1;
	request.interactive = true;
	request.mask = 022;
	stage->terminal = box_terminal(stage->box, request.terminal,
	    sizeof(request.terminal));
	snprintf(request.program, sizeof(request.program), "/bin/bash");
	char *directory = box_path(stage->box, "/home/student");
	snprintf(request.directory, sizeof(request.directory), "%s",
	    directory);
	free(directory);
	push(&request, &request.argc, text("bash"));
	push(&request, &request.argc, text("--norc"));
	/* Line editing would lose the end of a script's input. */
	if (!isatty(STDIN_FILENO))
		push(&request, &request.argc, text("--noediting"));
	push_environment(stage, &request, true);
	push(&request, &request.envc, text("PS1=lab:\\w\\$ "));
	return box_start(stage->box, "shell", stage->terminal, &request, fds);
}

int
stage_shell(struct run *run, const struct course *course,
    const char *programs, void (*bring)(struct stage *, int *programs))
{
	struct box_plan plan = {
		.mode = course->mode, .program = course->program,
		.name = course->step->name,
	};
	struct stage stage = {
		.course = course, .run = run, .terminal = -1, .pipe = -1,
	};
	int opened[16], status = 99;

	open_programs(programs, opened);
	stage.box = box_open(run, &plan);
	if (!box_broken(stage.box)) {
		if (course->mode != BOX_PLAIN)
			bring(&stage, opened);
		furnish(&stage);
		int start = start_shell(&stage);
		box_talk(stage.box, stage.terminal, start);
		free(stage.before);
		if (run->starts[start].ended)
			status = WIFEXITED(run->starts[start].status) ?
			    WEXITSTATUS(run->starts[start].status) : 1;
	}
	box_close(stage.box);
	return status;
}
