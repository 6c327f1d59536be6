/*
 * common - what holds for every step: it starts and serves, leaves nothing
 * behind, leaves alone what is not its business, and does so unwatched too
 *
 * These come first: the first one tells why there is no daemon to look at.
 */
#define _GNU_SOURCE		/* SIGURG, under -std=c17 */

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checks/check.h"
#include "checks/helpers.h"
#include "language.h"

/* The steps that own a property: from there on it is judged there. */
enum { CLOSE = 4, CHDIR = 6, UMASK = 7, SIGNALS = 9, CHROOT = 11, SETUID = 12 };

static const char *
step_name(const struct observation *seen)
{
	return seen->step != NULL ? seen->step : "?";
}

/* 01-fork judges its launcher itself, in more detail. */
static bool
launcher_said_0(const struct observation *seen, const struct start *start,
    struct verdict *verdict)
{
	if (step_number(seen) == 1 || (start->ended && start->status == 0))
		return true;
	expect(verdict, _("the launcher (process %d) ends with status 0"),
	    start->launcher);
	if (!start->ended) {
		found(verdict, _("the launcher still runs"));
		blame(verdict, "common.launcher-stays",
		    _("Does the parent still end in 01-fork? Does make 01 "
		    "pass?"));
	} else {
		found(verdict, _("the launcher's wait status is %d"),
		    start->status);
		blame(verdict, "common.launcher-status",
		    _("With what status does the parent end in 01-fork?"));
	}
	evidence(verdict, "$ %s", start->command ? start->command : "?");
	show_output(verdict, start);
	advise_action(verdict, _("Check step 01 again: make 01 "
	    "(chapters/en/01-fork.md)."));
	return false;
}

static bool
serves(const struct observation *seen, struct verdict *verdict,
    const char *name)
{
	const struct process *process = the_daemon(seen, verdict, name,
	    "first", "after");
	const struct run *run;

	if (process == NULL)
		return false;
	run = find_run(seen, name);
	return witnesses_agree(run, find_snapshot(run, "after"), process,
	    verdict) &&
	    launcher_said_0(seen, find_start(run, "first"), verdict);
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
 * Two steps judge their own parent themselves, and know more of it: 01 the
 * launcher that stays, 03 the leader that stays.
 */
static bool
is_their_business(const struct observation *seen, const struct run *run,
    const struct process *daemon, int pid)
{
	int number = step_number(seen);

	return (number == 1 && !find_start(run, "first")->ended &&
	    pid == find_start(run, "first")->launcher) ||
	    (number == 3 && pid == daemon->sid);
}

static bool
no_zombie(const struct observation *seen, const struct run *run,
    const struct snapshot *shot, const struct process *daemon,
    struct verdict *verdict)
{
	for (size_t i = 0; i < shot->process_count; i++) {
		const struct process *process = &shot->processes[i];

		if (!is_zombie(process) || is_their_business(seen, run,
		    daemon, process->ppid))
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
		    step_name(seen), step_name(seen));
		return false;
	}
	return true;
}

/* The number of living processes in 01 is 01-fork's own business. */
static bool
no_second(const struct observation *seen, const struct run *run,
    const struct snapshot *shot, const struct process *daemon,
    struct verdict *verdict)
{
	for (size_t i = 0; i < shot->process_count; i++) {
		const struct process *process = &shot->processes[i];

		if (step_number(seen) == 1 || !is_program(process) ||
		    !is_alive(process) || is_a_daemon(run, process->pid) ||
		    is_their_business(seen, run, daemon, process->pid))
			continue;
		found(verdict, _("process %d of the program lives beside the "
		    "daemon"), process->pid);
		show_both(verdict, shot, process);
		blame(verdict, "common.second-process",
		    _("Which process should have ended after fork?"));
		advise_action(verdict, _("Follow each fork with make "
		    "trace-%.2s: one of the two must end "
		    "(chapters/en/%s.md)."), step_name(seen), step_name(seen));
		return false;
	}
	return true;
}

static bool
adopted(const struct observation *seen, const struct run *run,
    const struct snapshot *shot, const struct process *process,
    struct verdict *verdict)
{
	const struct process *init = find_role(shot, "init");

	if (step_number(seen) == 1)
		return true;
	if (init == NULL) {
		harness_fault(verdict, _("the box's init was not seen"));
		return false;
	}
	if (process->ppid == init->pid ||
	    is_their_business(seen, run, process, process->ppid))
		return true;
	found(verdict, _("the daemon's parent is process %d, not init (%d)"),
	    process->ppid, init->pid);
	show_both(verdict, shot, process);
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
	const struct process *process = the_daemon(seen, verdict, name,
	    "first", "after");
	const struct run *run;
	const struct snapshot *shot;

	if (process == NULL)
		return false;
	run = find_run(seen, name);
	shot = find_snapshot(run, "after");
	return no_zombie(seen, run, shot, process, verdict) &&
	    no_second(seen, run, shot, process, verdict) &&
	    adopted(seen, run, shot, process, verdict);
}

static void
judge_alone(const struct observation *seen, struct verdict *verdict)
{
	expect(verdict, _("one process of the program, adopted by init, and "
	    "no zombie"));
	both_runs(seen, verdict, alone);
}

/*
 * What is not its business.
 */

static bool
blame_meddling(const struct observation *seen, struct verdict *verdict,
    const char *cause, const char *owner)
{
	blame(verdict, cause, _("Which line of steps/%s.c, or of a step "
	    "before it, changes that?"), step_name(seen));
	advise_action(verdict, _("Leave that to %s (chapters/en/%s.md)."),
	    owner, owner);
	return false;
}

static bool
mask_is_kept(const struct observation *seen, const char *run,
    const struct process *process, struct verdict *verdict)
{
	const char *mask = setting_of(seen, run, "start-mask");
	long wanted;

	if (step_number(seen) >= UMASK)
		return true;
	if (mask == NULL || process->mask < 0) {
		harness_fault(verdict, _("the umask was not seen"));
		return false;
	}
	wanted = strtol(mask, NULL, 8);
	if (process->mask == wanted)
		return true;
	expect(verdict, _("umask %03lo, as at the start"),
	    (unsigned long)wanted);
	found(verdict, _("umask %03o"), (unsigned)process->mask);
	evidence(verdict, "/proc/%d/status: Umask: %04o", process->pid,
	    (unsigned)process->mask);
	return blame_meddling(seen, verdict, "common.mask", "07-umask");
}

static bool
directory_is_kept(const struct observation *seen, const char *run,
    const struct process *before, const struct process *process,
    struct verdict *verdict)
{
	const char *start = before != NULL ? before->cwd :
	    setting_of(seen, run, "start-directory");

	if (step_number(seen) >= CHDIR)
		return true;
	if (start == NULL || process->cwd == NULL) {
		harness_fault(verdict, _("the working directory was not seen"));
		return false;
	}
	if (before != NULL && known_identity(before->cwd_identity) ?
	    same_identity(before->cwd_identity, process->cwd_identity) :
	    same_text(start, process->cwd))
		return true;
	expect(verdict, _("working directory %s, as at the start"), start);
	found(verdict, _("working directory %s"), process->cwd);
	evidence(verdict, "/proc/%d/cwd -> %s", process->pid, process->cwd);
	return blame_meddling(seen, verdict, "common.directory", "06-chdir");
}

static bool
root_is_kept(const struct observation *seen, const struct process *before,
    const struct process *process, struct verdict *verdict)
{
	if (step_number(seen) >= CHROOT || before == NULL)
		return true;
	if (!known_identity(before->root_identity) ||
	    !known_identity(process->root_identity)) {
		harness_fault(verdict, _("the root directory was not seen"));
		return false;
	}
	if (same_identity(before->root_identity, process->root_identity))
		return true;
	expect(verdict, _("the root directory of the start"));
	found(verdict, _("another root directory: %s"),
	    process->root ? process->root : "?");
	evidence(verdict, "/proc/%d/root -> %s", process->pid,
	    process->root ? process->root : "?");
	return blame_meddling(seen, verdict, "common.root", "11-chroot");
}

static bool
blame_closing(const struct observation *seen, const struct process *process,
    int number, struct verdict *verdict)
{
	const struct descriptor *now = find_descriptor(process, number);

	expect(verdict, _("descriptor %d is what it was at the start"), number);
	if (now == NULL) {
		found(verdict, _("descriptor %d is closed"), number);
		evidence(verdict, "/proc/%d/fd/%d: ENOENT", process->pid,
		    number);
	} else {
		found(verdict, _("descriptor %d is another file: %s"), number,
		    now->target ? now->target : "?");
		show_descriptor(verdict, process, now);
	}
	return blame_meddling(seen, verdict, "common.descriptors", "04-close");
}

/* Close-on-exec ones are the harness's own: they never reach the program. */
static bool
descriptors_are_kept(const struct observation *seen, const struct run *run,
    const struct process *before, const struct process *process,
    struct verdict *verdict)
{
	const char *opened = opened_at_start(seen, run);
	const struct descriptor *old, *now;
	char *end;
	long number;

	if (step_number(seen) >= CLOSE)
		return true;
	if (opened == NULL) {
		harness_fault(verdict, _("run %s does not say what was open "
		    "at its start"), run->name);
		return false;
	}
	for (;; opened = end) {
		number = strtol(opened, &end, 10);
		if (end == opened)
			return true;
		now = find_descriptor(process, (int)number);
		old = before == NULL ? NULL :
		    find_descriptor(before, (int)number);
		if (now == NULL || (old != NULL &&
		    !same_identity(old->identity, now->identity)))
			return blame_closing(seen, process, (int)number,
			    verdict);
	}
}

static bool
signals_are_kept(const struct observation *seen,
    const struct process *process, struct verdict *verdict)
{
	int ignored = signal_in(process->ignored, SIGUSR2);
	int blocked = signal_in(process->blocked, SIGURG);

	if (step_number(seen) >= SIGNALS || (ignored == 1 && blocked == 1))
		return true;
	if (ignored == -1 || blocked == -1) {
		harness_fault(verdict, _("the signal masks were not seen"));
		return false;
	}
	expect(verdict, _("SIGUSR2 stays ignored and SIGURG stays blocked, "
	    "as at the start"));
	found(verdict, "%s", ignored == 0 ? _("SIGUSR2 is no longer ignored") :
	    _("SIGURG is no longer blocked"));
	evidence(verdict, "/proc/%d/status: SigIgn: %s", process->pid,
	    process->ignored);
	evidence(verdict, "/proc/%d/status: SigBlk: %s", process->pid,
	    process->blocked);
	return blame_meddling(seen, verdict, "common.signals", "09-signals");
}

static bool
same_numbers(const int *one, size_t count, const int *other,
    size_t other_count)
{
	return count == other_count &&
	    (count == 0 || memcmp(one, other, count * sizeof(*one)) == 0);
}

static bool
ids_are_kept(const struct observation *seen, const struct process *before,
    const struct process *process, struct verdict *verdict)
{
	if (step_number(seen) >= SETUID || before == NULL)
		return true;
	if (before->uid_count == 0 || process->uid_count == 0 ||
	    before->gid_count == 0 || process->gid_count == 0) {
		harness_fault(verdict, _("the ids were not seen"));
		return false;
	}
	if (same_numbers(before->uids, before->uid_count, process->uids,
	    process->uid_count) && same_numbers(before->gids,
	    before->gid_count, process->gids, process->gid_count) &&
	    same_numbers(before->groups, before->group_count,
	    process->groups, process->group_count))
		return true;
	expect(verdict, _("the user, the group and the supplementary groups "
	    "of the start"));
	found(verdict, _("uid %d, gid %d, %zu supplementary groups"),
	    process->uids[0], process->gids[0], process->group_count);
	evidence(verdict, "/proc/%d/status: Uid: %d Gid: %d", process->pid,
	    process->uids[0], process->gids[0]);
	return blame_meddling(seen, verdict, "common.ids", "12-setuid");
}

static bool
meddles_not(const struct observation *seen, struct verdict *verdict,
    const char *name)
{
	const struct process *process = the_daemon(seen, verdict, name,
	    "first", "after");
	const struct process *before;
	const struct run *run;

	if (process == NULL)
		return false;
	run = find_run(seen, name);
	before = process_before(run, "first");
	if (before == NULL && run->traced) {
		harness_fault(verdict, _("snapshot before of run %s is "
		    "missing"), name);
		return false;
	}
	return descriptors_are_kept(seen, run, before, process, verdict) &&
	    directory_is_kept(seen, name, before, process, verdict) &&
	    mask_is_kept(seen, name, process, verdict) &&
	    signals_are_kept(seen, process, verdict) &&
	    root_is_kept(seen, before, process, verdict) &&
	    ids_are_kept(seen, before, process, verdict);
}

static void
judge_meddling(const struct observation *seen, struct verdict *verdict)
{
	expect(verdict, _("what no step up to this one changes is as it was "
	    "at the start"));
	both_runs(seen, verdict, meddles_not);
}

/*
 * Traced and untraced.
 */

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
	features[3] = process->sid == start->shell;
	features[4] = init != NULL && process->ppid == init->pid;
	features[5] = start->ended && start->status == 0;
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
		evidence(verdict, "%s: $ %s", runs[i],
		    start->command ? start->command : "?");
		if (which > 0)
			show_process(verdict, find_process(find_snapshot(run,
			    "after"), start->daemon));
	}
	blame(verdict, "common.differs", _("Does it look at who watches it, "
	    "or at what its options and its descriptors are?"));
	advise_action(verdict, _("Start it by hand both ways, with "
	    "redirections and without, and compare with make show-%.2s "
	    "(chapters/en/%s.md)."), step_name(seen), step_name(seen));
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

	expect(verdict, _("the same process, whether strace looks on or not"));
	if (!fill_features(seen, verdict, "traced", traced) ||
	    !fill_features(seen, verdict, "plain", plain))
		return;
	for (size_t i = 0; i < FEATURES; i++) {
		const bool pair[] = { traced[i], plain[i] };

		if (traced[i] == plain[i])
			continue;
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
		"created", "link", "victim", "other-pid-file"
	};

	for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++)
		if (covers(find_fact(run, facts[i]), path))
			return true;
	return (step_number(seen) >= 8 &&
	    covers(find_setting(seen, "pid-file"), path)) ||
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
		    "fopen of steps/%s.c makes that file?"), step_name(seen));
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
