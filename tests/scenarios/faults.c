/*
 * faults - each system call of the step's technique fails, one after another
 *
 * A first start, with strace at its side, shows which calls the technique
 * makes; then there is one more start for each of them, in which strace makes
 * that call fail.  All of them live in one box, at the same time.
 *
 * Facts: "fault-1" = "chdir EACCES", what failed; "fault-1.line" strace's
 * word of it; "fault-1.end" = the wait status of the process in which it
 * failed, or "lives", "hangs", "missed" (the call was never made).  Start
 * "fault-1" is the start, its daemon who serves in spite of it; "unharmed" is
 * the first.  Snapshot "after" has them all, with the step's files; the pid
 * file of each has its number behind a point ("unharmed": 0).
 */
#define _GNU_SOURCE
#include <sys/syscall.h>

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "language.h"
#include "observe/proc.h"
#include "scenarios/scenario.h"
#include "scenarios/set.h"

enum { MOST_FAULTS = 16, MOST_PATHS = 6 };

/* Which of a call's uses belong to the technique. */
enum use {
	ANY,
	BY_LAUNCHER,		/* the fork of 01 */
	BY_OTHERS,		/* the fork of 03 */
	ON_PATH,		/* names one of the step's own paths */
	FIRST_ON_PATH,		/* open_log's; log_message could tell nobody */
	ELSEWHERE,		/* names the path of no other step */
	HIGH,			/* on a descriptor above the standard ones */
	WITH_WORD		/* has a certain word in it */
};

/*
 * The calls that can fail, each with an errno that its man page makes likely.
 * What can't fail isn't here (umask, getpid), nor what the kernel does even
 * where it says no (close), nor connect to /dev/log: a daemon may well start
 * before the one that logs.
 */
struct frailty {
	int step;
	const char *name;
	long number;
	const char *error;
	enum use use;
	const char *word;
};

static const struct frailty frailties[] = {
	{ 1, "clone", SYS_clone, "EAGAIN", BY_LAUNCHER, NULL },
	{ 1, "clone3", SYS_clone3, "EAGAIN", BY_LAUNCHER, NULL },
	{ 2, "setsid", SYS_setsid, "EPERM", ANY, NULL },
	{ 2, "setpgid", SYS_setpgid, "EPERM", ANY, NULL },
	{ 3, "clone", SYS_clone, "EAGAIN", BY_OTHERS, NULL },
	{ 3, "clone3", SYS_clone3, "EAGAIN", BY_OTHERS, NULL },
	{ 4, "close_range", SYS_close_range, "ENOSYS", ANY, NULL },
	{ 4, "openat", SYS_openat, "EACCES", ON_PATH, NULL },
	{ 5, "openat", SYS_openat, "EACCES", ON_PATH, NULL },
	{ 5, "dup", SYS_dup, "EMFILE", ANY, NULL },
	{ 5, "dup3", SYS_dup3, "EBUSY", ANY, NULL },
	{ 5, "fcntl", SYS_fcntl, "EMFILE", WITH_WORD, "F_DUPFD" },
	{ 6, "chdir", SYS_chdir, "EACCES", ANY, NULL },
	{ 6, "fchdir", SYS_fchdir, "EACCES", ANY, NULL },
	{ 6, "openat", SYS_openat, "EACCES", ON_PATH, NULL },
	{ 8, "openat", SYS_openat, "EACCES", ON_PATH, NULL },
	{ 8, "newfstatat", SYS_newfstatat, "EACCES", ON_PATH, NULL },
	{ 8, "statx", SYS_statx, "EACCES", ON_PATH, NULL },
	{ 8, "flock", SYS_flock, "ENOLCK", ANY, NULL },
	{ 8, "fcntl", SYS_fcntl, "ENOLCK", WITH_WORD, "SETLK" },
	{ 8, "ftruncate", SYS_ftruncate, "EIO", ANY, NULL },
	{ 8, "write", SYS_write, "ENOSPC", HIGH, NULL },
	{ 8, "pwrite64", SYS_pwrite64, "ENOSPC", HIGH, NULL },
	{ 9, "rt_sigaction", SYS_rt_sigaction, "EINVAL", WITH_WORD,
	    "SIGTERM, {" },
	{ 9, "rt_sigaction", SYS_rt_sigaction, "EINVAL", WITH_WORD,
	    "SIGHUP, {" },
	{ 9, "rt_sigaction", SYS_rt_sigaction, "EINVAL", WITH_WORD,
	    "SIGPIPE, {" },
	{ 9, "rt_sigprocmask", SYS_rt_sigprocmask, "EINVAL", WITH_WORD,
	    "SIG_UNBLOCK" },
	{ 9, "pipe2", SYS_pipe2, "EMFILE", ANY, NULL },
	{ 10, "openat", SYS_openat, "EACCES", FIRST_ON_PATH, NULL },
	{ 11, "openat", SYS_openat, "EACCES", ON_PATH, NULL },
	{ 11, "chdir", SYS_chdir, "EACCES", ELSEWHERE, NULL },
	{ 11, "fchdir", SYS_fchdir, "EACCES", ANY, NULL },
	{ 11, "chroot", SYS_chroot, "EPERM", ANY, NULL },
	{ 12, "openat", SYS_openat, "EMFILE", ON_PATH, NULL },
	{ 12, "setgroups", SYS_setgroups, "EPERM", ANY, NULL },
	{ 12, "setgid", SYS_setgid, "EPERM", ANY, NULL },
	{ 12, "setregid", SYS_setregid, "EPERM", ANY, NULL },
	{ 12, "setresgid", SYS_setresgid, "EPERM", ANY, NULL },
	{ 12, "setuid", SYS_setuid, "EAGAIN", ANY, NULL },
	{ 12, "setreuid", SYS_setreuid, "EAGAIN", ANY, NULL },
	{ 12, "setresuid", SYS_setresuid, "EAGAIN", ANY, NULL },
	{ 12, "capset", SYS_capset, "EPERM", ANY, NULL },
	/* Newer machines have never had these. */
#ifdef SYS_fork
	{ 1, "fork", SYS_fork, "EAGAIN", BY_LAUNCHER, NULL },
	{ 1, "vfork", SYS_vfork, "EAGAIN", BY_LAUNCHER, NULL },
	{ 3, "fork", SYS_fork, "EAGAIN", BY_OTHERS, NULL },
	{ 3, "vfork", SYS_vfork, "EAGAIN", BY_OTHERS, NULL },
	{ 5, "open", SYS_open, "EACCES", ON_PATH, NULL },
	{ 5, "dup2", SYS_dup2, "EBUSY", ANY, NULL },
	{ 6, "open", SYS_open, "EACCES", ON_PATH, NULL },
	{ 8, "open", SYS_open, "EACCES", ON_PATH, NULL },
	{ 8, "creat", SYS_creat, "EACCES", ON_PATH, NULL },
	{ 8, "link", SYS_link, "EACCES", ON_PATH, NULL },
	{ 8, "lstat", SYS_lstat, "EACCES", ON_PATH, NULL },
	{ 8, "rename", SYS_rename, "EACCES", ON_PATH, NULL },
	{ 8, "stat", SYS_stat, "EACCES", ON_PATH, NULL },
	{ 10, "open", SYS_open, "EACCES", FIRST_ON_PATH, NULL },
	{ 11, "open", SYS_open, "EACCES", ON_PATH, NULL },
#endif
};

enum { FRAILTIES = sizeof(frailties) / sizeof(*frailties) };

/* One fault of a plan. */
struct fault {
	const struct frailty *frailty;
	int ordinal;		/* among its process's calls of that name */
	bool by_launcher;
	int start, gate;
	int launcher;		/* its PID outside */
	char *pid_file, *title;
};

struct plan {
	struct stage *stage;
	struct fault faults[MOST_FAULTS];
	size_t count;
	char *paths[MOST_PATHS];	/* what the step's calls may name */
	size_t path_count;
	int launcher;		/* of "unharmed", outside */
};

static void
add_path(struct plan *plan, const char *format, const char *path)
{
	plan->paths[plan->path_count++] = text(format, path);
}

/* A name, however it is opened: whole, or from its directory. */
static void
add_name(struct plan *plan, const char *format, const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder = text("%.*s", (int)(slash - path), path);

	add_path(plan, format, slash + 1);
	add_path(plan, "\"%s\"", folder);
	free(folder);
}

static void
name_paths(struct plan *plan)
{
	const struct course *course = plan->stage->course;

	switch (course->step->number) {
	case 4:
		add_path(plan, "%s", "/fd");
		break;
	case 5:
		add_path(plan, "%s", "/dev/null");
		break;
	case 6:
		add_name(plan, "%s\"", course->directory);
		break;
	case 8:		/* a file that will be renamed has a longer name */
		add_name(plan, "%s", course->pid_file);
		break;
	case 10:
		add_name(plan, "%s\"", course->log_file);
		break;
	case 11:
		add_name(plan, "%s\"", course->jail);
		break;
	case 12:
		add_path(plan, "%s", "/etc/passwd");
		add_path(plan, "%s", "/etc/group");
	}
}

static bool
names_path(const struct plan *plan, const char *arguments)
{
	for (size_t i = 0; i < plan->path_count; i++)
		if (strstr(arguments, plan->paths[i]) != NULL)
			return true;
	return false;
}

static bool
is_used(const struct plan *plan, const struct frailty *frailty,
    const struct event *event)
{
	switch (frailty->use) {
	case BY_LAUNCHER:
		return event->pid == plan->launcher;
	case BY_OTHERS:
		return event->pid != plan->launcher;
	case ON_PATH:
		return names_path(plan, event->arguments);
	case FIRST_ON_PATH:
		return plan->count == 0 && names_path(plan, event->arguments);
	case ELSEWHERE:
		return strstr(event->arguments,
		    plan->stage->course->directory) == NULL;
	case HIGH:
		return atoi(event->arguments) > 2;
	case WITH_WORD:
		return strstr(event->arguments, frailty->word) != NULL;
	default:
		return true;
	}
}

static const struct frailty *
frailty_of(const struct plan *plan, const struct event *event)
{
	for (size_t i = 0; i < FRAILTIES; i++)
		if (frailties[i].step == plan->stage->course->step->number &&
		    strcmp(frailties[i].name, event->name) == 0 &&
		    is_used(plan, &frailties[i], event))
			return &frailties[i];
	return NULL;
}

static int
ordinal(const struct run *told, size_t at)
{
	const struct event *event = &told->events[at];
	int count = 1;

	for (size_t i = 0; i < at; i++)
		count += told->events[i].pid == event->pid &&
		    strcmp(told->events[i].name, event->name) == 0;
	return count;
}

/* A dummy that isn't itself the fault would have an effect: shell.c. */
static bool
can_be_aimed(const struct fault *fault)
{
	static const char *const never[] = { "setsid", "fork", "vfork" };

	for (size_t i = 0; i < sizeof(never) / sizeof(*never); i++)
		if (!fault->by_launcher && fault->ordinal > 1 &&
		    strcmp(fault->frailty->name, never[i]) == 0)
			return false;
	return true;
}

/* What has failed by itself need not be made to fail. */
static void
draw_plan(struct plan *plan, const struct run *told)
{
	for (size_t i = 0; i < told->event_count; i++) {
		const struct event *event = &told->events[i];
		const struct frailty *frailty = NULL;

		if (strcmp(event->kind, "call") == 0 && event->error == NULL)
			frailty = frailty_of(plan, event);
		if (frailty == NULL || plan->count == MOST_FAULTS)
			continue;
		plan->faults[plan->count] = (struct fault){
			.frailty = frailty, .ordinal = ordinal(told, i),
			.by_launcher = event->pid == plan->launcher,
		};
		plan->count += can_be_aimed(&plan->faults[plan->count]);
	}
}

/* "?clone,?dup2": a name that this machine doesn't know is no mistake. */
static char *
calls_of_step(int step)
{
	char *all = text("%s", "");

	for (size_t i = 0; i < FRAILTIES; i++) {
		if (frailties[i].step != step)
			continue;
		char *longer = text("%s%s?%s", all, all[0] ? "," : "",
		    frailties[i].name);
		free(all);
		all = longer;
	}
	return all;
}

/* Each start has a pid file of its own, with a longer PID in it: what the
 * technique leaves undone shows. */
static int
hold(struct stage *stage, const char *name, const char *title,
    const char *pid_file, const struct fault *fault, int *gate)
{
	struct twist twist = { .title = title, .pid_file = pid_file };

	if (fault != NULL && !fault->by_launcher) {
		twist.dummy = fault->frailty->number;
		twist.dummies = fault->ordinal;
	}
	if (stage->course->step->number == 8)
		stage_write(stage, pid_file, "4194304000\n");
	return stage_hold(stage, name, &twist, gate);
}

static bool
follow(struct stage *stage, int start, const char *calls, const char *fault)
{
	bool launched = box_wait(stage->box, box_start_launched, &start,
	    PATIENCE_SETTLE);

	errno = ETIMEDOUT;
	if (launched && box_follow(stage->box, start, calls, fault) == 0)
		return true;
	stage_fault(stage, "follow with strace the start",
	    stage->run->starts[start].name);
	return false;
}

/* Without ptrace nothing can be shown: the machine's reason. */
static bool
is_followed(struct stage *stage, int start)
{
	if (box_followed(stage->box, start))
		return true;
	if (stage->run->skipped == NULL)
		stage->run->skipped = text("%s", N_("strace can't attach to "
		    "a process here: allow ptrace(2)"));
	return false;
}

/* Whose strace traces it is whose it is. */
static void
assign_daemons(struct stage *stage)
{
	struct run *run = stage->run;
	struct snapshot *shot = &run->snapshots[run->snapshot_count - 1];

	for (size_t i = 0; i < run->start_count; i++)
		run->starts[i].daemon = 0;
	for (size_t i = 0; i < shot->process_count; i++) {
		int pid = shot->processes[i].pid;
		int start = box_rounds(stage->box, pid) == 0 ? -1 :
		    box_follower_of(stage->box, pid);

		if (start == -1)
			continue;
		run->starts[start].daemon = pid;
		run->starts[start].ready = true;
	}
}

static bool
all_wait(const struct box *box, const void *unused)
{
	(void)unused;
	return box_all_wait(box);
}

/* Starts the program unharmed; true where it serves. */
static bool
play_unharmed(struct plan *plan)
{
	struct stage *stage = plan->stage;
	char *calls = calls_of_step(stage->course->step->number);
	char *pid_file = text("%s.0", stage->course->pid_file);
	int gate = -1;
	int start = hold(stage, "unharmed", stage->course->step->name,
	    pid_file, NULL, &gate);
	bool serves = follow(stage, start, calls, NULL) &&
	    is_followed(stage, start);

	plan->launcher = box_host_pid(stage->box,
	    stage->run->starts[start].launcher);
	stage_release(stage, start, gate);
	if (serves) {
		struct run told;
		serves = box_wait(stage->box, all_wait, NULL,
		    PATIENCE_SETTLE);
		box_told(stage->box, start, false, &told);
		draw_plan(plan, &told);
		run_free(&told);
	}
	free(pid_file);
	free(calls);
	return serves;
}

static void
hold_all(struct plan *plan)
{
	const struct course *course = plan->stage->course;

	for (size_t i = 0; i < plan->count; i++) {
		struct fault *fault = &plan->faults[i];
		char *name = text("fault-%zu", i + 1);

		fault->gate = -1;
		fault->pid_file = text("%s.%zu", course->pid_file, i + 1);
		fault->title = text("%s.%zu", course->step->name, i + 1);
		fault->start = hold(plan->stage, name, fault->title,
		    fault->pid_file, fault, &fault->gate);
		run_fact(plan->stage->run, name, "%s %s",
		    fault->frailty->name, fault->frailty->error);
		free(name);
	}
}

static void
release_all(struct plan *plan)
{
	bool held = true;

	for (size_t i = 0; i < plan->count; i++) {
		struct fault *fault = &plan->faults[i];
		char *what = text("%s:error=%s:when=%d", fault->frailty->name,
		    fault->frailty->error, fault->ordinal);

		held = held && follow(plan->stage, fault->start,
		    fault->frailty->name, what);
		fault->launcher = box_host_pid(plan->stage->box,
		    plan->stage->run->starts[fault->start].launcher);
		free(what);
	}
	for (size_t i = 0; i < plan->count; i++)
		held = held && is_followed(plan->stage, plan->faults[i].start);
	for (size_t i = 0; i < plan->count; i++)
		stage_release(plan->stage, plan->faults[i].start,
		    plan->faults[i].gate);
}

static const struct event *
find_end(const struct run *told, int pid)
{
	for (size_t i = 0; i < told->event_count; i++)
		if (told->events[i].pid == pid &&
		    (strcmp(told->events[i].kind, "exit") == 0 ||
		    strcmp(told->events[i].kind, "killed") == 0))
			return &told->events[i];
	return NULL;
}

/* The last that was hit, other than the dummy: the same call of a process
 * that came between was, if it went on, no matter. */
static const struct event *
find_hit(const struct run *told, int launcher)
{
	for (size_t i = told->event_count; i > 0; i--)
		if (told->events[i - 1].injected &&
		    told->events[i - 1].pid != launcher)
			return &told->events[i - 1];
	return NULL;
}

/* "clone(...) = -1 EAGAIN (...) (INJECTED)", without the PID outside. */
static const char *
without_pid(const char *line)
{
	while (isdigit((unsigned char)*line))
		line++;
	return line + strspn(line, " ");
}

static void
note_fault(struct plan *plan, size_t number, bool settled)
{
	const struct fault *fault = &plan->faults[number - 1];
	struct run *run = plan->stage->run, told;
	const struct start *start = &run->starts[fault->start];
	char *line = text("fault-%zu.line", number);
	char *end = text("fault-%zu.end", number);
	bool lives = start->daemon != 0;

	box_told(plan->stage->box, fault->start, settled && !lives, &told);
	const struct event *hit = find_hit(&told, fault->by_launcher ? 0 :
	    fault->launcher);
	const struct event *last = hit == NULL ? NULL :
	    find_end(&told, hit->pid);
	if (hit == NULL)
		run_fact(run, end, "missed");
	else
		run_fact(run, line, "%s", without_pid(hit->line));
	if (last != NULL)
		run_fact(run, end, "%ld", strcmp(last->kind, "exit") == 0 ?
		    last->result << 8 : last->result);
	else if (hit != NULL)
		run_fact(run, end, lives ? "lives" : "hangs");
	run_free(&told);
	free(end);
	free(line);
}

static void
look(struct plan *plan)
{
	const struct course *course = plan->stage->course;
	struct snapshot *shot = stage_snapshot(plan->stage, "after");

	assign_daemons(plan->stage);
	stage_look(plan->stage, shot, course->directory);
	stage_look(plan->stage, shot, course->jail);
	stage_look(plan->stage, shot, course->log_file);
	for (size_t i = 0; i <= plan->count; i++) {
		char *pid_file = text("%s.%zu", course->pid_file, i);

		stage_look(plan->stage, shot, pid_file);
		free(pid_file);
	}
}

void
play_faults(struct stage *stage)
{
	struct plan plan = { .stage = stage };
	bool settled = true;

	name_paths(&plan);
	if (play_unharmed(&plan) && stage->run->fault == NULL) {
		hold_all(&plan);
		release_all(&plan);
		settled = box_wait(stage->box, all_wait, NULL,
		    PATIENCE_SETTLE);
	}
	look(&plan);
	for (size_t i = 0; i < plan.count; i++)
		note_fault(&plan, i + 1, settled);
	for (size_t i = 0; i < plan.count; i++) {
		free(plan.faults[i].pid_file);
		free(plan.faults[i].title);
	}
	for (size_t i = 0; i < plan.path_count; i++)
		free(plan.paths[i]);
}
