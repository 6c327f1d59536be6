/*
 * 02-setsid - a session of its own, and no terminal
 *
 * setsid(2): "The calling process is the leader of the new session [...] the
 * session has no controlling terminal."
 */
#include <sys/wait.h>

#include <signal.h>
#include <string.h>

#include "checks/check.h"
#include "checks/helpers.h"
#include "language.h"

static const char groups[] = "setpgid setpgrp";

static const struct event *
detaching(const struct run *run, int pid)
{
	for (size_t i = 0; i < run->event_count; i++) {
		const struct event *event = &run->events[i];

		if ((pid == 0 || event->pid == pid) &&
		    names_call(event, "ioctl") && event->error == NULL &&
		    event->arguments != NULL &&
		    strstr(event->arguments, "TIOCNOTTY") != NULL)
			return event;
	}
	return NULL;
}

static void
blame_group_first(struct verdict *verdict)
{
	blame(verdict, "02-setsid.setpgid-first",
	    _("Does setpgid() or setpgrp() come before setsid()? A group's "
	    "leader may not start a session: EPERM."));
	advise_action(verdict, _("Take the setpgid() out of steps/02-setsid.c: "
	    "setsid() makes the group as well (chapters/en/02-setsid.md)."));
}

static void
blame_parent(struct verdict *verdict)
{
	blame(verdict, "02-setsid.in-the-parent",
	    _("Was setsid() called in the child, after leave_parent had "
	    "returned?"));
	advise_action(verdict, _("Call setsid() in start_session, which the "
	    "child runs, and nowhere before the fork "
	    "(chapters/en/02-setsid.md)."));
}

static void
blame_earlier(struct verdict *verdict)
{
	blame(verdict, "02-setsid.earlier-session",
	    _("Does steps/01-fork.c call setsid() already? Who leads a "
	    "session can't start another."));
	advise_action(verdict, _("Leave setsid() to steps/02-setsid.c alone "
	    "(chapters/en/02-setsid.md)."));
}

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
		blame_earlier(verdict);
	else if (group != NULL && group < refused)
		blame_group_first(verdict);
	else if (refused->pid == start->launcher)
		blame_parent(verdict);
	else
		return false;
	return true;
}

bool
explain_setsid(const struct run *run, const struct start *start,
    struct verdict *verdict)
{
	return blame_refusal(run, start, verdict);
}

static void
blame_no_call(const struct run *run, struct verdict *verdict)
{
	const struct event *detached = detaching(run, 0);
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
blame_session(const struct run *run, const struct start *start,
    const struct process *process, struct verdict *verdict)
{
	const struct event *called = last_success(run, 0, "setsid");

	if (blame_refusal(run, start, verdict))
		return;
	show_event(verdict, called);
	if (process->sid == start->launcher ||
	    (called != NULL && called->pid == start->launcher)) {
		blame_parent(verdict);
	} else if (process->sid == start->shell && called == NULL) {
		blame_no_call(run, verdict);
	} else if (process->sid == start->shell) {
		blame(verdict, "02-setsid.other-process",
		    _("Which process called setsid()? Not the one that goes "
		    "on."));
		advise_action(verdict, _("Call setsid() in the process that "
		    "returns from start_session (chapters/en/02-setsid.md)."));
	} else if (process->sid == process->pid) {
		blame(verdict, "02-setsid.group-moved",
		    _("What changes the process group after setsid()?"));
		advise_action(verdict, _("Leave the group as setsid() made it "
		    "(chapters/en/02-setsid.md)."));
	} else {
		blame(verdict, "02-setsid.forked-again",
		    _("Is there a second fork() after setsid()? That is the "
		    "work of 03-refork."));
		advise_action(verdict, _("Take the second fork out of "
		    "steps/02-setsid.c (chapters/en/02-setsid.md)."));
	}
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
	const struct process *process = the_daemon(seen, verdict, name,
	    "first", "after");
	const struct run *run;
	const struct start *start;
	const struct snapshot *shot;

	if (process == NULL)
		return false;
	run = find_run(seen, name);
	start = find_start(run, "first");
	shot = find_snapshot(run, "after");
	if (!witnesses_agree(run, shot, process, verdict))
		return false;
	if (process->sid == process->pid && process->pgid == process->pid &&
	    process->sid != start->shell)
		return trace_agrees(run, process, verdict);
	expect(verdict, _("session, group and process are one number: %d"),
	    process->pid);
	found(verdict, _("process %d, group %d, session %d (the shell's "
	    "session is %d)"), process->pid, process->pgid, process->sid,
	    start->shell);
	show_both(verdict, shot, process);
	blame_session(run, start, process, verdict);
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
shell_has_terminal(const struct run *run, const struct start *start,
    const struct snapshot *shot, struct verdict *verdict)
{
	const struct process *shell = find_process(shot, start->shell);

	if (is_alive(shell) && shell->terminal != 0)
		return true;
	/* The plain start may have none; the traced one always has. */
	if (!run->traced && is_alive(shell))
		return true;
	harness_fault(verdict, _("the shell had no terminal when the daemon "
	    "was looked at"));
	show_process(verdict, shell);
	return false;
}

static void
blame_terminal(const struct run *run, const struct start *start,
    const struct process *process, struct verdict *verdict)
{
	const struct event *called = last_success(run, process->pid, "setsid");
	const struct event *opened = last_success(run, process->pid,
	    "open openat openat2");
	const struct event *taken = last_success(run, process->pid, "ioctl");

	if (process->sid != process->pid) {
		blame_session(run, start, process, verdict);
		return;
	}
	show_event(verdict, called);
	if (opened != NULL && called != NULL && opened > called)
		show_event(verdict, opened);
	if (taken != NULL && called != NULL && taken > called)
		show_event(verdict, taken);
	blame(verdict, "02-setsid.terminal-again",
	    _("What opens a terminal after setsid()? A session leader gets it "
	    "as controlling terminal."));
	advise_action(verdict, _("Open no terminal in steps/02-setsid.c "
	    "(chapters/en/02-setsid.md)."));
}

static bool
has_no_terminal(const struct observation *seen, struct verdict *verdict,
    const char *name)
{
	const struct process *process = the_daemon(seen, verdict, name,
	    "first", "after");
	const struct run *run;
	const struct start *start;
	const struct snapshot *shot;

	if (process == NULL)
		return false;
	run = find_run(seen, name);
	start = find_start(run, "first");
	shot = find_snapshot(run, "after");
	if (!witnesses_agree(run, shot, process, verdict) ||
	    !shell_has_terminal(run, start, shot, verdict))
		return false;
	if (process->terminal == 0)
		return true;
	found(verdict, _("process %d has the controlling terminal %d:%d"),
	    process->pid, process->terminal >> 8 & 0xfff,
	    process->terminal & 0xff);
	show_both(verdict, shot, process);
	blame_terminal(run, start, process, verdict);
	return false;
}

static void
judge_terminal(const struct observation *seen, struct verdict *verdict)
{
	expect(verdict, _("no controlling terminal: tty_nr is 0, ps shows ?"));
	both_runs(seen, verdict, has_no_terminal);
}

/* Was the terminal really hung up?  Else survival means nothing. */
static bool
was_hung_up(const struct run *run, const struct snapshot *shot,
    struct verdict *verdict)
{
	const char *shell = find_fact(run, "shell");
	const char *skipped = find_fact(run, "shell.skipped");

	if (shell == NULL && skipped != NULL)
		cannot_tell(verdict, "%s", _(skipped));
	else if (shell == NULL || strcmp(shell, "gone") != 0)
		harness_fault(verdict, _("the shell did not die when its "
		    "terminal was hung up"));
	else if (shot == NULL)
		harness_fault(verdict, _("snapshot %s of run %s is missing"),
		    "hung-up", "traced");
	else
		return true;
	return false;
}

static void
blame_death(const struct run *run, const struct start *start,
    const struct process *process, struct verdict *verdict)
{
	const struct ending *ending = find_ending(run, process->pid);

	if (ending != NULL && WIFSIGNALED(ending->status))
		found(verdict, _("process %d was killed by %s"), process->pid,
		    signal_word(WTERMSIG(ending->status)));
	else
		found(verdict, _("process %d is gone"), process->pid);
	show_process(verdict, process);
	show_ending(verdict, ending);
	for (size_t i = 0; i < run->event_count; i++)
		if (run->events[i].pid == process->pid &&
		    (same_text(run->events[i].kind, "signal") ||
		    same_text(run->events[i].kind, "killed")))
			show_event(verdict, &run->events[i]);
	if (process->sid != process->pid || process->terminal != 0) {
		blame_terminal(run, start, process, verdict);
		return;
	}
	blame(verdict, "02-setsid.dies-at-hang-up",
	    _("What ties it to the terminal still?"));
	advise_action(verdict, _("Watch which signal comes with make trace-02 "
	    "(chapters/en/02-setsid.md)."));
}

static void
judge_hang_up(const struct observation *seen, struct verdict *verdict)
{
	const struct process *process = the_daemon(seen, verdict, "traced",
	    "first", "after");
	const struct snapshot *shot;
	const struct run *run;

	expect(verdict, _("it lives on when the terminal hangs up"));
	if (process == NULL)
		return;
	run = find_run(seen, "traced");
	shot = find_snapshot(run, "hung-up");
	if (!was_hung_up(run, shot, verdict) ||
	    is_alive(find_process(shot, process->pid)))
		return;
	blame_death(run, find_start(run, "first"), process, verdict);
}

static void
judge_child(const struct observation *seen, struct verdict *verdict)
{
	const struct process *process = the_daemon(seen, verdict, "traced",
	    "first", "after");
	const struct event *called;
	const struct start *start;
	const struct run *run;

	expect(verdict, _("setsid() succeeds in the child, after the fork"));
	if (process == NULL)
		return;
	run = find_run(seen, "traced");
	start = find_start(run, "first");
	called = last_success(run, process->pid, "setsid");
	if (called != NULL && process->pid != start->launcher)
		return;
	/* Quoted where it is found: blame_session shows the call. */
	found(verdict, called != NULL ? _("the launcher called it, and there "
	    "was no fork") : _("process %d did not call it with success"),
	    process->pid);
	show_process(verdict, process);
	blame_session(run, start, process, verdict);
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
