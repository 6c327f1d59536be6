/*
 * 03-refork - a member of the session, and not its leader
 *
 * open(2), O_NOCTTY: a terminal "will not become the process's controlling
 * terminal even if the process does not have one".  Without that flag only a
 * session leader gets it, tty_ioctl(4): so the daemon must not be one.
 */
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

enum { PTS_MAJOR = 136, PTS_MAJOR_LAST = 143 };

static const char forks[] = "fork vfork clone clone3";
static const char waits[] = "wait4 waitid waitpid";

static const struct cause wrong_one = {
	"03-refork.wrong-one-ends",
	N_("After the second fork() the leader goes on: which of the two does "
	    "your test send to _exit()?"),
	N_("Let the process that got a positive number end, in "
	    "steps/03-refork.c (chapters/en/03-refork.md)."),
};
static const struct cause session_again = {
	"03-refork.session-again",
	N_("Is setsid() called once more after the second fork()? That makes "
	    "a leader again."),
	N_("Take setsid() out of steps/03-refork.c "
	    "(chapters/en/03-refork.md)."),
};
static const struct cause no_second_fork = {
	"03-refork.no-second-fork",
	N_("Is there a second fork(), after setsid()?"),
	N_("Fork again in steps/03-refork.c and let the leader end "
	    "(chapters/en/03-refork.md)."),
};
static const struct cause leader_waits = {
	"03-refork.leader-waits",
	N_("Does the leader wait for its child? The child never ends."),
	N_("Let the leader call _exit(0) in steps/03-refork.c "
	    "(chapters/en/03-refork.md)."),
};
static const struct cause leader_stays = {
	"03-refork.leader-stays",
	N_("Does the leader call _exit(0) after the second fork()?"),
	N_("Let the leader call _exit(0) in steps/03-refork.c "
	    "(chapters/en/03-refork.md)."),
};
static const struct cause calls_vfork = {
	"03-refork.vfork",
	N_("vfork() holds the leader until the child ends or executes a "
	    "program: is fork() meant?"),
	N_("Call fork() instead of vfork() in steps/03-refork.c "
	    "(chapters/en/03-refork.md)."),
};
static const struct cause shells_session = {
	"03-refork.shells-session",
	N_("It is still in the shell's session: does make 02 still pass?"),
	N_("Solve steps/02-setsid.c first: make 02 "
	    "(chapters/en/02-setsid.md)."),
};
static const struct cause terminal_kept = {
	"03-refork.terminal-kept",
	N_("It leads no session and has a terminal: is it still in the "
	    "shell's session?"),
	N_("Solve steps/02-setsid.c first: make 02 "
	    "(chapters/en/02-setsid.md)."),
};
static const struct cause no_o_noctty = {
	"03-refork.no-o-noctty",
	N_("Must it be opened? O_NOCTTY on every open() is the other way to "
	    "stay without a terminal."),
	N_("Add O_NOCTTY to the flags (chapters/en/03-refork.md)."),
};

/* A second session, made by another process than the first. */
static bool
session_twice(const struct run *run, int pid)
{
	for (size_t i = 0; i < run->event_count; i++) {
		const struct event *event = &run->events[i];

		if (event->pid != pid && names_call(event, "setsid") &&
		    event->finished && event->error == NULL)
			return true;
	}
	return false;
}

static void
blame_leader(const struct run *run, const struct process *process,
    struct verdict *verdict)
{
	const struct event *forked = last_success(run, process->pid, forks);

	show_event(verdict, last_success(run, process->pid, "setsid"));
	show_event(verdict, forked);
	if (forked != NULL)
		accuse(verdict, &wrong_one);
	else if (session_twice(run, process->pid))
		accuse(verdict, &session_again);
	else
		accuse(verdict, &no_second_fork);
}

static bool
leads_not(const struct observation *seen, struct verdict *verdict,
    const char *name)
{
	struct scene at;

	if (!set_scene(seen, verdict, name, &at))
		return false;
	if (!witnesses_agree(at.run, at.shot, at.process, verdict))
		return false;
	if (at.process->sid != at.process->pid)
		return true;
	found(verdict, _("process %d leads session %d"), at.process->pid,
	    at.process->sid);
	show_both(verdict, at.shot, at.process);
	blame_leader(at.run, at.process, verdict);
	return false;
}

static void
judge_leading(const struct observation *seen, struct verdict *verdict)
{
	expect(verdict, _("process and session are two numbers: it leads "
	    "nothing"));
	both_runs(seen, verdict, leads_not);
}

static void
blame_staying(const struct run *run, const struct process *leader,
    struct verdict *verdict)
{
	const struct event *wait = last_call(run, leader->pid, waits);

	if (wait != NULL && !wait->finished) {
		show_event(verdict, wait);
		accuse(verdict, &leader_waits);
	} else if ((wait = last_call(run, leader->pid, "vfork")) != NULL &&
	    !wait->finished) {
		show_event(verdict, wait);
		accuse(verdict, &calls_vfork);
	} else
		accuse(verdict, &leader_stays);
}

static bool
leader_is_gone(const struct observation *seen, struct verdict *verdict,
    const char *name)
{
	const struct process *leader;
	struct scene at;

	if (!set_scene(seen, verdict, name, &at))
		return false;
	leader = find_process(at.shot, at.process->sid);
	if (!is_alive(leader))
		return true;
	found(verdict, _("the leader of session %d lives"), at.process->sid);
	show_both(verdict, at.shot, at.process);
	if (leader == at.process) {
		blame_leader(at.run, at.process, verdict);
		return false;
	}
	show_both(verdict, at.shot, leader);
	if (is_program(leader)) {
		blame_staying(at.run, leader, verdict);
		return false;
	}
	accuse(verdict, &shells_session);
	return false;
}

static void
judge_leader(const struct observation *seen, struct verdict *verdict)
{
	expect(verdict, _("no process has the session's number any more"));
	both_runs(seen, verdict, leader_is_gone);
}

/* In "plain" nothing else is a terminal: 0 is a pipe, 1 and 2 a file. */
static const struct descriptor *
opened_terminal(const struct process *process, const char *path)
{
	for (size_t i = 0; i < process->descriptor_count; i++) {
		const struct descriptor *one = &process->descriptors[i];

		if (same_text(one->target, path) ||
		    (one->major >= PTS_MAJOR && one->major <= PTS_MAJOR_LAST))
			return one;
	}
	return NULL;
}

/* The calls are seen in "traced" only: a leader there got so in one way. */
static void
blame_traced_leader(const struct observation *seen,
    const struct process *process, struct verdict *verdict)
{
	const struct run *run = find_run(seen, "traced");
	const struct start *start = find_start(run, "first");
	const struct process *leader = start == NULL ? NULL :
	    find_process(find_snapshot(run, "after"), start->daemon);

	if (leader != NULL && leader->sid == leader->pid)
		blame_leader(run, leader, verdict);
	else
		blame_leader(find_run(seen, "plain"), process, verdict);
}

static void
blame_getting(const struct observation *seen, const struct scene *at,
    const struct descriptor *terminal, struct verdict *verdict)
{
	const struct process *process = at->process;

	name_terminal(verdict, process);
	show_both(verdict, at->shot, process);
	show_descriptor(verdict, process, terminal);
	if (process->sid == process->pid) {
		blame_traced_leader(seen, process, verdict);
		return;
	}
	accuse(verdict, &terminal_kept);
}

static void
judge_terminal(const struct observation *seen, struct verdict *verdict)
{
	const struct descriptor *terminal;
	const char *path;
	struct scene at;

	if (!set_scene(seen, verdict, "plain", &at))
		return;
	path = find_fact(at.run, "terminal");
	expect(verdict, _("it opens %s without O_NOCTTY and gets no "
	    "controlling terminal"), path ? path : "?");
	if (path == NULL && was_skipped(at.run, verdict, "terminal"))
		return;
	terminal = opened_terminal(at.process, path);
	if (path == NULL || terminal == NULL) {
		harness_fault(verdict, _("the program did not open the "
		    "terminal that it was told to open"));
		return;
	}
	if (witnesses_agree(at.run, at.shot, at.process, verdict) &&
	    at.process->terminal != 0)
		blame_getting(seen, &at, terminal, verdict);
}

static bool
opens_terminal(const struct event *event)
{
	static const char *const paths[] = { "\"/dev/tty", "\"/dev/pts/",
		"\"/dev/console\"" };

	if (event->error != NULL)
		return false;
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		if (call_says(event, "open openat openat2", paths[i]))
			return strstr(event->arguments, "O_NOCTTY") == NULL;
	return false;
}

static void
judge_flag(const struct observation *seen, struct verdict *verdict)
{
	const struct process *process = the_daemon(seen, verdict, "traced",
	    "first", "after");
	const struct run *run;

	expect(verdict, _("no terminal is opened without O_NOCTTY"));
	if (process == NULL)
		return;
	run = find_run(seen, "traced");
	for (size_t i = 0; i < run->event_count; i++) {
		if (!opens_terminal(&run->events[i]) ||
		    !of_program(run, &run->events[i]))
			continue;
		found(verdict, _("process %d opens a terminal without "
		    "O_NOCTTY"), run->events[i].pid);
		show_event(verdict, &run->events[i]);
		accuse(verdict, &no_o_noctty);
		return;
	}
}

const struct check refork_checks[] = {
	{ "is-not-a-session-leader", true,
	    N_("it is not a session leader"), judge_leading },
	{ "the-leader-is-gone", true,
	    N_("the leader of its session is gone"), judge_leader },
	{ "gets-no-terminal", true,
	    N_("opening a terminal gives it no controlling terminal"),
	    judge_terminal },
	{ "opens-with-o-noctty", false,
	    N_("O_NOCTTY, the other way, stands on every terminal it opens"),
	    judge_flag,
	    .advice = N_("give O_NOCTTY to each open() of a terminal") },
	{ NULL, false, NULL, NULL }
};
