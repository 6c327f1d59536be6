/*
 * checks - the judges common and 01 to 06, on observations made by hand
 *
 * A builder makes what a right program leaves; each row of a table spoils one
 * thing of it and says which status and cause must come.
 */
#define _GNU_SOURCE		/* SIGURG, O_CLOEXEC */

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "checks/check.h"
#include "checks/words.h"
#include "unit/checks.h"
#include "unit/unit.h"

enum { INIT = 1, SHELL = 2, LAUNCHER = 3, CHILD = 4, GRANDCHILD = 5 };
enum { NEGATIVE = 20 };		/* the shell of start "negative" */
enum { PTS = 34816, EXIT_1 = 1 << 8 };

static const char *const names[] = { "01-fork", "02-setsid", "03-refork",
	"04-close", "05-devnull", "06-chdir" };
static const struct check *const tables[] = { fork_checks, setsid_checks,
	refork_checks, close_checks, devnull_checks, chdir_checks };
enum { STEPS = sizeof(names) / sizeof(names[0]) };

/*
 * The builder.
 */

static void
set(char **old, const char *new)
{
	free(*old);
	*old = new != NULL ? text("%s", new) : NULL;
}

static void
add_number(int **array, size_t *count, int number)
{
	*(int *)observation_grow((void **)array, count, sizeof(**array)) =
	    number;
}

static struct process *
add_process(struct snapshot *shot, int pid, int ppid, const char *role)
{
	struct process *process = observation_add(shot, processes,
	    process_count);

	process->pid = pid;
	process->ppid = ppid;
	process->pgid = process->sid = pid;
	process->mask = 035;
	set(&process->state, "S");
	set(&process->role, role);
	set(&process->executable, "/run/lab/program");
	set(&process->cwd, "/start");
	set(&process->root, "/");
	process->cwd_identity = (struct identity){ 40, 2 };
	process->root_identity = (struct identity){ 30, 2 };
	set(&process->blocked, "0000000000400000");
	set(&process->ignored, "0000000000000800");
	for (int i = 0; i < 4; i++) {
		add_number(&process->uids, &process->uid_count, 0);
		add_number(&process->gids, &process->gid_count, 0);
	}
	add_number(&process->groups, &process->group_count, 4);
	add_number(&process->groups, &process->group_count, 20);
	return process;
}

static struct descriptor *
add_descriptor(struct process *process, int number, const char *target,
    const char *type)
{
	struct descriptor *one = observation_add(process, descriptors,
	    descriptor_count);

	one->number = number;
	set(&one->target, target);
	set(&one->type, type);
	one->identity = (struct identity){ 50, 100 + number };
	one->flags = O_RDWR;
	return one;
}

static void
add_null(struct process *process, int number)
{
	struct descriptor *one = add_descriptor(process, number, "/dev/null",
	    "character");

	one->major = 1;
	one->minor = 3;
	one->identity = (struct identity){ 6, 4 };
}

static void
add_start_descriptors(struct process *process, bool traced, int from)
{
	static const int numbers[] = { 9, 100, 5000, 6000 };

	for (int i = from; i < 3; i++) {
		if (traced)
			add_descriptor(process, i, "/dev/pts/0", "character")
			    ->major = 136;
		else
			add_descriptor(process, i, "/tmp/output",
			    i == 0 ? "pipe" : "file");
	}
	for (size_t i = 0; i < 4; i++)
		add_descriptor(process, numbers[i], "/tmp/leak",
		    numbers[i] == 100 ? "pipe" : "file");
}

static void
add_event(struct run *run, int pid, const char *name, const char *arguments,
    long result, const char *error)
{
	struct event *event = observation_add(run, events, event_count);

	event->pid = pid;
	set(&event->kind, "call");
	set(&event->name, name);
	set(&event->arguments, arguments);
	event->result = result;
	set(&event->error, error);
	event->finished = true;
	event->line = text("%d %s(%s) = %ld", pid, name, arguments, result);
}

static void
clear_events(struct run *run, const char *name)
{
	for (size_t i = 2; i < run->event_count; i++)
		if (strcmp(run->events[i].name, name) == 0)
			set(&run->events[i].name, "brk");
}

/* The first two are the shell's: they must never be taken for a step's. */
static void
add_events(struct run *run, int number)
{
	int last = number >= 3 ? GRANDCHILD : CHILD;

	add_event(run, LAUNCHER, "chdir", "\"/start\"", 0, NULL);
	add_event(run, LAUNCHER, "close_range", "0, 4294967295, 0", 0, NULL);
	add_event(run, LAUNCHER, "execve", "\"/run/lab/program\"", 0, NULL);
	add_event(run, LAUNCHER, "clone", "flags", CHILD, NULL);
	if (number >= 2)
		add_event(run, CHILD, "setsid", "", CHILD, NULL);
	if (number >= 3)
		add_event(run, CHILD, "clone", "flags", GRANDCHILD, NULL);
	if (number >= 4)
		add_event(run, last, "close_range", "0, 4294967295, 0", 0,
		    NULL);
	if (number >= 5)
		add_event(run, last, "openat",
		    "AT_FDCWD, \"/dev/null\", O_RDWR", 0, NULL);
	if (number >= 6)
		add_event(run, last, "chdir", "\"/work\"", 0, NULL);
	add_event(run, last, "rt_sigsuspend", "[URG], 8", -1, NULL);
	run->events[run->event_count - 1].finished = false;
}

static void
add_row(struct snapshot *shot, const struct process *process)
{
	struct row *row = observation_add(shot, rows, row_count);

	row->pid = process->pid;
	row->ppid = process->ppid;
	row->pgid = process->pgid;
	row->sid = process->sid;
	set(&row->terminal, process->terminal == 0 ? "?" : "pts/0");
	row->line = text("%d %d %d %d", row->pid, row->ppid, row->pgid,
	    row->sid);
}

static void
fill_descriptors(struct process *daemon, int number, bool traced)
{
	if (number < 4)
		add_start_descriptors(daemon, traced, 0);
	for (int i = 0; number == 4 && !traced && i < 3; i++)
		add_descriptor(daemon, i, "/tmp/output",
		    i == 0 ? "pipe" : "file");
	for (int i = 0; number >= 5 && i < 3; i++)
		add_null(daemon, i);
	if (number == 3 && !traced)
		add_descriptor(daemon, 3, "/dev/pts/1", "character")->major =
		    136;
}

/* The daemon that a right program of this step leaves. */
static void
add_daemon(struct snapshot *shot, int number, bool traced)
{
	int pid = number >= 3 ? GRANDCHILD : CHILD;
	struct process *daemon = add_process(shot, pid, INIT, "program");

	daemon->pgid = daemon->sid = number == 1 ? SHELL : CHILD;
	daemon->terminal = number == 1 ? PTS : 0;
	free(daemon->executable);
	daemon->executable = text("/run/lab/%s", names[number - 1]);
	fill_descriptors(daemon, number, traced);
	if (number >= 6) {
		set(&daemon->cwd, traced ? "/work" : "/");
		daemon->cwd_identity = traced ? (struct identity){ 41, 7 } :
		    daemon->root_identity;
	}
	if (!traced)
		add_row(shot, daemon);
}

static struct snapshot *
add_snapshot(struct run *run, const char *moment)
{
	struct snapshot *shot = observation_add(run, snapshots,
	    snapshot_count);

	set(&shot->moment, moment);
	add_process(shot, INIT, 0, "init");
	if (strcmp(moment, "hung-up") != 0)
		add_process(shot, SHELL, INIT, "shell")->terminal = PTS;
	return shot;
}

static void
add_start(struct run *run, int number)
{
	struct start *start = observation_add(run, starts, start_count);

	set(&start->name, "first");
	start->command = text("%s --lowest 0", names[number - 1]);
	start->shell = SHELL;
	start->launcher = LAUNCHER;
	start->ended = start->ready = start->settled = true;
	start->output = text("%s: starting; ", names[number - 1]);
	start->daemon = number >= 3 ? GRANDCHILD : CHILD;
}

static void
add_traced(struct observation *seen, int number)
{
	struct run *run = observation_add(seen, runs, run_count);
	struct snapshot *shot;
	struct process *before;
	struct file *file;

	set(&run->name, "traced");
	run->traced = true;
	add_start(run, number);
	before = add_process(add_snapshot(run, "before"), LAUNCHER, SHELL,
	    "program");
	add_start_descriptors(before, true, 0);
	shot = add_snapshot(run, "after");
	add_daemon(shot, number, true);
	file = observation_add(shot, files, file_count);
	set(&file->path, "/work");
	file->identity = (struct identity){ 41, 7 };
	run_fact(run, "opened", "0 1 2 9 100 5000 6000");
	run_fact(run, "new-files", "%s", "");
	run_fact(run, "shell", "gone");
	run_fact(run, "pipe", "end-of-file");
	run_fact(run, "unmount", "done");
	if (number == 2)
		add_daemon(add_snapshot(run, "hung-up"), number, true);
	add_events(run, number);
}

/* A second start, with a number that 04 must refuse. */
static void
add_negative(struct run *run)
{
	struct start *start = observation_add(run, starts, start_count);

	set(&start->name, "negative");
	start->shell = NEGATIVE;
	start->launcher = NEGATIVE + 1;
	start->ended = true;
	set(&start->output, "04-close: starting; 04-close: 04-close: Invalid "
	    "argument\r\n");
	add_snapshot(run, "negative");
}

static void
add_plain(struct observation *seen, int number)
{
	struct run *run = observation_add(seen, runs, run_count);

	set(&run->name, "plain");
	add_start(run, number);
	add_daemon(add_snapshot(run, "after"), number, false);
	if (number == 4)
		add_negative(run);
	run_fact(run, "terminal", "/dev/pts/1");
	run_fact(run, "pipe", "end-of-file");
	run_fact(run, "new-files", "%s", "");
}

/* Its shell is dead from the outset: nobody saw the launcher end. */
static void
add_orphan(struct observation *seen)
{
	struct run *run = observation_add(seen, runs, run_count);

	set(&run->name, "orphan");
	add_start(run, 1);
	run->starts[0].ended = false;
	add_daemon(add_snapshot(run, "after"), 1, false);
}

static void
add_no_fork(struct observation *seen)
{
	struct run *run = observation_add(seen, runs, run_count);

	set(&run->name, "no-fork");
	add_start(run, 1);
	run->starts[0].status = EXIT_1;
	run->starts[0].daemon = 0;
	set(&run->starts[0].output, "01-fork: 01-fork: Resource temporarily "
	    "unavailable\r\n01-fork: starting; ");
	add_snapshot(run, "after");
}

static void
build(struct observation *seen, int number)
{
	memset(seen, 0, sizeof(*seen));
	set(&seen->step, names[number - 1]);
	observation_setting(seen, "program", "%s", names[number - 1]);
	observation_setting(seen, "lowest", "0");
	observation_setting(seen, "plain.lowest", "3");
	observation_setting(seen, "directory", "/work");
	observation_setting(seen, "plain.directory", "/");
	observation_setting(seen, "start-directory", "/start");
	observation_setting(seen, "start-mask", "035");
	add_traced(seen, number);
	add_plain(seen, number);
	if (number == 1) {
		add_no_fork(seen);
		add_orphan(seen);
	}
}

/*
 * What the rows below lay hands on.
 */

static struct run *
run_of(struct observation *seen, const char *name)
{
	for (size_t i = 0; i < seen->run_count; i++)
		if (strcmp(seen->runs[i].name, name) == 0)
			return &seen->runs[i];
	return NULL;
}

static struct snapshot *
shot_of(struct run *run, const char *moment)
{
	for (size_t i = 0; i < run->snapshot_count; i++)
		if (strcmp(run->snapshots[i].moment, moment) == 0)
			return &run->snapshots[i];
	return NULL;
}

static struct process *
daemon_at(struct run *run, const char *moment)
{
	struct snapshot *shot = shot_of(run, moment);

	for (size_t i = 0; i < shot->process_count; i++)
		if (shot->processes[i].pid == run->starts[0].daemon)
			return &shot->processes[i];
	return NULL;
}

static struct process *
traced(struct observation *seen)
{
	return daemon_at(run_of(seen, "traced"), "after");
}

static struct process *
plain(struct observation *seen)
{
	return daemon_at(run_of(seen, "plain"), "after");
}

/* In /proc and ps alike. */
static void
change_plain(struct observation *seen, int pgid, int sid, int terminal)
{
	struct snapshot *shot = shot_of(run_of(seen, "plain"), "after");
	struct process *process = plain(seen);

	process->pgid = shot->rows[0].pgid = pgid;
	process->sid = shot->rows[0].sid = sid;
	process->terminal = terminal;
	set(&shot->rows[0].terminal, terminal == 0 ? "?" : "pts/0");
}

static void
change_both(struct observation *seen, int pgid, int sid, int terminal)
{
	traced(seen)->pgid = pgid;
	traced(seen)->sid = sid;
	traced(seen)->terminal = terminal;
	change_plain(seen, pgid, sid, terminal);
}

/* Only the start's word makes a process the daemon. */
static void
no_daemon(struct run *run, int status, const char *output)
{
	set(&daemon_at(run, "after")->role, "helper");
	run->starts[0].daemon = 0;
	run->starts[0].status = status;
	set(&run->starts[0].output, output);
}

static void
nobody(struct observation *seen, int status, const char *output)
{
	no_daemon(run_of(seen, "traced"), status, output);
	no_daemon(run_of(seen, "plain"), status, output);
}

static struct descriptor *
descriptor_of(struct process *process, int number)
{
	for (size_t i = 0; i < process->descriptor_count; i++)
		if (process->descriptors[i].number == number)
			return &process->descriptors[i];
	return NULL;
}

/* As if it had been closed: a number that nobody asks for. */
static void
drop(struct process *process, int number)
{
	struct descriptor *one = descriptor_of(process, number);

	one->number = -1;
	one->flags = O_CLOEXEC;
}

static void
set_fact(struct run *run, const char *name, const char *value)
{
	for (size_t i = 0; i < run->fact_count; i++)
		if (strcmp(run->facts[i].name, name) == 0)
			set(value ? &run->facts[i].value : &run->facts[i].name,
			    value ? value : "gone");
}

/*
 * The rows.
 */

struct row_of_test {
	const char *what;
	int step;
	const struct check *table;
	const char *check;
	enum status status;
	const char *cause;
	void (*spoil)(struct observation *seen);
};

static void
nothing_spoiled(struct observation *seen)
{
	(void)seen;
}

static void
todo(struct observation *seen)
{
	nobody(seen, EXIT_1, "03-refork: starting; 03-refork: 03-refork: "
	    "Function not implemented\r\n");
}

static void
todo_before(struct observation *seen)
{
	nobody(seen, EXIT_1, "03-refork: 02-setsid: Function not "
	    "implemented\r\n");
}

static void
said_no(struct observation *seen)
{
	nobody(seen, EXIT_1, "03-refork: 03-refork: Invalid argument\r\n");
}

static void
returned_number(struct observation *seen)
{
	nobody(seen, EXIT_1, "03-refork: 03-refork: returned 5, which is "
	    "neither 0 nor -1\r\n");
}

static void
earlier_number(struct observation *seen)
{
	nobody(seen, EXIT_1, "03-refork: 02-setsid: returned 5, which is "
	    "neither 0 nor -1\r\n");
}

static void
logged_no(struct observation *seen)
{
	for (size_t i = 0; i < 2; i++) {
		struct run *run = &seen->runs[i];
		struct message *message = observation_add(run, messages,
		    message_count);

		no_daemon(run, 0, "05-devnull: starting; ");
		message->pid = GRANDCHILD;
		set(&message->text, "05-devnull: No such device");
	}
}

static void
crashed(struct observation *seen)
{
	struct run *run = run_of(seen, "traced");
	struct ending *ending;

	nobody(seen, 0, "");
	ending = observation_add(run, endings, ending_count);
	ending->pid = GRANDCHILD;
	ending->status = 11;
}

static void
shell_died_first(struct observation *seen)
{
	struct ending *ending;

	nobody(seen, 0, "");
	ending = observation_add(run_of(seen, "traced"), endings,
	    ending_count);
	ending->pid = SHELL;
	ending->status = 1;
}

static void
vanished(struct observation *seen)
{
	nobody(seen, 0, "");
}

static void
ended_early(struct observation *seen)
{
	nobody(seen, EXIT_1, "");
}

static void
hangs(struct observation *seen)
{
	nobody(seen, -1, "");
	for (size_t i = 0; i < 2; i++) {
		seen->runs[i].starts[0].ended = false;
		set(&seen->runs[i].timeout, "first: PID 3 R (5.0 s)");
	}
}

static void
never_told(struct observation *seen)
{
	nobody(seen, -1, "");
	seen->runs[0].starts[0].ended = false;
}

static void
skipped(struct observation *seen)
{
	set(&seen->runs[0].skipped, "no namespaces");
}

static void
faulty(struct observation *seen)
{
	set(&seen->runs[0].fault, "no strace");
}

static void
ps_differs(struct observation *seen)
{
	shot_of(run_of(seen, "plain"), "after")->rows[0].sid = 77;
}

static void
ps_missing(struct observation *seen)
{
	shot_of(run_of(seen, "plain"), "after")->rows[0].pid = 77;
}

static void
launcher_fails(struct observation *seen)
{
	run_of(seen, "traced")->starts[0].status = EXIT_1;
}

static void
trusts_parent(struct observation *seen)
{
	struct run *run = run_of(seen, "orphan");

	daemon_at(run, "after")->pid = LAUNCHER;
	run->starts[0].daemon = LAUNCHER;
}

static void
launcher_lives(struct observation *seen)
{
	run_of(seen, "traced")->starts[0].ended = false;
}

static void
zombie(struct observation *seen)
{
	set(&add_process(shot_of(run_of(seen, "plain"), "after"), 9,
	    GRANDCHILD, "program")->state, "Z");
}

static void
second(struct observation *seen)
{
	add_process(shot_of(run_of(seen, "traced"), "after"), 9, INIT,
	    "program");
}

static void
other_parent(struct observation *seen)
{
	traced(seen)->ppid = SHELL;
}

static void
masked(struct observation *seen)
{
	traced(seen)->mask = 0;
}

static void
moved(struct observation *seen)
{
	set(&traced(seen)->cwd, "/");
	traced(seen)->cwd_identity = traced(seen)->root_identity;
}

static void
rooted(struct observation *seen)
{
	traced(seen)->root_identity.inode = 99;
}

static void
closed_stdin(struct observation *seen)
{
	drop(traced(seen), 0);
}

static void
signals_reset(struct observation *seen)
{
	set(&plain(seen)->ignored, "0000000000000000");
}

static void
signals_unseen(struct observation *seen)
{
	set(&plain(seen)->ignored, NULL);
}

static void
unmasked(struct observation *seen)
{
	set(&traced(seen)->blocked, "0000000000000000");
}

static void
other_user(struct observation *seen)
{
	traced(seen)->uids[1] = 7;
}

static void
session_of_its_own(struct observation *seen)
{
	change_both(seen, CHILD, CHILD, 0);
}

static void
only_plain_dies(struct observation *seen)
{
	no_daemon(run_of(seen, "plain"), EXIT_1, "");
}

static void
leader_stays(struct observation *seen)
{
	add_process(shot_of(run_of(seen, "traced"), "after"), CHILD, INIT,
	    "program");
}

static const struct row_of_test common_rows[] = {
	{ "TODO", 3, common_checks, "starts-and-serves", STATUS_FAIL,
	    "03-refork.not-written", todo },
	{ "TODO, elsewhere", 3, refork_checks, "is-not-a-session-leader",
	    STATUS_FAIL, "03-refork.not-written", todo },
	{ "TODO, advice", 3, refork_checks, "opens-with-o-noctty",
	    STATUS_ADVICE, "03-refork.not-written", todo },
	{ "earlier TODO", 3, common_checks, "starts-and-serves", STATUS_FAIL,
	    "03-refork.earlier-step", todo_before },
	{ "said -1", 3, common_checks, "starts-and-serves", STATUS_FAIL,
	    "03-refork.said-no", said_no },
	{ "returned 5", 3, common_checks, "starts-and-serves", STATUS_FAIL,
	    "03-refork.wrong-result", returned_number },
	{ "an earlier step returned 5", 3, common_checks,
	    "starts-and-serves", STATUS_FAIL, "03-refork.earlier-step",
	    earlier_number },
	{ "said -1 in the log", 5, common_checks, "starts-and-serves",
	    STATUS_FAIL, "05-devnull.said-no", logged_no },
	{ "crash", 3, common_checks, "starts-and-serves", STATUS_FAIL,
	    "03-refork.crashed", crashed },
	{ "the shell's end is not the program's", 3, common_checks,
	    "starts-and-serves", STATUS_FAIL, "03-refork.nobody-lives",
	    shell_died_first },
	{ "nobody", 3, common_checks, "starts-and-serves", STATUS_FAIL,
	    "03-refork.nobody-lives", vanished },
	{ "ended", 3, common_checks, "starts-and-serves", STATUS_FAIL,
	    "03-refork.ended-early", ended_early },
	{ "hangs", 3, common_checks, "starts-and-serves", STATUS_FAIL,
	    "03-refork.does-not-settle", hangs },
	{ "no timeout told", 3, common_checks, "starts-and-serves",
	    STATUS_ERROR, NULL, never_told },
	{ "skipped", 3, common_checks, "starts-and-serves", STATUS_SKIP, NULL,
	    skipped },
	{ "fault", 3, common_checks, "starts-and-serves", STATUS_ERROR, NULL,
	    faulty },
	{ "ps differs", 3, common_checks, "starts-and-serves", STATUS_ERROR,
	    NULL, ps_differs },
	{ "ps missing", 3, common_checks, "starts-and-serves", STATUS_ERROR,
	    NULL, ps_missing },
	{ "launcher fails", 3, common_checks, "starts-and-serves",
	    STATUS_FAIL, "common.launcher-status", launcher_fails },
	{ "launcher lives", 3, common_checks, "starts-and-serves",
	    STATUS_FAIL, "common.launcher-stays", launcher_lives },
	{ "01 judges its launcher", 1, common_checks, "starts-and-serves",
	    STATUS_PASS, NULL, launcher_lives },
	{ "zombie", 3, common_checks, "leaves-one-process", STATUS_FAIL,
	    "common.zombie", zombie },
	{ "second", 3, common_checks, "leaves-one-process", STATUS_FAIL,
	    "common.second-process", second },
	{ "not adopted", 3, common_checks, "leaves-one-process", STATUS_FAIL,
	    "common.not-adopted", other_parent },
	{ "umask", 3, common_checks, "leaves-the-rest-alone", STATUS_FAIL,
	    "common.mask", masked },
	{ "cwd", 3, common_checks, "leaves-the-rest-alone", STATUS_FAIL,
	    "common.directory", moved },
	{ "root", 3, common_checks, "leaves-the-rest-alone", STATUS_FAIL,
	    "common.root", rooted },
	{ "descriptors", 3, common_checks, "leaves-the-rest-alone",
	    STATUS_FAIL, "common.descriptors", closed_stdin },
	{ "ignored", 3, common_checks, "leaves-the-rest-alone", STATUS_FAIL,
	    "common.signals", signals_reset },
	{ "unseen", 3, common_checks, "leaves-the-rest-alone", STATUS_ERROR,
	    NULL, signals_unseen },
	{ "blocked", 3, common_checks, "leaves-the-rest-alone", STATUS_FAIL,
	    "common.signals", unmasked },
	{ "ids", 3, common_checks, "leaves-the-rest-alone", STATUS_FAIL,
	    "common.ids", other_user },
	{ "differs", 1, common_checks, "same-traced-and-untraced",
	    STATUS_FAIL, "common.differs", only_plain_dies },
	{ "same absence", 3, common_checks, "same-traced-and-untraced",
	    STATUS_FAIL, "03-refork.not-written", todo },
	{ "03 judges its leader", 3, common_checks, "leaves-one-process",
	    STATUS_PASS, NULL, leader_stays },
	{ "01 may make a session", 1, common_checks, "leaves-one-process",
	    STATUS_PASS, NULL, session_of_its_own },
};

static void
no_fork_at_all(struct observation *seen)
{
	for (size_t i = 0; i < 2; i++) {
		struct run *run = &seen->runs[i];
		struct process *process = daemon_at(run, "after");

		process->pid = run->starts[0].daemon = LAUNCHER;
		process->ppid = SHELL;
		run->starts[0].ended = false;
		run->starts[0].status = -1;
		clear_events(run, "clone");
	}
	shot_of(run_of(seen, "plain"), "after")->rows[0].pid = LAUNCHER;
	shot_of(run_of(seen, "plain"), "after")->rows[0].ppid = SHELL;
}

static void
child_ends(struct observation *seen)
{
	no_fork_at_all(seen);
	add_event(run_of(seen, "traced"), LAUNCHER, "clone", "", CHILD, NULL);
}

static void
parent_lives(struct observation *seen)
{
	struct run *run = run_of(seen, "traced");

	run->starts[0].ended = false;
	add_process(shot_of(run, "after"), LAUNCHER, SHELL, "program");
	traced(seen)->ppid = LAUNCHER;
}

static void
parent_waits(struct observation *seen)
{
	struct run *run = run_of(seen, "traced");

	parent_lives(seen);
	add_event(run, LAUNCHER, "wait4", "-1, NULL", -1, NULL);
	run->events[run->event_count - 1].finished = false;
}

static void
parent_vforks(struct observation *seen)
{
	struct run *run = run_of(seen, "traced");

	parent_lives(seen);
	add_event(run, LAUNCHER, "vfork", "", -1, NULL);
	run->events[run->event_count - 1].finished = false;
}

static void
parent_killed(struct observation *seen)
{
	run_of(seen, "traced")->starts[0].status = 15;
}

static void
other_program(struct observation *seen)
{
	set(&traced(seen)->executable, "/usr/bin/sleep");
}

static void
executable_unseen(struct observation *seen)
{
	set(&traced(seen)->executable, NULL);
}

static void
printed_twice(struct observation *seen)
{
	set(&run_of(seen, "plain")->starts[0].output,
	    "01-fork: starting; 01-fork: starting; ");
}

static void
printed_never(struct observation *seen)
{
	set(&run_of(seen, "traced")->starts[0].output, "");
}

static void
print_unseen(struct observation *seen)
{
	set(&run_of(seen, "traced")->starts[0].output, NULL);
}

static void
error_as_success(struct observation *seen)
{
	run_of(seen, "no-fork")->starts[0].status = 0;
}

static void
error_as_child(struct observation *seen)
{
	run_of(seen, "no-fork")->starts[0].ended = false;
	run_of(seen, "no-fork")->starts[0].daemon = LAUNCHER;
}

static void
error_hangs(struct observation *seen)
{
	run_of(seen, "no-fork")->starts[0].ended = false;
	set(&run_of(seen, "no-fork")->timeout, "first: PID 3 R");
}

static void
error_kills(struct observation *seen)
{
	run_of(seen, "no-fork")->starts[0].status = 9;
}

static void
errno_lost(struct observation *seen)
{
	set(&run_of(seen, "no-fork")->starts[0].output,
	    "01-fork: 01-fork: Success\r\n");
}

static void
no_fork_skipped(struct observation *seen)
{
	set(&run_of(seen, "no-fork")->skipped, "plain mode");
}

static void
todo_01(struct observation *seen)
{
	nobody(seen, EXIT_1, "01-fork: 01-fork: Function not implemented\n");
}

static const struct row_of_test fork_rows[] = {
	{ "no fork", 1, fork_checks, "launcher-ends-with-0", STATUS_FAIL,
	    "01-fork.no-fork", no_fork_at_all },
	{ "no fork: prompt", 1, fork_checks, "prompt-comes-back", STATUS_FAIL,
	    "01-fork.no-fork", no_fork_at_all },
	{ "no fork: descendant", 1, fork_checks, "one-descendant-lives",
	    STATUS_FAIL, "01-fork.no-fork", no_fork_at_all },
	{ "no fork: adopted", 1, fork_checks, "adopted-by-init", STATUS_FAIL,
	    "01-fork.no-fork", no_fork_at_all },
	{ "child ends", 1, fork_checks, "launcher-ends-with-0", STATUS_FAIL,
	    "01-fork.wrong-one-ends", child_ends },
	{ "both go on", 1, fork_checks, "launcher-ends-with-0", STATUS_FAIL,
	    "01-fork.parent-stays", parent_lives },
	{ "both go on: two", 1, fork_checks, "one-descendant-lives",
	    STATUS_FAIL, "01-fork.parent-stays", parent_lives },
	{ "waits", 1, fork_checks, "launcher-ends-with-0", STATUS_FAIL,
	    "01-fork.parent-waits", parent_waits },
	{ "vfork", 1, fork_checks, "launcher-ends-with-0", STATUS_FAIL,
	    "01-fork.vfork", parent_vforks },
	{ "status", 1, fork_checks, "launcher-ends-with-0", STATUS_FAIL,
	    "01-fork.parent-status", launcher_fails },
	{ "killed", 1, fork_checks, "launcher-ends-with-0", STATUS_FAIL,
	    "01-fork.parent-killed", parent_killed },
	{ "already a daemon", 1, fork_checks, "one-descendant-lives",
	    STATUS_FAIL, "01-fork.trusts-parent", trusts_parent },
	{ "two children", 1, fork_checks, "one-descendant-lives",
	    STATUS_FAIL, "01-fork.more-than-one", second },
	{ "exec", 1, fork_checks, "one-descendant-lives", STATUS_FAIL,
	    "01-fork.other-program", other_program },
	{ "exe unseen", 1, fork_checks, "one-descendant-lives", STATUS_ERROR,
	    NULL, executable_unseen },
	{ "other parent", 1, fork_checks, "adopted-by-init", STATUS_FAIL,
	    "01-fork.parent-lives", other_parent },
	{ "exit in parent", 1, fork_checks, "printed-once", STATUS_FAIL,
	    "01-fork.exit-in-parent", printed_twice },
	{ "text lost", 1, fork_checks, "printed-once", STATUS_FAIL,
	    "01-fork.text-lost", printed_never },
	{ "text unseen", 1, fork_checks, "printed-once", STATUS_ERROR, NULL,
	    print_unseen },
	{ "-1 is success", 1, fork_checks, "failed-fork-is-a-failure",
	    STATUS_FAIL, "01-fork.error-as-success", error_as_success },
	{ "-1 is the child", 1, fork_checks, "failed-fork-is-a-failure",
	    STATUS_FAIL, "01-fork.error-as-child", error_as_child },
	{ "tries for ever", 1, fork_checks, "failed-fork-is-a-failure",
	    STATUS_FAIL, "01-fork.error-hangs", error_hangs },
	{ "kill(-1)", 1, fork_checks, "failed-fork-is-a-failure",
	    STATUS_FAIL, "01-fork.error-crashes", error_kills },
	{ "errno 0", 1, fork_checks, "failed-fork-is-a-failure", STATUS_FAIL,
	    "01-fork.errno-lost", errno_lost },
	{ "no limit", 1, fork_checks, "failed-fork-is-a-failure", STATUS_SKIP,
	    NULL, no_fork_skipped },
	{ "a starter proves nothing", 1, fork_checks,
	    "failed-fork-is-a-failure", STATUS_FAIL, "01-fork.not-written",
	    todo_01 },
	{ "01 may make a session", 1, fork_checks, "one-descendant-lives",
	    STATUS_PASS, NULL, session_of_its_own },
};

static void
no_setsid(struct observation *seen)
{
	change_both(seen, SHELL, SHELL, PTS);
	clear_events(run_of(seen, "traced"), "setsid");
}

static void
notty(struct observation *seen)
{
	change_both(seen, SHELL, SHELL, 0);
	clear_events(run_of(seen, "traced"), "setsid");
	add_event(run_of(seen, "traced"), CHILD, "ioctl", "3, TIOCNOTTY", 0,
	    NULL);
}

static void
setpgid_first(struct observation *seen)
{
	struct run *run = run_of(seen, "traced");

	change_both(seen, CHILD, SHELL, PTS);
	clear_events(run, "setsid");
	add_event(run, CHILD, "setpgid", "0, 0", 0, NULL);
	add_event(run, CHILD, "setsid", "", -1, "EPERM");
}

static void
setpgid_first_told(struct observation *seen)
{
	setpgid_first(seen);
	nobody(seen, EXIT_1, "02-setsid: starting; 02-setsid: 02-setsid: "
	    "Operation not permitted\n");
}

static void
session_in_01(struct observation *seen)
{
	add_event(run_of(seen, "traced"), CHILD, "setsid", "", -1, "EPERM");
	nobody(seen, EXIT_1, "02-setsid: 02-setsid: Operation not "
	    "permitted\n");
}

static void
group_only(struct observation *seen)
{
	change_both(seen, CHILD, SHELL, PTS);
	clear_events(run_of(seen, "traced"), "setsid");
	add_event(run_of(seen, "traced"), CHILD, "setpgid", "0, 0", 0, NULL);
}

static void
in_parent(struct observation *seen)
{
	change_both(seen, LAUNCHER, LAUNCHER, 0);
	clear_events(run_of(seen, "traced"), "setsid");
	add_event(run_of(seen, "traced"), LAUNCHER, "setsid", "", LAUNCHER,
	    NULL);
}

static void
forked_again(struct observation *seen)
{
	change_both(seen, 8, 8, 0);
	clear_events(run_of(seen, "traced"), "setsid");
	add_event(run_of(seen, "traced"), 8, "setsid", "", 8, NULL);
}

static void
setsid_unseen(struct observation *seen)
{
	clear_events(run_of(seen, "traced"), "setsid");
}

static void
terminal_again(struct observation *seen)
{
	change_both(seen, CHILD, CHILD, PTS);
	add_event(run_of(seen, "traced"), CHILD, "openat", "\"/dev/tty1\"", 5,
	    NULL);
}

static void
shell_gone(struct observation *seen)
{
	struct snapshot *shot = shot_of(run_of(seen, "traced"), "after");

	shot->processes[1].pid = 99;
}

static void
dies(struct observation *seen)
{
	struct run *run = run_of(seen, "traced");
	struct ending *ending;

	no_setsid(seen);
	daemon_at(run, "hung-up")->pid = 99;
	ending = observation_add(run, endings, ending_count);
	ending->pid = CHILD;
	ending->status = 1;
}

static void
dies_all_the_same(struct observation *seen)
{
	daemon_at(run_of(seen, "traced"), "hung-up")->pid = 99;
}

static void
not_hung_up(struct observation *seen)
{
	set_fact(run_of(seen, "traced"), "shell", "alive");
}

static const struct row_of_test setsid_rows[] = {
	{ "not called", 2, setsid_checks, "leads-its-own-session",
	    STATUS_FAIL, "02-setsid.not-called", no_setsid },
	{ "not called: terminal", 2, setsid_checks,
	    "has-no-controlling-terminal", STATUS_FAIL,
	    "02-setsid.not-called", no_setsid },
	{ "not called: child", 2, setsid_checks, "setsid-in-the-child",
	    STATUS_FAIL, "02-setsid.not-called", no_setsid },
	{ "TIOCNOTTY", 2, setsid_checks, "leads-its-own-session",
	    STATUS_FAIL, "02-setsid.tiocnotty-only", notty },
	{ "TIOCNOTTY: terminal", 2, setsid_checks,
	    "has-no-controlling-terminal", STATUS_PASS, NULL, notty },
	{ "setpgid first", 2, setsid_checks, "leads-its-own-session",
	    STATUS_FAIL, "02-setsid.setpgid-first", setpgid_first },
	{ "setpgid first, told", 2, common_checks, "starts-and-serves",
	    STATUS_FAIL, "02-setsid.setpgid-first", setpgid_first_told },
	{ "01 made it", 2, common_checks, "starts-and-serves", STATUS_FAIL,
	    "02-setsid.earlier-session", session_in_01 },
	{ "setpgid only", 2, setsid_checks, "leads-its-own-session",
	    STATUS_FAIL, "02-setsid.group-only", group_only },
	{ "in the parent", 2, setsid_checks, "leads-its-own-session",
	    STATUS_FAIL, "02-setsid.in-the-parent", in_parent },
	{ "in the parent: child", 2, setsid_checks, "setsid-in-the-child",
	    STATUS_FAIL, "02-setsid.in-the-parent", in_parent },
	{ "forked again", 2, setsid_checks, "leads-its-own-session",
	    STATUS_FAIL, "02-setsid.forked-again", forked_again },
	{ "strace blind", 2, setsid_checks, "leads-its-own-session",
	    STATUS_ERROR, NULL, setsid_unseen },
	{ "terminal again", 2, setsid_checks, "has-no-controlling-terminal",
	    STATUS_FAIL, "02-setsid.terminal-again", terminal_again },
	{ "no control", 2, setsid_checks, "has-no-controlling-terminal",
	    STATUS_ERROR, NULL, shell_gone },
	{ "dies", 2, setsid_checks, "survives-the-hang-up", STATUS_FAIL,
	    "02-setsid.not-called", dies },
	{ "dies, why", 2, setsid_checks, "survives-the-hang-up", STATUS_FAIL,
	    "02-setsid.dies-at-hang-up", dies_all_the_same },
	{ "not hung up", 2, setsid_checks, "survives-the-hang-up",
	    STATUS_ERROR, NULL, not_hung_up },
	{ "ps differs", 2, setsid_checks, "leads-its-own-session",
	    STATUS_ERROR, NULL, ps_differs },
};

/* The daemon of a chain that lacks the second fork. */
static void
one_fork(struct observation *seen)
{
	struct snapshot *shot = shot_of(run_of(seen, "plain"), "after");

	for (size_t i = 0; i < 2; i++) {
		daemon_at(&seen->runs[i], "after")->pid = CHILD;
		seen->runs[i].starts[0].daemon = CHILD;
	}
	shot->rows[0].pid = CHILD;
	clear_events(run_of(seen, "traced"), "clone");
}

static void
one_fork_terminal(struct observation *seen)
{
	one_fork(seen);
	change_plain(seen, CHILD, CHILD, PTS + 1);
}

static void
leader_goes_on(struct observation *seen)
{
	one_fork(seen);
	add_event(run_of(seen, "traced"), CHILD, "clone", "", GRANDCHILD,
	    NULL);
}

static void
session_again(struct observation *seen)
{
	change_both(seen, GRANDCHILD, GRANDCHILD, 0);
	add_event(run_of(seen, "traced"), GRANDCHILD, "setsid", "",
	    GRANDCHILD, NULL);
}

static void
leader_waits(struct observation *seen)
{
	struct run *run = run_of(seen, "traced");

	leader_stays(seen);
	add_event(run, CHILD, "wait4", "-1", -1, NULL);
	run->events[run->event_count - 1].finished = false;
}

static void
shells_session(struct observation *seen)
{
	change_both(seen, SHELL, SHELL, PTS);
}

static void
not_opened(struct observation *seen)
{
	drop(plain(seen), 3);
	descriptor_of(plain(seen), -1)->major = 0;
	set(&descriptor_of(plain(seen), -1)->target, "?");
}

static void
without_noctty(struct observation *seen)
{
	add_event(run_of(seen, "traced"), GRANDCHILD, "openat",
	    "AT_FDCWD, \"/dev/tty7\", O_RDWR", 3, NULL);
}

static void
with_noctty(struct observation *seen)
{
	add_event(run_of(seen, "traced"), GRANDCHILD, "openat",
	    "AT_FDCWD, \"/dev/tty7\", O_RDWR|O_NOCTTY", 3, NULL);
}

static const struct row_of_test refork_rows[] = {
	{ "no second fork", 3, refork_checks, "is-not-a-session-leader",
	    STATUS_FAIL, "03-refork.no-second-fork", one_fork },
	{ "no second fork: leader", 3, refork_checks, "the-leader-is-gone",
	    STATUS_FAIL, "03-refork.no-second-fork", one_fork },
	{ "no second fork: terminal", 3, refork_checks, "gets-no-terminal",
	    STATUS_FAIL, "03-refork.no-second-fork", one_fork_terminal },
	{ "child ends", 3, refork_checks, "is-not-a-session-leader",
	    STATUS_FAIL, "03-refork.wrong-one-ends", leader_goes_on },
	{ "setsid again", 3, refork_checks, "is-not-a-session-leader",
	    STATUS_FAIL, "03-refork.session-again", session_again },
	{ "leader stays", 3, refork_checks, "the-leader-is-gone",
	    STATUS_FAIL, "03-refork.leader-stays", leader_stays },
	{ "leader waits", 3, refork_checks, "the-leader-is-gone",
	    STATUS_FAIL, "03-refork.leader-waits", leader_waits },
	{ "shell's session", 3, refork_checks, "the-leader-is-gone",
	    STATUS_FAIL, "03-refork.shells-session", shells_session },
	{ "shell's terminal", 3, refork_checks, "gets-no-terminal",
	    STATUS_FAIL, "03-refork.terminal-kept", shells_session },
	{ "not opened", 3, refork_checks, "gets-no-terminal", STATUS_ERROR,
	    NULL, not_opened },
	{ "advice", 3, refork_checks, "opens-with-o-noctty", STATUS_ADVICE,
	    "03-refork.no-o-noctty", without_noctty },
	{ "advice followed", 3, refork_checks, "opens-with-o-noctty",
	    STATUS_PASS, NULL, with_noctty },
};

/* What is open still, as it was at the start. */
static void
keep_open(struct observation *seen, const char *numbers)
{
	for (int i = 0; i < 7000; i++) {
		if (!number_in(numbers, i))
			continue;
		add_descriptor(traced(seen), i, "/tmp/leak", "file");
		if (i > 2)
			add_descriptor(plain(seen), i, "/tmp/leak", "file");
	}
}

static void
closes_nothing(struct observation *seen)
{
	keep_open(seen, "0 1 2 9 100 5000 6000");
}

static void
only_marks(struct observation *seen)
{
	keep_open(seen, "0 1 2 9 100 5000 6000");
	for (size_t i = 0; i < traced(seen)->descriptor_count; i++)
		traced(seen)->descriptors[i].flags |= O_CLOEXEC;
}

static void
closes_stdio(struct observation *seen)
{
	keep_open(seen, "9 100 5000 6000");
}

static void
closes_to_64(struct observation *seen)
{
	keep_open(seen, "100 5000 6000");
}

static void
closes_to_1024(struct observation *seen)
{
	keep_open(seen, "5000 6000");
}

static void
closes_to_limit(struct observation *seen)
{
	keep_open(seen, "6000");
}

static void
closes_from_3(struct observation *seen)
{
	keep_open(seen, "0 1 2");
}

static void
closes_from_1(struct observation *seen)
{
	keep_open(seen, "0");
}

static void
closes_every_second(struct observation *seen)
{
	keep_open(seen, "9");
}

static void
directory_left(struct observation *seen)
{
	struct descriptor *one = add_descriptor(traced(seen), 3,
	    "/proc/5/fd", "directory");

	one->flags |= O_CLOEXEC;
}

static void
own_left(struct observation *seen)
{
	add_descriptor(traced(seen), 3, "/tmp/x", "file");
}

static void
own_kept(struct observation *seen)
{
	add_descriptor(traced(seen), 0, "pipe:[7]", "pipe")->flags |=
	    O_CLOEXEC;
	descriptor_of(traced(seen), 0)->identity.inode = 4711;
}

static void
close_unseen(struct observation *seen)
{
	clear_events(run_of(seen, "traced"), "close_range");
}

static void
close_one_by_one(struct observation *seen)
{
	static const char *const numbers[] = { "0", "1", "2", "9", "100",
		"5000</tmp/leak>", "6000" };
	struct run *run = run_of(seen, "traced");

	close_unseen(seen);
	for (size_t i = 0; i < 7; i++)
		add_event(run, GRANDCHILD, "close", numbers[i], 0, NULL);
}

static void
without_6000(struct observation *seen)
{
	set_fact(run_of(seen, "traced"), "opened", "0 1 2 9 100 5000");
}

static void
closes_below(struct observation *seen)
{
	drop(plain(seen), 1);
}

static void
redirects_below(struct observation *seen)
{
	set(&descriptor_of(plain(seen), 1)->type, "character");
}

static void
lowest_unset(struct observation *seen)
{
	set(&seen->settings[1].name, "x");
	set(&seen->settings[2].name, "x");
}

static void
pipe_held(struct observation *seen)
{
	set_fact(run_of(seen, "traced"), "pipe", "open");
}

static void
pipe_open(struct observation *seen)
{
	closes_to_64(seen);
	pipe_held(seen);
}

static void
pipe_unseen(struct observation *seen)
{
	set_fact(run_of(seen, "traced"), "pipe", NULL);
}

static void
many_closes(struct observation *seen)
{
	for (int i = 0; i < 5500; i++)
		add_event(run_of(seen, "traced"), GRANDCHILD, "close", "7",
		    -1, "EBADF");
}

static struct start *
negative_start(struct observation *seen)
{
	return &run_of(seen, "plain")->starts[1];
}

static void
negative_serves(struct observation *seen)
{
	struct snapshot *shot = shot_of(run_of(seen, "plain"), "negative");

	negative_start(seen)->daemon = NEGATIVE + 3;
	set(&negative_start(seen)->output, "04-close: starting; ");
	add_process(shot, NEGATIVE + 3, INIT, "program");
}

static void
negative_says(struct observation *seen, const char *reason)
{
	free(negative_start(seen)->output);
	negative_start(seen)->output = text("04-close: starting; "
	    "04-close: 04-close: %s\r\n", reason);
}

static void
negative_success(struct observation *seen)
{
	negative_says(seen, "Success");
}

static void
negative_number(struct observation *seen)
{
	negative_says(seen, "returned -22, which is neither 0 nor -1");
}

static void
negative_vanished(struct observation *seen)
{
	set(&negative_start(seen)->output, "04-close: starting; ");
}

static void
negative_unplayed(struct observation *seen)
{
	set(&negative_start(seen)->name, "x");
}

static const struct row_of_test close_rows[] = {
	{ "negative", 4, close_checks, "refuses-a-negative-lowest",
	    STATUS_FAIL, "04-close.negative-taken", negative_serves },
	{ "negative: Success", 4, close_checks, "refuses-a-negative-lowest",
	    STATUS_FAIL, "04-close.negative-errno", negative_success },
	{ "negative: -EINVAL", 4, close_checks, "refuses-a-negative-lowest",
	    STATUS_FAIL, "04-close.wrong-result", negative_number },
	{ "negative: exit(0)", 4, close_checks, "refuses-a-negative-lowest",
	    STATUS_FAIL, "04-close.nobody-lives", negative_vanished },
	{ "negative: not played", 4, close_checks,
	    "refuses-a-negative-lowest", STATUS_ERROR, NULL,
	    negative_unplayed },
	{ "nothing", 4, close_checks, "closes-from-lowest-on", STATUS_FAIL,
	    "04-close.closes-nothing", closes_nothing },
	{ "marked", 4, close_checks, "closes-from-lowest-on", STATUS_FAIL,
	    "04-close.only-marked", only_marks },
	{ "0 1 2 only", 4, close_checks, "closes-from-lowest-on",
	    STATUS_FAIL, "04-close.only-stdio", closes_stdio },
	{ "64", 4, close_checks, "closes-from-lowest-on", STATUS_FAIL,
	    "04-close.loop-to-64", closes_to_64 },
	{ "1024", 4, close_checks, "closes-from-lowest-on", STATUS_FAIL,
	    "04-close.loop-to-1024", closes_to_1024 },
	{ "soft limit", 4, close_checks, "closes-from-lowest-on",
	    STATUS_PASS, NULL, closes_to_limit },
	{ "soft limit: above", 4, close_checks,
	    "closes-above-a-lowered-limit", STATUS_FAIL,
	    "04-close.soft-limit-loop", closes_to_limit },
	{ "from 3", 4, close_checks, "closes-from-lowest-on", STATUS_FAIL,
	    "04-close.starts-at-3", closes_from_3 },
	{ "from 1", 4, close_checks, "closes-from-lowest-on", STATUS_FAIL,
	    "04-close.off-by-one", closes_from_1 },
	{ "every second", 4, close_checks, "closes-from-lowest-on",
	    STATUS_FAIL, "04-close.some-left", closes_every_second },
	{ "closedir", 4, close_checks, "closes-from-lowest-on", STATUS_FAIL,
	    "04-close.directory-left", directory_left },
	{ "its own", 4, close_checks, "closes-from-lowest-on", STATUS_FAIL,
	    "04-close.own-descriptor", own_left },
	{ "its own, close-on-exec", 4, close_checks, "closes-from-lowest-on",
	    STATUS_PASS, NULL, own_kept },
	{ "strace blind", 4, close_checks, "closes-from-lowest-on",
	    STATUS_ERROR, NULL, close_unseen },
	{ "one by one", 4, close_checks, "closes-from-lowest-on",
	    STATUS_PASS, NULL, close_one_by_one },
	{ "no 6000", 4, close_checks, "closes-above-a-lowered-limit",
	    STATUS_SKIP, NULL, without_6000 },
	{ "below", 4, close_checks, "leaves-those-below", STATUS_FAIL,
	    "04-close.closes-below", closes_below },
	{ "redirects", 4, close_checks, "leaves-those-below", STATUS_FAIL,
	    "04-close.redirects-below", redirects_below },
	{ "lowest unset", 4, close_checks, "leaves-those-below",
	    STATUS_ERROR, NULL, lowest_unset },
	{ "pipe", 4, close_checks, "pipe-meets-its-end", STATUS_FAIL,
	    "04-close.loop-to-64", pipe_open },
	{ "pipe held", 4, close_checks, "pipe-meets-its-end", STATUS_FAIL,
	    "04-close.another-holds-it", pipe_held },
	{ "pipe unseen", 4, close_checks, "pipe-meets-its-end", STATUS_ERROR,
	    NULL, pipe_unseen },
	{ "loop", 4, close_checks, "cost-does-not-grow", STATUS_ADVICE,
	    "04-close.loop", many_closes },
};

static void
left_closed(struct observation *seen)
{
	for (int i = 0; i < 3; i++) {
		drop(traced(seen), i);
		drop(plain(seen), i);
	}
}

static void
closed_again(struct observation *seen)
{
	drop(traced(seen), 0);
	add_event(run_of(seen, "traced"), GRANDCHILD, "close", "0", 0, NULL);
}

static void
one_missing(struct observation *seen)
{
	drop(plain(seen), 2);
}

static void
still_terminal(struct observation *seen)
{
	descriptor_of(traced(seen), 1)->major = 136;
}

static void
zero_device(struct observation *seen)
{
	descriptor_of(traced(seen), 1)->minor = 5;
}

static void
plain_file(struct observation *seen)
{
	set(&descriptor_of(traced(seen), 1)->type, "file");
}

static void
rw_string(struct observation *seen)
{
	add_event(run_of(seen, "traced"), GRANDCHILD, "openat",
	    "AT_FDCWD, \"/dev/null\", O_RDONLY|O_EXCL|0x5a000004", 0, NULL);
}

static void
rw_string_told(struct observation *seen)
{
	add_event(run_of(seen, "traced"), GRANDCHILD, "openat",
	    "AT_FDCWD, \"/dev/null\", O_RDONLY|O_DIRECTORY", -1, "ENOTDIR");
	logged_no(seen);
}

static void
rw_string_read_only(struct observation *seen)
{
	rw_string(seen);
	descriptor_of(traced(seen), 1)->flags = O_RDONLY;
}

static void
write_only(struct observation *seen)
{
	descriptor_of(traced(seen), 0)->flags = O_WRONLY;
}

static void
read_only(struct observation *seen)
{
	descriptor_of(plain(seen), 2)->flags = O_RDONLY;
}

static void
flags_unseen(struct observation *seen)
{
	descriptor_of(plain(seen), 2)->flags = -1;
}

static void
narrow_modes(struct observation *seen)
{
	descriptor_of(traced(seen), 0)->flags = O_RDONLY;
	descriptor_of(traced(seen), 1)->flags = O_WRONLY;
	descriptor_of(traced(seen), 2)->flags = O_WRONLY;
}

static void
extra(struct observation *seen)
{
	add_null(traced(seen), 3);
}

static void
extra_own(struct observation *seen)
{
	add_null(traced(seen), 3);
	descriptor_of(traced(seen), 3)->flags |= O_CLOEXEC;
}

static void
left_by_04(struct observation *seen)
{
	add_descriptor(traced(seen), 9, "/tmp/leak", "file");
}

static void
on_exec(struct observation *seen)
{
	descriptor_of(traced(seen), 0)->flags |= O_CLOEXEC;
}

static const struct row_of_test devnull_rows[] = {
	{ "left closed", 5, devnull_checks, "stdio-is-dev-null", STATUS_FAIL,
	    "05-devnull.left-closed", left_closed },
	{ "left closed: read", 5, devnull_checks, "input-can-be-read",
	    STATUS_FAIL, "05-devnull.left-closed", left_closed },
	{ "closed again", 5, devnull_checks, "stdio-is-dev-null",
	    STATUS_FAIL, "05-devnull.closed-again", closed_again },
	{ "one missing", 5, devnull_checks, "stdio-is-dev-null", STATUS_FAIL,
	    "05-devnull.one-missing", one_missing },
	{ "terminal", 5, devnull_checks, "stdio-is-dev-null", STATUS_FAIL,
	    "05-devnull.still-the-terminal", still_terminal },
	{ "/dev/zero", 5, devnull_checks, "stdio-is-dev-null", STATUS_FAIL,
	    "05-devnull.other-device", zero_device },
	{ "file", 5, devnull_checks, "stdio-is-dev-null", STATUS_FAIL,
	    "05-devnull.number-taken", plain_file },
	{ "rw, by luck", 5, devnull_checks, "stdio-is-dev-null", STATUS_FAIL,
	    "05-devnull.rw-string", rw_string },
	{ "rw, told", 5, common_checks, "starts-and-serves", STATUS_FAIL,
	    "05-devnull.rw-string", rw_string_told },
	{ "rw, read-only", 5, devnull_checks, "output-can-be-written",
	    STATUS_FAIL, "05-devnull.rw-string", rw_string_read_only },
	{ "write-only", 5, devnull_checks, "input-can-be-read", STATUS_FAIL,
	    "05-devnull.write-only-input", write_only },
	{ "read-only", 5, devnull_checks, "output-can-be-written",
	    STATUS_FAIL, "05-devnull.read-only-output", read_only },
	{ "flags unseen", 5, devnull_checks, "output-can-be-written",
	    STATUS_ERROR, NULL, flags_unseen },
	{ "three opens", 5, devnull_checks, "output-can-be-written",
	    STATUS_PASS, NULL, narrow_modes },
	{ "three opens: 0", 5, devnull_checks, "input-can-be-read",
	    STATUS_PASS, NULL, narrow_modes },
	{ "extra", 5, devnull_checks, "nothing-else-is-open", STATUS_FAIL,
	    "05-devnull.extra-descriptor", extra },
	{ "its own", 5, devnull_checks, "nothing-else-is-open", STATUS_PASS,
	    NULL, extra_own },
	{ "left by 04", 5, devnull_checks, "nothing-else-is-open",
	    STATUS_FAIL, "05-devnull.earlier-step", left_by_04 },
	{ "close-on-exec", 5, devnull_checks, "stdio-survives-exec",
	    STATUS_ADVICE, "05-devnull.close-on-exec", on_exec },
};

static void
place(struct observation *seen, const char *cwd, long device)
{
	set(&traced(seen)->cwd, cwd);
	traced(seen)->cwd_identity = (struct identity){ device, 2 };
}

static void
not_called(struct observation *seen)
{
	place(seen, "/start", 40);
	clear_events(run_of(seen, "traced"), "chdir");
	set_fact(run_of(seen, "traced"), "unmount", "EBUSY");
}

static void
unchecked(struct observation *seen)
{
	not_called(seen);
	add_event(run_of(seen, "traced"), GRANDCHILD, "chdir", "\"work\"", -1,
	    "ENOENT");
}

static void
not_moved(struct observation *seen)
{
	not_called(seen);
	add_event(run_of(seen, "traced"), GRANDCHILD, "chdir", "\".\"", 0,
	    NULL);
}

static void
always_root(struct observation *seen)
{
	place(seen, "/", 30);
}

static void
always_tmp(struct observation *seen)
{
	place(seen, "/tmp", 31);
}

static void
elsewhere(struct observation *seen)
{
	place(seen, "/srv/x", 41);
}

static void
by_another_name(struct observation *seen)
{
	set(&traced(seen)->cwd, "/other/name/of/work");
}

static void
same_name_only(struct observation *seen)
{
	place(seen, "/work", 77);
}

static void
chdir_unseen(struct observation *seen)
{
	clear_events(run_of(seen, "traced"), "chdir");
}

static void
cwd_unseen(struct observation *seen)
{
	set(&plain(seen)->cwd, NULL);
}

static void
plain_is_wrong(struct observation *seen)
{
	set(&plain(seen)->cwd, "/work");
	plain(seen)->cwd_identity = (struct identity){ 41, 7 };
}

static void
held(struct observation *seen)
{
	add_descriptor(traced(seen), 3, "/start", "directory");
	set_fact(run_of(seen, "traced"), "unmount", "EBUSY");
}

static void
held_by_04(struct observation *seen)
{
	add_descriptor(traced(seen), 9, "/start/leak", "file");
	set_fact(run_of(seen, "traced"), "unmount", "EBUSY");
}

static void
held_by_somebody(struct observation *seen)
{
	set_fact(run_of(seen, "traced"), "unmount", "EBUSY");
}

static void
not_permitted(struct observation *seen)
{
	set_fact(run_of(seen, "traced"), "unmount", "EPERM");
}

static void
not_unmounted(struct observation *seen)
{
	set_fact(run_of(seen, "traced"), "unmount", NULL);
	run_fact(run_of(seen, "traced"), "unmount.skipped", "no namespace");
}

static const struct row_of_test chdir_rows[] = {
	{ "not called", 6, chdir_checks, "works-where-told", STATUS_FAIL,
	    "06-chdir.not-called", not_called },
	{ "not called: umount", 6, chdir_checks, "start-can-be-unmounted",
	    STATUS_FAIL, "06-chdir.not-called", not_called },
	{ "unchecked", 6, chdir_checks, "works-where-told", STATUS_FAIL,
	    "06-chdir.unchecked", unchecked },
	{ "not moved", 6, chdir_checks, "works-where-told", STATUS_FAIL,
	    "06-chdir.not-moved", not_moved },
	{ "always /", 6, chdir_checks, "works-where-told", STATUS_FAIL,
	    "06-chdir.always-root", always_root },
	{ "always /tmp", 6, chdir_checks, "works-where-told", STATUS_FAIL,
	    "06-chdir.tmp", always_tmp },
	{ "elsewhere", 6, chdir_checks, "works-where-told", STATUS_FAIL,
	    "06-chdir.elsewhere", elsewhere },
	{ "another name", 6, chdir_checks, "works-where-told", STATUS_PASS,
	    NULL, by_another_name },
	{ "the name only", 6, chdir_checks, "works-where-told", STATUS_FAIL,
	    "06-chdir.elsewhere", same_name_only },
	{ "strace blind", 6, chdir_checks, "works-where-told", STATUS_ERROR,
	    NULL, chdir_unseen },
	{ "unseen", 6, chdir_checks, "works-where-told", STATUS_ERROR, NULL,
	    cwd_unseen },
	{ "plain wrong", 6, chdir_checks, "works-where-told", STATUS_FAIL,
	    "06-chdir.elsewhere", plain_is_wrong },
	{ "held", 6, chdir_checks, "start-can-be-unmounted", STATUS_FAIL,
	    "06-chdir.directory-held", held },
	{ "held by 04", 6, chdir_checks, "start-can-be-unmounted",
	    STATUS_FAIL, "06-chdir.earlier-step", held_by_04 },
	{ "held by somebody", 6, chdir_checks, "start-can-be-unmounted",
	    STATUS_FAIL, "06-chdir.start-held", held_by_somebody },
	{ "not permitted", 6, chdir_checks, "start-can-be-unmounted",
	    STATUS_ERROR, NULL, not_permitted },
	{ "plain mode", 6, chdir_checks, "start-can-be-unmounted",
	    STATUS_SKIP, NULL, not_unmounted },
};

/*
 * The tests.
 */

static void
free_verdict(struct verdict *verdict)
{
	free(verdict->expected);
	free(verdict->found);
	for (size_t i = 0; i < verdict->evidence_count; i++)
		free(verdict->evidence[i]);
	free(verdict->evidence);
	free(verdict->cause_text);
	free(verdict->action);
}

static const struct check *
check_called(const struct check *table, const char *id)
{
	while (table->id != NULL && strcmp(table->id, id) != 0)
		table++;
	return table;
}

/* What every failure owes the student. */
static void
prove_whole(const char *what, const struct verdict *verdict)
{
	bool cut = same_text(verdict->found, "no daemon to look at");

	if (cut && verdict->status == STATUS_ADVICE)
		return;
	if (verdict->status != STATUS_FAIL && verdict->status != STATUS_ADVICE)
		return;
	prove(verdict->expected != NULL && verdict->found != NULL,
	    "%s: expected or found is missing", what);
	prove(verdict->cause != NULL, "%s: no cause", what);
	prove(verdict->evidence_count > 0, "%s: no evidence", what);
	prove(cut || (verdict->cause_text != NULL &&
	    verdict->action != NULL), "%s: no question or no action", what);
}

static void
prove_rows(const struct row_of_test *rows, size_t count)
{
	struct observation seen;

	for (size_t i = 0; i < count; i++) {
		const struct check *check = check_called(rows[i].table,
		    rows[i].check);
		struct verdict verdict = { .check = check };

		prove(check->id != NULL, "%s: no check %s", rows[i].what,
		    rows[i].check);
		if (check->id == NULL)
			continue;
		build(&seen, rows[i].step);
		rows[i].spoil(&seen);
		check->judge(&seen, &verdict);
		prove(verdict.status == rows[i].status &&
		    (rows[i].cause == NULL ? verdict.cause == NULL :
		    same_text(verdict.cause, rows[i].cause)),
		    "%s (%s): status %d cause %s found %s", rows[i].what,
		    rows[i].check, (int)verdict.status,
		    verdict.cause ? verdict.cause : "-",
		    verdict.found ? verdict.found : "-");
		prove_whole(rows[i].what, &verdict);
		free_verdict(&verdict);
		observation_free(&seen);
	}
}

#define ROWS(rows) prove_rows(rows, sizeof(rows) / sizeof((rows)[0]))

static void
test_common(void)
{
	ROWS(common_rows);
}

static void
test_fork(void)
{
	ROWS(fork_rows);
}

static void
test_setsid(void)
{
	ROWS(setsid_rows);
}

static void
test_refork(void)
{
	ROWS(refork_rows);
}

static void
test_close(void)
{
	ROWS(close_rows);
}

static void
test_devnull(void)
{
	ROWS(devnull_rows);
}

static void
test_chdir(void)
{
	ROWS(chdir_rows);
}

/* Judges everything of a step; `wanted` -1: nothing but survival counts. */
static void
judge_all(int step, void (*spoil)(struct observation *), int wanted,
    const char *what)
{
	const struct check *const both[] = { common_checks, tables[step - 1] };
	struct observation seen;

	build(&seen, step);
	spoil(&seen);
	for (size_t i = 0; i < 2; i++)
		for (const struct check *c = both[i]; c->id != NULL; c++) {
			struct verdict verdict = { .check = c };

			c->judge(&seen, &verdict);
			prove(wanted == -1 ||
			    verdict.status == (enum status)wanted,
			    "%s, step %d, %s: status %d cause %s found %s",
			    what, step, c->id, (int)verdict.status,
			    verdict.cause ? verdict.cause : "-",
			    verdict.found ? verdict.found : "-");
			free_verdict(&verdict);
		}
	observation_free(&seen);
}

static void
test_good(void)
{
	for (int step = 1; step <= STEPS; step++)
		judge_all(step, nothing_spoiled, STATUS_PASS, "good");
}

static void
no_runs(struct observation *seen)
{
	for (size_t i = 0; i < seen->run_count; i++)
		set(&seen->runs[i].name, "gone");
}

static void
no_snapshots(struct observation *seen)
{
	for (size_t i = 0; i < seen->run_count; i++)
		for (size_t j = 0; j < seen->runs[i].snapshot_count; j++)
			set(&seen->runs[i].snapshots[j].moment, NULL);
}

static void
no_starts(struct observation *seen)
{
	for (size_t i = 0; i < seen->run_count; i++)
		set(&seen->runs[i].starts[0].name, NULL);
}

static void
test_missing(void)
{
	for (int step = 1; step <= STEPS; step++) {
		judge_all(step, no_runs, STATUS_ERROR, "no runs");
		judge_all(step, no_starts, -1, "no starts");
		judge_all(step, no_snapshots, -1, "no snapshots");
	}
}

static void
blank_process(struct process *process)
{
	set(&process->state, NULL);
	set(&process->comm, NULL);
	set(&process->executable, NULL);
	set(&process->cwd, NULL);
	set(&process->root, NULL);
	set(&process->blocked, NULL);
	set(&process->ignored, NULL);
	process->uid_count = process->gid_count = process->group_count = 0;
	for (size_t i = 0; i < process->descriptor_count; i++) {
		set(&process->descriptors[i].target, NULL);
		set(&process->descriptors[i].type, NULL);
	}
}

static void
blank(struct observation *seen)
{
	for (size_t i = 0; i < seen->run_count; i++) {
		struct run *run = &seen->runs[i];

		for (size_t j = 0; j < run->snapshot_count; j++) {
			struct snapshot *shot = &run->snapshots[j];

			for (size_t k = 0; k < shot->process_count; k++)
				blank_process(&shot->processes[k]);
			for (size_t k = 0; k < shot->row_count; k++) {
				set(&shot->rows[k].terminal, NULL);
				set(&shot->rows[k].line, NULL);
			}
		}
		set(&run->starts[0].command, NULL);
		set(&run->starts[0].output, NULL);
	}
}

static void
blank_events(struct observation *seen)
{
	for (size_t i = 0; i < seen->run_count; i++)
		for (size_t j = 0; j < seen->runs[i].event_count; j++) {
			set(&seen->runs[i].events[j].name, NULL);
			set(&seen->runs[i].events[j].arguments, NULL);
			set(&seen->runs[i].events[j].line, NULL);
		}
}

static void
blank_arguments(struct observation *seen)
{
	for (size_t i = 0; i < seen->run_count; i++)
		for (size_t j = 0; j < seen->runs[i].event_count; j++) {
			set(&seen->runs[i].events[j].arguments, NULL);
			set(&seen->runs[i].events[j].line, NULL);
		}
}

static void
no_roles(struct observation *seen)
{
	for (size_t i = 0; i < seen->run_count; i++)
		for (size_t j = 0; j < seen->runs[i].snapshot_count; j++) {
			struct snapshot *shot = &seen->runs[i].snapshots[j];

			for (size_t k = 0; k < shot->process_count; k++)
				set(&shot->processes[k].role, NULL);
		}
}

static void
no_facts(struct observation *seen)
{
	for (size_t i = 0; i < seen->run_count; i++)
		for (size_t j = 0; j < seen->runs[i].fact_count; j++)
			set(&seen->runs[i].facts[j].name, NULL);
	for (size_t i = 0; i < seen->setting_count; i++)
		set(&seen->settings[i].name, NULL);
	set(&seen->step, NULL);
}

/* AddressSanitizer and UBSan are the judges of this one. */
static void
test_holes(void)
{
	static void (*const spoils[])(struct observation *) = { blank,
		blank_events, blank_arguments, no_roles, no_facts, hangs,
		vanished, never_told, zombie, shells_session };

	for (int step = 1; step <= STEPS; step++)
		for (size_t i = 0; i < sizeof(spoils) / sizeof(*spoils); i++)
			judge_all(step, spoils[i], -1, "holes");
}

static void
test_empty(void)
{
	struct observation seen = { .step = NULL };

	for (size_t i = 0; i < STEPS; i++)
		for (const struct check *c = tables[i]; c->id != NULL; c++) {
			struct verdict verdict = { .check = c };

			c->judge(&seen, &verdict);
			prove(verdict.status == STATUS_ERROR,
			    "%s: nothing seen, status %d", c->id,
			    (int)verdict.status);
			free_verdict(&verdict);
		}
}

/* Ids and properties: what CUnit and a reader of JSON can bear. */
static void
test_names(void)
{
	static const char legal[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 _.,'/-";

	for (size_t i = 0; i <= STEPS; i++) {
		const struct check *c = i < STEPS ? tables[i] : common_checks;

		for (; c->id != NULL; c++)
			prove(c->id[strspn(c->id,
			    "abcdefghijklmnopqrstuvwxyz0123456789-")] ==
			    '\0' && c->property[strspn(c->property, legal)] ==
			    '\0', "%s: %s", c->id, c->property);
	}
}

CU_TestInfo checks_tests[] = {
	{ "right programs pass", test_good },
	{ "what every step owes", test_common },
	{ "01-fork", test_fork },
	{ "02-setsid", test_setsid },
	{ "03-refork", test_refork },
	{ "04-close", test_close },
	{ "05-devnull", test_devnull },
	{ "06-chdir", test_chdir },
	{ "what is missing is not the student's fault", test_missing },
	{ "holes in an observation crash nobody", test_holes },
	{ "nothing seen proves nothing", test_empty },
	{ "names and properties are legal", test_names },
	CU_TEST_INFO_NULL,
};
