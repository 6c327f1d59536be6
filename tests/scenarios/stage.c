/*
 * stage - starts the program in its box, and waits until it serves
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "observe/proc.h"
#include "scenarios/set.h"

/* A string more in a request; arguments first, then the environment. */
void
stage_push(struct start_request *request, int *count, char *string)
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
	stage_push(request, &request->argc, text("--%s", name));
	stage_push(request, &request->argc, value);
}

/* bbserve has a configuration where the steps have options. */
static void
push_service(const struct stage *stage, struct start_request *request,
    const struct twist *twist)
{
	const char *config = twist->config != NULL ? twist->config :
	    stage->course->config;

	stage_push(request, &request->argc, text("-c"));
	stage_push(request, &request->argc, text("%s", config));
	stage_push(request, &request->argc, text("-f"));
	stage_push(request, &request->argc, text("%s", twist->extra[0] != NULL ?
	    twist->extra[0] : stage->course->board));
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

	if (number == CAPSTONE) {
		push_service(stage, request, twist);
		return;
	}
	if (number >= 4)
		push_option(request, "lowest", text("%d", twist->lowest));
	if (number >= 6)
		push_option(request, "directory",
		    strcmp(directory, "/") == 0 ? text("/") :
		    box_path(box, directory));
	if (number >= 7)
		push_option(request, "umask", text("%03o",
		    twist->mask != NULL ? *twist->mask : course->mask));
	if (number >= 8)
		push_option(request, "pid-file", box_path(box, pid_file));
	if (number >= 9)
		push_option(request, "config", box_path(box, course->config));
	if (number >= 10)
		push_option(request, "log-file",
		    box_path(box, course->log_file));
	if (number >= 11)
		push_option(request, "jail", box_path(box,
		    twist->jail != NULL ? twist->jail : course->jail));
	if (number >= 12)
		push_option(request, "user", text("%s",
		    twist->user != NULL ? twist->user : course->user));
	for (size_t i = 0; i < 8 && twist->extra[i] != NULL; i++)
		stage_push(request, &request->argc,
		    text("%s", twist->extra[i]));
}

void
stage_push_environment(const struct stage *stage, struct start_request *request,
    bool traced)
{
	static const char *const always[] = {
		"PATH=/home/student:/usr/bin:/bin", "HOME=/home/student",
		"LANG=C.UTF-8", "TERM=xterm", "USER=root", "LOGNAME=root",
		"SHELL=/bin/sh",
	};
	static const char *const passed[] = { "ASAN_OPTIONS", "UBSAN_OPTIONS" };

	for (size_t i = 0; i < sizeof(always) / sizeof(*always); i++)
		stage_push(request, &request->envc, text("%s", always[i]));
	for (size_t i = 0; i < sizeof(passed) / sizeof(*passed); i++)
		if (getenv(passed[i]) != NULL)
			stage_push(request, &request->envc, text("%s=%s",
			    passed[i], getenv(passed[i])));
	/* Each malloc becomes a system call: one in a handler is seen. */
	if (traced && stage->course->step->number == 9)
		stage_push(request, &request->envc, text("%s",
		    "GLIBC_TUNABLES=glibc.malloc.mmap_threshold=0"));
	/* A traced run has a better event: rt_sigsuspend itself. */
	if (!traced)
		stage_push(request, &request->envc, text("NOTIFY_SOCKET=%s",
		    box_ready_name(stage->box)));
}

static void
set_stdio(struct stage *stage, struct start_request *request,
    const struct twist *twist, int *fds)
{
	int ends[2];

	for (int i = 0; i < 3; i++)
		request->stdio[i] = twist->redirected ? STDIO_FILE :
		    STDIO_TERMINAL;
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

/*
 * A word as it would be typed at a shell: in single quotes where the shell
 * would take some of its characters for more than themselves.  Malloc'ed.
 */
static char *
typed(const char *word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789%+,-./:=@_";
	char *all, *longer;

	if (*word != '\0' && word[strspn(word, plain)] == '\0')
		return text("%s", word);
	all = text("'");
	while (*word != '\0') {
		int length = (int)strcspn(word, "'");

		longer = text("%s%.*s%s", all, length, word,
		    word[length] == '\0' ? "" : "'\\''");
		free(all);
		all = longer;
		word += length + (word[length] != '\0');
	}
	longer = text("%s'", all);
	free(all);
	return longer;
}

char *
stage_command_line(const struct start_request *request)
{
	char *all = typed(request->strings);
	const char *next = request->strings + strlen(request->strings) + 1;

	for (int i = 1; i < request->argc; i++) {
		char *word = typed(next);
		char *longer = text("%s %s", all, word);

		free(word);
		free(all);
		all = longer;
		next += strlen(next) + 1;
	}
	return all;
}

/* What the program is called: its own name, or what the twist says. */
static char *
first_word(const struct stage *stage, const struct twist *twist)
{
	const struct step *step = stage->course->step;

	if (twist->title != NULL)
		return text("%s", twist->title);
	/* As a path, where a whole name could be taken for its own. */
	return text("%s", step->number == 10 ? box_program(stage->box) :
	    step_program(step));
}

static void
fill_request(struct stage *stage, struct start_request *request,
    const struct twist *twist)
{
	char *directory = box_path(stage->box, "/start");

	memset(request, 0, sizeof(*request));
	snprintf(request->program, sizeof(request->program), "%s",
	    box_program(stage->box));
	snprintf(request->directory, sizeof(request->directory), "%s",
	    directory);
	free(directory);
	request->mask = START_MASK;
	request->block = twist->block;
	request->ignore = twist->ignore;
	request->no_fork = twist->no_fork;
	request->dummy = twist->dummy;
	request->dummies = twist->dummies;
	request->drop_capability = twist->drop_capability != 0 ?
	    twist->drop_capability : -1;
	stage_push(request, &request->argc, first_word(stage, twist));
	push_options(stage, request, twist);
	stage_push_environment(stage, request, box_traced(stage->box));
}

/* Its session's end sends SIGHUP: the start has to ignore it. */
static void
end_shell(struct stage *stage, int start)
{
	const int shell = stage->run->starts[start].shell;

	if (box_signal(stage->box, shell, SIGKILL, 1) == -1 ||
	    !box_wait(stage->box, box_reaped, &shell, PATIENCE_SETTLE))
		stage_fault(stage, "end", "the shell");
}

int
stage_hold(struct stage *stage, const char *name, const struct twist *twist,
    int *gate)
{
	struct start_request request;
	int fds[START_FDS] = { -1, -1, -1, -1 };
	int ends[2];

	fill_request(stage, &request, twist);
	stage->terminal = box_terminal(stage->box, request.terminal,
	    sizeof(request.terminal));
	set_stdio(stage, &request, twist, fds);
	if (gate != NULL && pipe2(ends, O_CLOEXEC) == 0) {
		fds[START_GATE] = ends[0];
		*gate = ends[1];
	}
	int start = box_start(stage->box, name, stage->terminal, &request,
	    fds);
	stage->run->starts[start].command = stage_command_line(&request);
	return start;
}

void
stage_release(struct stage *stage, int start, int gate)
{
	if (write(gate, "", 1) != 1)
		stage_fault(stage, "open the gate of",
		    stage->run->starts[start].name);
	close(gate);
}

int
stage_start(struct stage *stage, const char *name, const struct twist *twist)
{
	int gate = -1;
	int start = stage_hold(stage, name, twist, twist->gate ? &gate : NULL);

	if (gate != -1) {
		box_wait(stage->box, box_start_launched, &start,
		    PATIENCE_SETTLE);
		stage_snapshot(stage, "before");
		if (twist->orphan)
			end_shell(stage, start);
		stage_release(stage, start, gate);
	}
	return start;
}

enum {
	MOST_LOOKS = 100,	/* at a daemon that doesn't sleep yet */
	MOST_TOLD = 4,		/* processes named after a timeout */
	MANY_PIDS = 50		/* no daemon's start needs so many */
};

/* The kernel's word on a process that doesn't settle, for the verdict. */
static void
record_timeout(struct stage *stage, int start)
{
	struct snapshot shot = { .moment = NULL };
	struct run wrapper = { .snapshots = NULL };
	bool starved = false;
	int told = 0, newest = 0;
	char *all = NULL;

	if (box_broken(stage->box) || box_observe(stage->box, &shot) == -1)
		return;
	for (size_t i = 0; i < shot.process_count; i++) {
		const struct process *process = &shot.processes[i];
		if (strcmp(process->role, "program") != 0 ||
		    ++told > MOST_TOLD)
			continue;
		double cpu = proc_cpu_seconds(box_host_pid(stage->box,
		    process->pid));
		starved = starved || (process->state[0] == 'R' && cpu < 0.5);
		newest = process->pid > newest ? process->pid : newest;
		char *longer = text("%s%sPID %d %s (%.1f s)",
		    all == NULL ? "" : all, all == NULL ? "" : ", ",
		    process->pid, process->state, cpu);
		free(all);
		all = longer;
	}
	/* Who floods, or starts processes without end, starves itself. */
	if (starved && stage->run->fault == NULL &&
	    !box_flooded(stage->box) && told <= MOST_TOLD &&
	    (box_mode(stage->box) == BOX_PLAIN || newest < MANY_PIDS))
		stage->run->fault = text("the machine is too busy: %s", all);
	stage->run->timeout = text("%s: %s%s", stage->run->starts[start].name,
	    all == NULL ? "" : all, told > MOST_TOLD ? ", ..." : "");
	free(all);
	struct snapshot *kept =
	    observation_add(&wrapper, snapshots, snapshot_count);
	*kept = shot;
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

void
stage_await(struct stage *stage, int start)
{
	if (!box_wait(stage->box, box_start_serves, &start, PATIENCE_SETTLE))
		record_timeout(stage, start);
	stage->run->starts[start].daemon = box_waiting(stage->box, start);
}

static bool
all_wait(const struct box *box, const void *unused)
{
	(void)unused;
	return box_all_wait(box);
}

void
stage_settle_all(struct stage *stage)
{
	struct run *run = stage->run;

	if (!box_wait(stage->box, all_wait, NULL, PATIENCE_SETTLE))
		record_timeout(stage, 0);
	/* Which is whose can't be told, nor does it matter. */
	for (size_t i = 0; i < run->start_count; i++) {
		run->starts[i].daemon = box_waiting(stage->box, (int)i);
		run->starts[i].ready = run->starts[i].daemon != 0;
	}
}

/*
 * Is a daemon still on its way?  Whoever has said READY=1 closes the socket
 * for that, and holds SIGTERM and SIGHUP until sigsuspend(2) lets them in;
 * strace tells of that call before it is made.
 */
static bool
is_under_way(const struct stage *stage, const struct snapshot *shot)
{
	for (size_t i = 0; i < stage->run->start_count; i++) {
		const int daemon = stage->run->starts[i].daemon;
		const struct process *process = daemon == 0 ? NULL :
		    find_process(shot, daemon);

		if (process != NULL && process->state != NULL &&
		    strchr("RDt", process->state[0]) != NULL)
			return true;
	}
	return false;
}

/* Takes the last snapshot out of the run. */
static void
forget_snapshot(struct run *run)
{
	struct run wrapper = { .snapshots = NULL };
	struct snapshot *last =
	    observation_add(&wrapper, snapshots, snapshot_count);

	*last = run->snapshots[--run->snapshot_count];
	run_free(&wrapper);
}

/* What main.c does for a moment isn't the step's: it's looked at again. */
struct snapshot *
stage_snapshot(struct stage *stage, const char *moment)
{
	struct snapshot *shot = box_snapshot(stage->box, moment);

	for (int looks = 1; looks < MOST_LOOKS && is_under_way(stage, shot);
	    looks++) {
		forget_snapshot(stage->run);
		sched_yield();
		shot = box_snapshot(stage->box, moment);
	}
	return shot;
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
