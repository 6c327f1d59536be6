/*
 * 01-fork - a child goes on, and the parent ends at once
 *
 * fork(2): "fork() creates a new process by duplicating the calling process."
 * _exit(2) ends without flushing stdio; exit(3) flushes what both have.
 */
#define _GNU_SOURCE		/* SIGXCPU, under -std=c17 */

#include <sys/wait.h>

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "checks/check.h"
#include "checks/daemon.h"
#include "checks/events.h"
#include "checks/needs.h"
#include "checks/process.h"
#include "checks/verdict.h"
#include "checks/witness.h"
#include "checks/words.h"
#include "language.h"

static const char forks[] = "fork vfork clone clone3";
static const char waits[] = "wait4 waitid waitpid";
/* What main.c prints before the fork, after its name. */
static const char greeting[] = ": starting; ";

static const struct cause no_fork = {
	"01-fork.no-fork",
	N_("Is fork() called at all? The first process itself serves."),
	N_("Call fork() in steps/01-fork.c (chapters/en/01-fork.md)."),
};
static const struct cause wrong_one_ends = {
	"01-fork.wrong-one-ends",
	N_("fork() returns 0 in the child: which of the two does your test "
	    "send to _exit()?"),
	N_("Let the process that got a positive number end, in "
	    "steps/01-fork.c (chapters/en/01-fork.md)."),
};
static const struct cause parent_waits = {
	"01-fork.parent-waits",
	N_("Does the parent wait for its child? The child never ends."),
	N_("Let the parent call _exit(0) without waiting, in steps/01-fork.c "
	    "(chapters/en/01-fork.md)."),
};
static const struct cause calls_vfork = {
	"01-fork.vfork",
	N_("vfork() holds the parent until the child ends or executes a "
	    "program: is fork() meant?"),
	N_("Call fork() instead of vfork() in steps/01-fork.c "
	    "(chapters/en/01-fork.md)."),
};
static const struct cause parent_stays = {
	"01-fork.parent-stays",
	N_("Does the parent call _exit(0) right after fork()? Both processes "
	    "go on."),
	N_("Let the parent call _exit(0) in steps/01-fork.c "
	    "(chapters/en/01-fork.md)."),
};
static const struct cause other_program = {
	"01-fork.other-program",
	N_("Does the child execute another program?"),
	N_("Let the child return 0 in steps/01-fork.c "
	    "(chapters/en/01-fork.md)."),
};
static const struct cause more_than_one = {
	"01-fork.more-than-one",
	N_("How many times is fork() called, and by whom? The child goes "
	    "through what follows as well."),
	N_("Count the forks with make trace-01 (chapters/en/01-fork.md)."),
};
static const struct cause parent_lives = {
	"01-fork.parent-lives",
	N_("Is the parent of the daemon still there? Only an orphan is "
	    "adopted."),
	N_("Let every parent end after its fork, in steps/01-fork.c "
	    "(chapters/en/01-fork.md)."),
};
static const struct cause exit_in_parent = {
	"01-fork.exit-in-parent",
	N_("Does the parent end with exit(), or by return from main()? Both "
	    "write out what stdio holds, and each of the two processes has a "
	    "copy."),
	N_("End the parent with _exit(0) in steps/01-fork.c "
	    "(chapters/en/01-fork.md)."),
};
static const struct cause text_lost = {
	"01-fork.text-lost",
	N_("Does something close or empty stdout before the child returns?"),
	N_("Leave stdout to the child in steps/01-fork.c "
	    "(chapters/en/01-fork.md)."),
};
static const struct cause error_crashes = {
	"01-fork.error-crashes",
	N_("What is done with the -1 that fork() returned? As a PID, -1 means "
	    "every process."),
	N_("Return -1 when fork() did, in steps/01-fork.c "
	    "(chapters/en/01-fork.md)."),
};
static const struct cause errno_lost = {
	"01-fork.errno-lost",
	N_("What sets errno to 0 between fork() and the return?"),
	N_("Leave errno as fork() set it, in steps/01-fork.c "
	    "(chapters/en/01-fork.md)."),
};

static const struct cause trusts_parent = {
	"01-fork.trusts-parent",
	N_("Is a parent with PID 1 taken for the sign of a daemon? So is the "
	    "parent of whatever init starts, or a container."),
	N_("Call fork() whoever the parent is, in steps/01-fork.c "
	    "(chapters/en/01-fork.md)."),
};

static const struct event *
unfinished_call(const struct run *run, int pid, const char *names)
{
	const struct event *event = last_call(run, pid, names);

	return event != NULL && !event->finished ? event : NULL;
}

static size_t
count_program(const struct snapshot *shot)
{
	size_t count = 0;

	for (size_t i = 0; i < shot->process_count; i++)
		count += is_program(&shot->processes[i]) &&
		    is_alive(&shot->processes[i]);
	return count;
}

/* The program's process with the next higher PID than `pid`, or NULL. */
static const struct process *
next_program(const struct snapshot *shot, int pid)
{
	const struct process *next = NULL;

	for (size_t i = 0; i < shot->process_count; i++) {
		const struct process *process = &shot->processes[i];

		if (is_program(process) && process->pid > pid &&
		    (next == NULL || process->pid < next->pid))
			next = process;
	}
	return next;
}

/* By their PIDs: a snapshot has them in the order of their adoption. */
static void
show_program(struct verdict *verdict, const struct snapshot *shot)
{
	const struct process *process = NULL;

	while ((process = next_program(shot, process == NULL ? 0 :
	    process->pid)) != NULL)
		show_both(verdict, shot, process);
}

/* Why the launcher is still there: the first thing that the trace shows. */
static void
blame_staying(const struct scene *at, struct verdict *verdict)
{
	const int launcher = at->start->launcher;
	const struct event *forked = last_success(at->run, launcher, forks);
	const struct event *wait = unfinished_call(at->run, launcher, waits);
	const struct event *vforked = unfinished_call(at->run, launcher,
	    "vfork");

	show_event(verdict, forked);
	show_event(verdict, wait);
	show_event(verdict, vforked);
	if (vforked != NULL)
		accuse(verdict, &calls_vfork);
	else if (wait != NULL)
		accuse(verdict, &parent_waits);
	else if (at->start->daemon != launcher ||
	    count_program(at->shot) != 1)
		accuse(verdict, &parent_stays);
	else
		accuse(verdict, at->run->traced && forked == NULL ? &no_fork :
		    &wrong_one_ends);
}

static void
blame_status(const struct start *start, struct verdict *verdict)
{
	if (WIFSIGNALED(start->status)) {
		found(verdict, _("the launcher was killed by %s"),
		    signal_word(WTERMSIG(start->status)));
		blame(verdict, "01-fork.parent-killed",
		    _("Who sends that signal to the parent?"));
	} else {
		found(verdict, _("the launcher ended with status %d"),
		    WEXITSTATUS(start->status));
		blame(verdict, "01-fork.parent-status",
		    _("With what number does the parent end? The daemon has "
		    "started: that is a success."));
	}
	show_launcher(verdict, start);
	advise_action(verdict, _("End the parent with _exit(0) in "
	    "steps/01-fork.c (chapters/en/01-fork.md)."));
}

static bool
launcher_ends(const struct observation *seen, struct verdict *verdict,
    const char *name)
{
	struct scene at;

	if (!set_scene(seen, verdict, name, &at))
		return false;
	if (at.start->ended && at.start->status == 0)
		return true;
	if (at.start->ended) {
		blame_status(at.start, verdict);
		return false;
	}
	found(verdict, _("the launcher (process %d) still runs"),
	    at.start->launcher);
	show_program(verdict, at.shot);
	blame_staying(&at, verdict);
	return false;
}

static void
judge_launcher(const struct observation *seen, struct verdict *verdict)
{
	expect(verdict, _("the launcher ends by itself, with status 0"));
	both_runs(seen, verdict, launcher_ends);
}

static bool
descends(const struct observation *seen, const struct scene *at,
    struct verdict *verdict)
{
	const struct process *process = at->process;
	const char *program = find_setting(seen, "program");

	if (process->pid == at->start->launcher) {
		found(verdict, _("the process that lives is the launcher "
		    "itself (process %d)"), process->pid);
		show_process(verdict, process);
		blame_staying(at, verdict);
		return false;
	}
	if (process->executable == NULL || program == NULL) {
		harness_fault(verdict, _("what process %d runs was not seen"),
		    process->pid);
		return false;
	}
	/* Without their folders: a box has others. */
	if (strcmp(short_name(process->executable), short_name(program)) == 0)
		return true;
	found(verdict, _("process %d runs %s"), process->pid,
	    process->executable);
	evidence(verdict, "/proc/%d/exe -> %s", process->pid,
	    process->executable);
	accuse(verdict, &other_program);
	return false;
}

static bool
one_lives(const struct observation *seen, struct verdict *verdict,
    const char *name)
{
	struct scene at;

	if (!set_scene(seen, verdict, name, &at))
		return false;
	if (count_program(at.shot) == 1)
		return descends(seen, &at, verdict);
	found(verdict, ngettext("%zu process of the program lives",
	    "%zu processes of the program live", count_program(at.shot)),
	    count_program(at.shot));
	show_program(verdict, at.shot);
	if (!at.start->ended) {
		blame_staying(&at, verdict);
		return false;
	}
	accuse(verdict, &more_than_one);
	return false;
}

static void
forks_for_init_too(const struct observation *seen, struct verdict *verdict)
{
	struct scene at;

	if (!set_scene(seen, verdict, "orphan", &at) ||
	    at.process->pid != at.start->launcher)
		return;
	found(verdict, _("started by init, the launcher (process %d) serves "
	    "itself"), at.process->pid);
	show_process(verdict, at.process);
	accuse(verdict, &trusts_parent);
}

static void
judge_descendant(const struct observation *seen, struct verdict *verdict)
{
	expect(verdict, _("exactly one process lives on: a child, which runs "
	    "the program"));
	if (both_runs(seen, verdict, one_lives))
		forks_for_init_too(seen, verdict);
}

static bool
is_adopted(const struct observation *seen, struct verdict *verdict,
    const char *name)
{
	const struct process *init;
	struct scene at;

	if (!set_scene(seen, verdict, name, &at))
		return false;
	init = needed_init(at.shot, verdict);
	if (init == NULL)
		return false;
	if (!witnesses_agree(at.run, at.shot, at.process, verdict))
		return false;
	if (at.process->ppid == init->pid)
		return true;
	expect(verdict, _("its parent is init, process %d"), init->pid);
	found(verdict, _("its parent is process %d"), at.process->ppid);
	show_both(verdict, at.shot, at.process);
	if (!at.start->ended) {
		blame_staying(&at, verdict);
		return false;
	}
	accuse(verdict, &parent_lives);
	return false;
}

static void
judge_adoption(const struct observation *seen, struct verdict *verdict)
{
	expect(verdict, _("its parent is init"));
	both_runs(seen, verdict, is_adopted);
}

static bool
prompt_is_back(const struct observation *seen, struct verdict *verdict,
    const char *name)
{
	struct scene at;

	if (!set_scene(seen, verdict, name, &at))
		return false;
	if (at.start->ended)
		return true;
	found(verdict, _("the shell still waits for process %d"),
	    at.start->launcher);
	show_prompt(verdict, at.start);
	show_process(verdict, find_process(at.shot, at.start->launcher));
	blame_staying(&at, verdict);
	return false;
}

static void
judge_prompt(const struct observation *seen, struct verdict *verdict)
{
	expect(verdict, _("the shell's prompt is back while the daemon "
	    "lives"));
	both_runs(seen, verdict, prompt_is_back);
}

static size_t
count_text(const char *words, const char *wanted)
{
	size_t count = 0;

	for (words = strstr(words, wanted); words != NULL;
	    words = strstr(words + strlen(wanted), wanted))
		count++;
	return count;
}

static void
show_writes(struct verdict *verdict, const struct run *run)
{
	for (size_t i = 0; i < run->event_count; i++)
		if (call_says(&run->events[i], "write writev", greeting))
			show_event(verdict, &run->events[i]);
}

static bool
prints_once(const struct observation *seen, struct verdict *verdict,
    const char *name)
{
	struct scene at;
	size_t count;

	if (!set_scene(seen, verdict, name, &at))
		return false;
	if (at.start->output == NULL) {
		harness_fault(verdict, _("what run %s printed was not seen"),
		    name);
		return false;
	}
	count = count_text(at.start->output, greeting);
	if (count == 1)
		return true;
	found(verdict, ngettext("it appears %zu time", "it appears %zu times",
	    count), count);
	show_prompt(verdict, at.start);
	show_output(verdict, at.start);
	show_writes(verdict, at.run);
	if (count > 1 && !at.start->ended)
		blame_staying(&at, verdict);
	else if (count > 1 && count_program(at.shot) > 1)
		accuse(verdict, &more_than_one);
	else
		accuse(verdict, count > 1 ? &exit_in_parent : &text_lost);
	return false;
}

static void
judge_printing(const struct observation *seen, struct verdict *verdict)
{
	expect(verdict, _("what was printed before the fork appears once"));
	both_runs(seen, verdict, prints_once);
}

static void
blame_success(const struct run *run, const struct start *start,
    struct verdict *verdict)
{
	char *words;

	show_event(verdict, first_failure(run, 0, forks, NULL));
	show_output(verdict, start);
	if (start->daemon > 0) {
		found(verdict, _("process %d serves all the same, and it is "
		    "no daemon"), start->daemon);
		blame(verdict, "01-fork.error-as-child",
		    _("fork() returned -1: does the test take all that is "
		    "not positive for the child?"));
	} else if (!start->ended) {
		words = timeout_words(run->timeout ? run->timeout : "?");
		found(verdict, _("it does not end: %s"), words);
		free(words);
		blame(verdict, "01-fork.error-hangs",
		    _("Is fork() tried again and again, without an end?"));
	} else {
		found(verdict, _("the launcher ended with status 0, and there "
		    "is no daemon"));
		show_launcher(verdict, start);
		blame(verdict, "01-fork.error-as-success",
		    _("fork() returned -1: does the test take all that is "
		    "not 0 for the parent?"));
	}
	advise_action(verdict, _("Treat -1, 0 and a positive number apart in "
	    "steps/01-fork.c: return -1 for the first "
	    "(chapters/en/01-fork.md)."));
}

static void
judge_refusal(const struct run *run, const struct start *start,
    struct verdict *verdict)
{
	if (!start->ended || start->status == 0) {
		if (!start->ended && start->daemon == 0 && !run->timeout)
			harness_fault(verdict, _("run no-fork did not end"));
		else
			blame_success(run, start, verdict);
	} else if (WIFSIGNALED(start->status)) {
		found(verdict, _("the launcher was killed by %s"),
		    signal_word(WTERMSIG(start->status)));
		if (WTERMSIG(start->status) == SIGXCPU) {
			blame(verdict, "01-fork.error-hangs", _("Is fork() "
			    "tried again and again, without an end?"));
			advise_action(verdict, _("Treat -1, 0 and a positive "
			    "number apart in steps/01-fork.c: return -1 for "
			    "the first (chapters/en/01-fork.md)."));
		}
		show_launcher(verdict, start);
		if (WTERMSIG(start->status) != SIGXCPU)
			accuse(verdict, &error_crashes);
	} else if (start->output != NULL &&
	    strstr(start->output, "01-fork: Success") != NULL) {
		found(verdict, _("it failed, and errno was 0"));
		show_output(verdict, start);
		accuse(verdict, &errno_lost);
	}
}

static void
judge_failed_fork(const struct observation *seen, struct verdict *verdict)
{
	const struct run *run;
	const struct start *start;
	struct scene at;

	expect(verdict, _("when fork() fails, the launcher ends with another "
	    "status than 0"));
	/* A program that always fails proves nothing here. */
	if (!set_scene(seen, verdict, "traced", &at))
		return;
	run = the_run(seen, verdict, "no-fork");
	start = run ? needed_start(run, verdict, "first") : NULL;
	/* Who never forks has no -1 to mistake for anything. */
	if (start != NULL && start->daemon > 0 && !at.start->ended &&
	    last_success(at.run, at.start->launcher, forks) == NULL &&
	    last_call(at.run, at.start->launcher, forks) == NULL) {
		found(verdict, _("process %d serves all the same, and it is "
		    "no daemon"), start->daemon);
		blame_staying(&at, verdict);
		return;
	}
	if (start != NULL)
		judge_refusal(run, start, verdict);
}

const struct check fork_checks[] = {
	{ "launcher-ends-with-0", true,
	    N_("the launcher ends by itself with status 0"), judge_launcher },
	{ "one-descendant-lives", true,
	    N_("exactly one descendant lives on and runs the program"),
	    judge_descendant },
	{ "adopted-by-init", true, N_("init has adopted it"), judge_adoption },
	{ "prompt-comes-back", true,
	    N_("the shell's prompt comes back while it lives"), judge_prompt },
	{ "printed-once", true,
	    N_("what was printed before the fork appears once"),
	    judge_printing },
	{ "failed-fork-is-a-failure", true,
	    N_("a fork that fails is a failure"), judge_failed_fork },
	{ NULL, false, NULL, NULL }
};
