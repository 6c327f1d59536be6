/*
 * 02-setsid - a session of its own, and no terminal
 *
 * setsid(2): "The calling process is the leader of the new session [...] the
 * session has no controlling terminal."
 */
#include <sys/wait.h>

#include "checks/absence.h"
#include "checks/check.h"
#include "checks/daemon.h"
#include "checks/events.h"
#include "checks/needs.h"
#include "checks/process.h"
#include "checks/verdict.h"
#include "checks/witness.h"
#include "checks/words.h"
#include "language.h"

static const char groups[] = "setpgid setpgrp";

static const struct event *
detaching(const struct run *run)
{
	for (size_t i = 0; i < run->event_count; i++) {
		const struct event *event = &run->events[i];

		if (call_says(event, "ioctl", "TIOCNOTTY") &&
		    event->error == NULL)
			return event;
	}
	return NULL;
}

static const struct cause group_first = {
	"02-setsid.setpgid-first",
	N_("Does setpgid() or setpgrp() come before setsid()? A group's "
	    "leader may not start a session: EPERM."),
	N_("Take the setpgid() out of steps/02-setsid.c: setsid() makes the "
	    "group as well (chapters/en/02-setsid.md)."),
};
static const struct cause in_the_parent = {
	"02-setsid.in-the-parent",
	N_("Was setsid() called in the child, after leave_parent had "
	    "returned?"),
	N_("Call setsid() in start_session, which the child runs, and nowhere "
	    "before the fork (chapters/en/02-setsid.md)."),
};
static const struct cause earlier_session = {
	"02-setsid.earlier-session",
	N_("Does steps/01-fork.c call setsid() already? Who leads a session "
	    "can't start another."),
	N_("Leave setsid() to steps/02-setsid.c alone "
	    "(chapters/en/02-setsid.md)."),
};
static const struct cause other_process = {
	"02-setsid.other-process",
	N_("Which process called setsid()? Not the one that goes on."),
	N_("Call setsid() in the process that returns from start_session "
	    "(chapters/en/02-setsid.md)."),
};
static const struct cause group_moved = {
	"02-setsid.group-moved",
	N_("What changes the process group after setsid()?"),
	N_("Leave the group as setsid() made it "
	    "(chapters/en/02-setsid.md)."),
};
static const struct cause forked_again = {
	"02-setsid.forked-again",
	N_("Is there a second fork() after setsid()? That is the work of "
	    "03-refork."),
	N_("Take the second fork out of steps/02-setsid.c "
	    "(chapters/en/02-setsid.md)."),
};
static const struct cause terminal_again = {
	"02-setsid.terminal-again",
	N_("What opens a terminal after setsid()? A session leader gets it as "
	    "controlling terminal."),
	N_("Open no terminal in steps/02-setsid.c "
	    "(chapters/en/02-setsid.md)."),
};
static const struct cause dies = {
	"02-setsid.dies-at-hang-up",
	N_("What ties it to the terminal still?"),
	N_("Watch which signal comes with make trace-02 "
	    "(chapters/en/02-setsid.md)."),
};

/* A setsid that failed tells the most: who had made the process a leader? */
static bool
blame_refusal(const struct run *run, const struct start *start,
    struct verdict *verdict)
{
	const struct event *refused = first_failure(run, 0, "setsid", "EPERM");
	const struct event *group, *session;

	if (refused == NULL)
		return false;
	group = last_success(run, refused->pid, groups);
	session = last_success(run, refused->pid, "setsid");
	show_event(verdict, session != NULL ? session : group);
	show_event(verdict, refused);
	if (session != NULL && session < refused)
		accuse(verdict, &earlier_session);
	else if (group != NULL && group < refused)
		accuse(verdict, &group_first);
	else if (refused->pid == start->launcher)
		accuse(verdict, &in_the_parent);
	else
		return false;
	return true;
}

bool
explain_setsid(const struct absence *absence, struct verdict *verdict)
{
	return blame_refusal(absence->run, absence->start, verdict);
}

static void
blame_no_call(const struct run *run, struct verdict *verdict)
{
	const struct event *detached = detaching(run);
	const struct event *group = last_success(run, 0, groups);

	show_event(verdict, detached);
	show_event(verdict, group);
	if (detached != NULL) {
		blame(verdict, "02-setsid.tiocnotty-only",
		    _("TIOCNOTTY gives the terminal up, and changes neither "
		    "session nor group: where is setsid()?"));
	} else if (group != NULL) {
		blame(verdict, "02-setsid.group-only",
		    _("setpgid() makes a group in the shell's session: where "
		    "is setsid()?"));
	} else {
		blame(verdict, "02-setsid.not-called",
		    _("Is setsid() called at all?"));
	}
	advise_action(verdict, _("Call setsid() in steps/02-setsid.c "
	    "(chapters/en/02-setsid.md)."));
}

/* Why the survivor is not the leader of its session and group. */
static void
blame_session(const struct scene *at, struct verdict *verdict)
{
	const struct start *start = at->start;
	const struct process *process = at->process;
	const struct event *called = last_success(at->run, 0, "setsid");

	if (blame_refusal(at->run, start, verdict))
		return;
	show_event(verdict, called);
	if (process->sid == start->launcher ||
	    (called != NULL && called->pid == start->launcher))
		accuse(verdict, &in_the_parent);
	else if (process->sid == start->shell && called == NULL)
		blame_no_call(at->run, verdict);
	else if (process->sid == start->shell)
		accuse(verdict, &other_process);
	else if (process->sid == process->pid)
		accuse(verdict, &group_moved);
	else
		accuse(verdict, &forked_again);
}

/* A session can't be made in another way: strace must have seen it. */
static bool
trace_agrees(const struct run *run, const struct process *process,
    struct verdict *verdict)
{
	if (!run->traced ||
	    last_success(run, process->pid, "setsid") != NULL)
		return true;
	harness_fault(verdict, _("process %d leads a session, and strace saw "
	    "no setsid() of it"), process->pid);
	show_process(verdict, process);
	return false;
}

static bool
leads(const struct observation *seen, struct verdict *verdict,
    const char *name)
{
	struct scene at;
	int pid;

	if (!set_scene(seen, verdict, name, &at))
		return false;
	if (!witnesses_agree(at.run, at.shot, at.process, verdict))
		return false;
	pid = at.process->pid;
	if (at.process->sid == pid && at.process->pgid == pid &&
	    at.process->sid != at.start->shell)
		return trace_agrees(at.run, at.process, verdict);
	expect(verdict, _("session, group and process are one number: %d"),
	    pid);
	found(verdict, _("process %d, group %d, session %d (the shell's "
	    "session is %d)"), pid, at.process->pgid, at.process->sid,
	    at.start->shell);
	show_both(verdict, at.shot, at.process);
	blame_session(&at, verdict);
	return false;
}

static void
judge_leading(const struct observation *seen, struct verdict *verdict)
{
	expect(verdict, _("session, group and process are one number"));
	both_runs(seen, verdict, leads);
}

/* A leader that died takes the terminal from all: that would prove nothing. */
static bool
shell_has_terminal(const struct scene *at, struct verdict *verdict)
{
	const struct process *shell = find_process(at->shot, at->start->shell);

	if (is_alive(shell) && shell->terminal != 0)
		return true;
	/* The plain start may have none; the traced one always has. */
	if (!at->run->traced && is_alive(shell))
		return true;
	harness_fault(verdict, _("the shell had no terminal when the daemon "
	    "was looked at"));
	show_process(verdict, shell);
	return false;
}

static void
blame_terminal(const struct scene *at, struct verdict *verdict)
{
	const int pid = at->process->pid;
	const struct event *called = last_success(at->run, pid, "setsid");
	const struct event *opened = last_success(at->run, pid,
	    "open openat openat2");
	const struct event *taken = last_success(at->run, pid, "ioctl");

	if (at->process->sid != pid) {
		blame_session(at, verdict);
		return;
	}
	show_event(verdict, called);
	if (opened != NULL && called != NULL && opened > called)
		show_event(verdict, opened);
	if (taken != NULL && called != NULL && taken > called)
		show_event(verdict, taken);
	accuse(verdict, &terminal_again);
}

static bool
has_no_terminal(const struct observation *seen, struct verdict *verdict,
    const char *name)
{
	struct scene at;

	if (!set_scene(seen, verdict, name, &at))
		return false;
	if (!witnesses_agree(at.run, at.shot, at.process, verdict) ||
	    !shell_has_terminal(&at, verdict))
		return false;
	if (at.process->terminal == 0)
		return true;
	name_terminal(verdict, at.process);
	show_both(verdict, at.shot, at.process);
	blame_terminal(&at, verdict);
	return false;
}

static void
judge_terminal(const struct observation *seen, struct verdict *verdict)
{
	expect(verdict, _("no controlling terminal: tty_nr is 0, ps shows ?"));
	both_runs(seen, verdict, has_no_terminal);
}

/* The box after the hang-up; where there was none, survival means nothing. */
static const struct snapshot *
hung_up(const struct run *run, struct verdict *verdict)
{
	const char *shell = find_fact(run, "shell");

	if (shell == NULL && was_skipped(run, verdict, "shell"))
		return NULL;
	if (same_text(shell, "gone"))
		return needed_snapshot(run, verdict, "hung-up");
	harness_fault(verdict, _("the shell did not die when its terminal was "
	    "hung up"));
	return NULL;
}

static void
blame_death(const struct scene *at, struct verdict *verdict)
{
	const struct process *process = at->process;
	const struct ending *ending = find_ending(at->run, process->pid);

	if (ending != NULL && WIFSIGNALED(ending->status))
		found(verdict, _("process %d was killed by %s"), process->pid,
		    signal_word(WTERMSIG(ending->status)));
	else
		found(verdict, _("process %d is gone"), process->pid);
	show_process(verdict, process);
	show_ending(verdict, ending);
	show_events(verdict, at->run, process->pid, "signal killed");
	if (process->sid != process->pid || process->terminal != 0)
		blame_terminal(at, verdict);
	else
		accuse(verdict, &dies);
}

static void
judge_hang_up(const struct observation *seen, struct verdict *verdict)
{
	const struct snapshot *shot;
	struct scene at;

	expect(verdict, _("it lives on when the terminal hangs up"));
	if (!set_scene(seen, verdict, "traced", &at))
		return;
	shot = hung_up(at.run, verdict);
	if (shot != NULL && !is_alive(find_process(shot, at.process->pid)))
		blame_death(&at, verdict);
}

static void
judge_child(const struct observation *seen, struct verdict *verdict)
{
	const struct event *called;
	struct scene at;

	expect(verdict, _("setsid() succeeds in the child, after the fork"));
	if (!set_scene(seen, verdict, "traced", &at))
		return;
	called = last_success(at.run, at.process->pid, "setsid");
	if (called != NULL && at.process->pid != at.start->launcher)
		return;
	/* Quoted where it is found: blame_session shows the call. */
	found(verdict, called != NULL ? _("the launcher called it, and there "
	    "was no fork") : _("process %d did not call it with success"),
	    at.process->pid);
	show_process(verdict, at.process);
	blame_session(&at, verdict);
}

const struct check setsid_checks[] = {
	{ "leads-its-own-session", true,
	    N_("it leads a session and a group of its own"), judge_leading },
	{ "has-no-controlling-terminal", true,
	    N_("it has no controlling terminal"), judge_terminal },
	{ "survives-the-hang-up", true,
	    N_("it survives when the terminal hangs up"), judge_hang_up },
	{ "setsid-in-the-child", true,
	    N_("setsid was called by the child, after the fork"),
	    judge_child },
	{ NULL, false, NULL, NULL }
};
