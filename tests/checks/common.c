/*
 * common - what holds for every step: it starts and serves, leaves nothing
 * behind, leaves alone what is not its business, and does so unwatched too
 *
 * These come first: the first one tells why there is no daemon to look at.
 */
#define _GNU_SOURCE		/* SIGURG, under -std=c17 */

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "checks/absence.h"
#include "checks/check.h"
#include "checks/daemon.h"
#include "checks/meddling.h"
#include "checks/needs.h"
#include "checks/process.h"
#include "checks/verdict.h"
#include "checks/witness.h"
#include "checks/words.h"
#include "language.h"
#include "step.h"

/* 01-fork and the capstone judge their launcher themselves, in detail. */
static bool
launcher_said_0(const struct observation *seen, const struct start *start,
    struct verdict *verdict)
{
	if (step_number(seen) == 1 || step_number(seen) == CAPSTONE ||
	    (start->ended && start->status == 0))
		return true;
	expect(verdict, _("the launcher (process %d) ends with status 0"),
	    start->launcher);
	if (!start->ended) {
		found(verdict, _("the launcher still runs"));
		blame(verdict, "common.launcher-stays",
		    _("Does the parent still end in 01-fork? Does make 01 "
		    "pass?"));
	} else {
		found(verdict, _("the launcher does not end with status 0"));
		show_launcher(verdict, start);
		blame(verdict, "common.launcher-status",
		    _("With what status does the parent end in 01-fork?"));
	}
	show_prompt(verdict, start);
	show_output(verdict, start);
	advise_action(verdict, _("Check step 01 again: make 01 "
	    "(chapters/en/01-fork.md)."));
	return false;
}

static bool
serves(const struct observation *seen, struct verdict *verdict,
    const char *name)
{
	struct scene at;

	if (!set_scene(seen, verdict, name, &at))
		return false;
	return witnesses_agree(at.run, at.shot, at.process, verdict) &&
	    launcher_said_0(seen, at.start, verdict);
}

static void
judge_serving(const struct observation *seen, struct verdict *verdict)
{
	expect(verdict, _("a process of the program that waits for signals"));
	both_runs(seen, verdict, serves);
}

/* A second start's daemon (10-log) is no second process of the first. */
static bool
is_a_daemon(const struct run *run, int pid)
{
	for (size_t i = 0; i < run->start_count; i++)
		if (run->starts[i].daemon == pid)
			return true;
	return false;
}

static bool
is_zombie(const struct process *process)
{
	return !is_alive(process) &&
	    (process->role == NULL || is_program(process));
}

/*
 * Some judge their own parent themselves, and know more of it: 01 and the
 * capstone the launcher that stays, 03 the leader that stays.
 */
static bool
is_their_business(const struct observation *seen, const struct scene *at,
    int pid)
{
	int number = step_number(seen);

	return (number == 1 && !at->start->ended &&
	    pid == at->start->launcher) ||
	    (number == CAPSTONE && pid == at->start->launcher) ||
	    (number == 3 && pid == at->process->sid);
}

static bool
no_zombie(const struct observation *seen, const struct scene *at,
    struct verdict *verdict)
{
	for (size_t i = 0; i < at->shot->process_count; i++) {
		const struct process *process = &at->shot->processes[i];

		if (!is_zombie(process) ||
		    is_their_business(seen, at, process->ppid))
			continue;
		found(verdict, _("process %d is a zombie: it has ended and "
		    "its parent %d has not reaped it"), process->pid,
		    process->ppid);
		evidence(verdict, "/proc/%d/stat: pid %d state %s ppid %d",
		    process->pid, process->pid, process->state, process->ppid);
		blame(verdict, "common.zombie",
		    _("Which process goes on after fork: the parent or the "
		    "child? Does somebody wait for the one that ends?"));
		advise_action(verdict, _("After each fork let the parent end "
		    "and the child go on in steps/%s.c (chapters/en/%s.md)."),
		    step_source(seen), step_name(seen));
		return false;
	}
	return true;
}

/* The number of living processes in 01 is 01-fork's own business. */
static bool
no_second(const struct observation *seen, const struct scene *at,
    struct verdict *verdict)
{
	for (size_t i = 0; i < at->shot->process_count; i++) {
		const struct process *process = &at->shot->processes[i];

		if (step_number(seen) == 1 || !is_program(process) ||
		    !is_alive(process) || is_a_daemon(at->run, process->pid) ||
		    is_their_business(seen, at, process->pid))
			continue;
		found(verdict, _("process %d of the program lives beside the "
		    "daemon"), process->pid);
		show_both(verdict, at->shot, process);
		blame(verdict, "common.second-process",
		    _("Which process should have ended after fork?"));
		advise_action(verdict, _("Follow each fork with make "
		    "trace-%s: one of the two must end "
		    "(chapters/en/%s.md)."), step_goal(seen), step_name(seen));
		return false;
	}
	return true;
}

static bool
adopted(const struct observation *seen, const struct scene *at,
    struct verdict *verdict)
{
	const struct process *init;
	const int parent = at->process->ppid;

	if (step_number(seen) == 1)
		return true;
	init = needed_init(at->shot, verdict);
	if (init == NULL)
		return false;
	if (parent == init->pid || is_their_business(seen, at, parent))
		return true;
	found(verdict, _("the daemon's parent is process %d, not init (%d)"),
	    parent, init->pid);
	show_both(verdict, at->shot, at->process);
	blame(verdict, "common.not-adopted",
	    _("Is the daemon's parent still there? Only an orphan is "
	    "adopted."));
	advise_action(verdict, _("Let each parent end after its fork "
	    "(chapters/en/%s.md)."), step_name(seen));
	return false;
}

static bool
alone(const struct observation *seen, struct verdict *verdict,
    const char *name)
{
	struct scene at;

	if (!set_scene(seen, verdict, name, &at))
		return false;
	return no_zombie(seen, &at, verdict) &&
	    no_second(seen, &at, verdict) && adopted(seen, &at, verdict);
}

static void
judge_alone(const struct observation *seen, struct verdict *verdict)
{
	expect(verdict, _("one process of the program, adopted by init, and "
	    "no zombie"));
	both_runs(seen, verdict, alone);
}

/*
 * Traced and untraced.
 */

/* Of several starts at once (10-log) which daemon is whose can't be told. */
static bool
is_a_shell(const struct run *run, int pid)
{
	for (size_t i = 0; i < run->start_count; i++)
		if (run->starts[i].shell == pid)
			return true;
	return false;
}

static bool
fill_features(const struct observation *seen, struct verdict *verdict,
    const char *name, bool *features)
{
	const struct run *run = the_run(seen, verdict, name);
	const struct start *start = run ? find_start(run, "first") : NULL;
	const struct snapshot *shot = run ? find_snapshot(run, "after") : NULL;
	const struct process *process, *init;

	if (run == NULL)
		return false;
	process = start != NULL && shot != NULL && start->daemon > 0 ?
	    find_process(shot, start->daemon) : NULL;
	features[0] = process != NULL && is_alive(process);
	if (!features[0])
		return true;
	init = find_role(shot, "init");
	features[1] = process->sid == process->pid;
	features[2] = process->pgid == process->pid;
	features[3] = is_a_shell(run, process->sid);
	features[4] = init != NULL && process->ppid == init->pid;
	features[5] = start->ended && start->status == 0 &&
	    !is_alive(find_process(shot, start->launcher));
	features[6] = signal_in(process->ignored, SIGUSR2) == 1;
	features[7] = signal_in(process->blocked, SIGURG) == 1;
	return true;
}

static void
blame_difference(const struct observation *seen, const char *what,
    const bool *features, size_t which, struct verdict *verdict)
{
	static const char *const runs[] = { "traced", "plain" };
	const struct run *run;
	const struct start *start;

	found(verdict, features[0] ? _("under strace it %s, untraced it does "
	    "not") : _("untraced it %s, under strace it does not"), what);
	for (size_t i = 0; i < 2; i++) {
		run = find_run(seen, runs[i]);
		start = find_start(run, "first");
		if (start == NULL)
			continue;
		evidence(verdict, i == 0 ? _("under strace: $ %s") :
		    _("without strace: $ %s"),
		    start->command ? start->command : "?");
		if (which > 0)
			show_process(verdict, find_process(find_snapshot(run,
			    "after"), start->daemon));
	}
	blame(verdict, "common.differs", _("Does it look at who watches it, "
	    "or at what its options and its descriptors are?"));
	advise_action(verdict, _("Start it by hand both ways, with "
	    "redirections and without, and compare with make show-%s "
	    "(chapters/en/%s.md)."), step_goal(seen), step_name(seen));
}

/* A start without a daemon whose cause is known by more than its end. */
static bool
has_its_own_cause(const struct observation *seen, const char *run)
{
	static const enum why vague[] = { WHY_SAID_NO, WHY_CRASHED,
		WHY_NO_SETTLE, WHY_ENDED, WHY_NOBODY };
	struct verdict scratch = { .check = NULL };
	bool known;

	the_daemon(seen, &scratch, run, "first", "after");
	known = scratch.cause != NULL;
	for (size_t i = 0; i < sizeof(vague) / sizeof(*vague); i++)
		known = known &&
		    !same_text(scratch.cause, step_cause(seen, vague[i]));
	verdict_clear(&scratch);
	return known;
}

static void
judge_sameness(const struct observation *seen, struct verdict *verdict)
{
	static const char *const words[] = { N_("leaves a daemon"),
		N_("leads a session"), N_("leads a process group"),
		N_("stays in the shell's session"), N_("is adopted by init"),
		N_("says status 0"), N_("ignores SIGUSR2"),
		N_("blocks SIGURG") };
	enum { FEATURES = sizeof(words) / sizeof(words[0]) };
	bool traced[FEATURES] = { false }, plain[FEATURES] = { false };
	const char *missing;

	expect(verdict, _("the same process, whether strace looks on or not"));
	if (!fill_features(seen, verdict, "traced", traced) ||
	    !fill_features(seen, verdict, "plain", plain))
		return;
	for (size_t i = 0; i < FEATURES; i++) {
		const bool pair[] = { traced[i], plain[i] };

		if (traced[i] == plain[i])
			continue;
		missing = traced[i] ? "plain" : "traced";
		/* Told already: that the two starts differ explains less. */
		if (i == 0 && has_its_own_cause(seen, missing)) {
			the_daemon(seen, verdict, missing, "first", "after");
			return;
		}
		blame_difference(seen, _(words[i]), pair, i, verdict);
		return;
	}
	/* Neither has one: the_daemon says why. */
	if (!traced[0])
		the_daemon(seen, verdict, "traced", "first", "after");
}

/* A name that stands for itself, for what lies below it, or (a log) for its
 * older pieces: "x", "x/…", "x.1". */
static bool
covers(const char *name, const char *path)
{
	size_t length = name == NULL ? 0 : strlen(name);

	return length > 0 && strncmp(path, name, length) == 0 &&
	    (path[length] == '\0' || path[length] == '/' ||
	    path[length] == '.');
}

static bool
was_told_to_make(const struct observation *seen, const struct run *run,
    const char *path)
{
	static const char *const facts[] = {
		"created", "link", "victim", "other-pid-file", "other-jail"
	};

	for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++)
		if (covers(find_fact(run, facts[i]), path))
			return true;
	return (step_number(seen) >= 8 &&
	    covers(find_setting(seen, "pid-file"), path)) ||
	    covers(find_setting(seen, "board"), path) ||
	    (step_number(seen) >= 10 &&
	    covers(find_setting(seen, "log-file"), path));
}

static bool
makes_nothing_else(const struct observation *seen, struct verdict *verdict,
    const char *name)
{
	const struct run *run = the_run(seen, verdict, name);
	const char *files = run ? find_fact(run, "new-files") : NULL;
	bool clean = true;

	if (run == NULL)
		return false;
	if (files == NULL) {
		harness_fault(verdict, _("run %s doesn't say which files came "
		    "to be"), name);
		return false;
	}
	while (*files != '\0') {
		int length = (int)strcspn(files, "\n");
		char *path = text("%.*s", length, files);

		if (!was_told_to_make(seen, run, path)) {
			found(verdict, _("%s came to be"), path);
			evidence(verdict, "stat: %s", path);
			clean = false;
		}
		free(path);
		files += length + (files[length] == '\n');
	}
	if (!clean) {
		blame(verdict, "common.files", _("Which open, creat, mkdir or "
		    "fopen of steps/%s.c makes that file?"), step_source(seen));
		advise_action(verdict, _("Make only the files that the options "
		    "name (chapters/en/%s.md)."), step_name(seen));
	}
	return clean;
}

static void
judge_files(const struct observation *seen, struct verdict *verdict)
{
	expect(verdict, _("no file that it was not told to make"));
	both_runs(seen, verdict, makes_nothing_else);
	if (verdict->status == STATUS_PASS)
		found(verdict, _("no other file came to be"));
}

const struct check common_checks[] = {
	{ "starts-and-serves", true,
	    N_("it starts, and a process of it serves"), judge_serving },
	{ "leaves-one-process", true,
	    N_("it leaves no zombie and no second process"), judge_alone },
	{ "leaves-the-rest-alone", true,
	    N_("it leaves alone what is not its business"), judge_meddling },
	{ "makes-no-other-file", true,
	    N_("it makes no file that it was not told to make"), judge_files },
	{ "same-traced-and-untraced", true,
	    N_("it does the same traced and untraced"), judge_sameness },
	{ NULL, false, NULL, NULL }
};
