/*
 * 04-close - no descriptor of the past stays open
 *
 * close_range(2) closes whatever is open; a loop up to a limit closes what
 * the limit of now lets it see: getrlimit(2), "a value one greater than the
 * maximum file descriptor number that can be opened", says nothing of those
 * that were opened before.
 */
#define _GNU_SOURCE		/* O_CLOEXEC */

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "checks/absence.h"
#include "checks/check.h"
#include "checks/daemon.h"
#include "checks/events.h"
#include "checks/files.h"
#include "checks/needs.h"
#include "checks/process.h"
#include "checks/verdict.h"
#include "checks/witness.h"
#include "checks/words.h"
#include "language.h"

enum {
	LIMIT = 5500,		/* the soft limit at the start, scenario.h */
	LEAK_FILE = 9,
	LEAK_PIPE = 100,
	LEAK_FAR = 5000,
	LEAK_ABOVE = 6000,
	NEGATIVE = -5,		/* the lowest of start "negative" */
	MANY_CLOSES = 128	/* a start has nine descriptors at most */
};

static const struct cause another_holds_it = {
	"04-close.another-holds-it",
	N_("Which process still has the pipe? One that should have ended, or "
	    "a copy of the descriptor?"),
	N_("Look at /proc/PID/fd of every process of the program "
	    "(chapters/en/04-close.md)."),
};
static const struct cause costly_loop = {
	"04-close.loop",
	N_("What does the loop cost where the limit is 1073741816, as in some "
	    "containers?"),
	N_("Use close_range(), or read /proc/self/fd "
	    "(chapters/en/04-close.md)."),
};

static const struct cause negative_taken = {
	"04-close.negative-taken",
	N_("What does the contract in steps/daemon.h say of a negative lowest? "
	    "As an unsigned number it is a very large one."),
	N_("Return -1 with EINVAL when lowest is negative "
	    "(chapters/en/04-close.md)."),
};
static const struct cause negative_errno = {
	"04-close.negative-errno",
	N_("Which errno does the contract in steps/daemon.h give for a "
	    "negative lowest?"),
	N_("Set errno to EINVAL, then return -1, when lowest is negative "
	    "(chapters/en/04-close.md)."),
};

/* What one run of this step was given, and what became of it. */
struct past {
	const struct run *run;
	const struct process *before;	/* NULL in "plain" */
	const struct process *model;	/* "traced" had the like, or NULL */
	const struct process *process;
	const char *opened;
	int lowest;
};

static bool
recall(const struct observation *seen, struct verdict *verdict,
    const char *name, struct past *past)
{
	const char *lowest = setting_of(seen, name, "lowest");
	struct scene at;
	char *end = NULL;

	if (!set_scene(seen, verdict, name, &at))
		return false;
	past->run = at.run;
	past->process = at.process;
	past->before = process_before(past->run, "first");
	past->model = find_run(seen, "traced") == NULL ? NULL :
	    process_before(find_run(seen, "traced"), "first");
	past->opened = opened_at_start(seen, past->run);
	past->lowest = lowest ? (int)strtol(lowest, &end, 10) : 0;
	if (lowest != NULL && end != lowest && past->opened != NULL &&
	    (past->before != NULL || !past->run->traced))
		return true;
	harness_fault(verdict, _("run %s does not say what was open at its "
	    "start"), name);
	return false;
}

/* "pipe:[17]" and "pipe:[42]", or a file of one name. */
static bool
is_alike(const struct descriptor *one, const struct descriptor *other)
{
	const char *name = one->target ? one->target : "";
	size_t length = strcspn(name, "[");

	return other->target != NULL &&
	    strcspn(other->target, "[") == length &&
	    strncmp(name, other->target, length) == 0;
}

/* A number may be another file's by now: where nobody looked before, "traced"
 * tells what it was. */
static bool
is_inherited(const struct past *past, const struct descriptor *now)
{
	const struct descriptor *old = past->before == NULL ? NULL :
	    find_descriptor(past->before, now->number);
	const struct descriptor *like = past->model == NULL ? NULL :
	    find_descriptor(past->model, now->number);

	if (!number_in(past->opened, now->number))
		return false;
	if (old != NULL)
		return same_identity(old->identity, now->identity);
	return like == NULL || now->number <= 2 || is_alike(like, now);
}

/* A step may keep a close-on-exec descriptor of its own; the folder that it
 * listed itself isn't one. */
static bool
is_left(const struct past *past, const struct descriptor *now)
{
	if (now->number < past->lowest)
		return false;
	return is_inherited(past, now) || (now->flags & O_CLOEXEC) == 0 ||
	    (now->target != NULL && strncmp(now->target, "/proc/", 6) == 0);
}

static bool
number_left(const struct past *past, int number)
{
	const struct descriptor *now = find_descriptor(past->process, number);

	return now != NULL && is_left(past, now);
}

static const struct descriptor *
first_left(const struct past *past, bool above)
{
	for (size_t i = 0; i < past->process->descriptor_count; i++) {
		const struct descriptor *now = &past->process->descriptors[i];

		if ((now->number >= LIMIT) == above && is_left(past, now))
			return now;
	}
	return NULL;
}

static void
show_left(struct verdict *verdict, const struct past *past)
{
	for (size_t i = 0; i < past->process->descriptor_count; i++)
		if (is_left(past, &past->process->descriptors[i]))
			show_descriptor(verdict, past->process,
			    &past->process->descriptors[i]);
}

/* The numbers that are left, "9 100 5000", and how many; malloc'ed. */
static char *
list_left(const struct past *past, unsigned long *count)
{
	char *list = text("%s", ""), *longer;

	*count = 0;
	for (size_t i = 0; i < past->process->descriptor_count; i++) {
		const struct descriptor *now = &past->process->descriptors[i];

		if (!is_left(past, now))
			continue;
		++*count;
		longer = text("%s%s%d", list, *list ? " " : "", now->number);
		free(list);
		list = longer;
	}
	return list;
}

/* A descriptor that wasn't there at the start: whose is it? */
static void
blame_own(const struct descriptor *now, struct verdict *verdict)
{
	if (now->target != NULL && strncmp(now->target, "/proc/", 6) == 0)
		blame(verdict, "04-close.directory-left",
		    _("Is closedir() missing for /proc/self/fd?"));
	else
		blame(verdict, "04-close.own-descriptor",
		    _("Which step opens descriptor %d, and does not close "
		    "it?"), now->number);
	advise_action(verdict, _("Close what the step itself opened, in "
	    "steps/04-close.c (chapters/en/04-close.md)."));
}

static void
blame_nothing(const struct past *past, struct verdict *verdict)
{
	const struct descriptor *now = find_descriptor(past->process,
	    LEAK_FILE);

	if (now != NULL && (now->flags & O_CLOEXEC) != 0)
		blame(verdict, "04-close.only-marked",
		    _("Close-on-exec closes at the next execve(), and there "
		    "is none: are they closed, or only marked?"));
	else
		blame(verdict, "04-close.closes-nothing",
		    _("Is anything closed at all? Look at the numbers that "
		    "close() or close_range() gets."));
}

static void
blame_some(struct verdict *verdict)
{
	blame(verdict, "04-close.some-left",
	    _("Does it pass over descriptors while it closes others? "
	    "Whoever lists /proc/self/fd changes it by closing."));
}

static void
blame_limit(const struct past *past, struct verdict *verdict)
{
	bool pipe = number_left(past, LEAK_PIPE);
	bool higher = number_left(past, LEAK_FAR);

	if (!number_left(past, LEAK_ABOVE) || (pipe && !higher))
		blame_some(verdict);
	else if (pipe)
		blame(verdict, "04-close.loop-to-64",
		    _("Does the loop stop at 64, or at another small number? "
		    "Descriptor 100 stays open."));
	else if (higher)
		blame(verdict, "04-close.loop-to-1024",
		    _("Does the loop stop at 1024? Descriptor 5000 stays "
		    "open."));
	else
		blame(verdict, "04-close.soft-limit-loop",
		    _("Does the loop stop at getdtablesize(), sysconf() or "
		    "the soft limit? That was lowered after descriptor 6000 "
		    "had been opened."));
}

static void
blame_start(const struct past *past, struct verdict *verdict)
{
	bool second = number_left(past, 1) || number_left(past, 2);

	if (past->lowest == 0 && second && number_left(past, 0))
		blame(verdict, "04-close.starts-at-3",
		    _("Does it begin at 3, whatever lowest is?"));
	else if (number_left(past, past->lowest))
		blame(verdict, "04-close.off-by-one",
		    _("Does it begin at lowest + 1? lowest itself is to be "
		    "closed."));
	else
		blame_some(verdict);
}

/* Which of the known ways leaves just these? */
static void
blame_leak(const struct past *past, struct verdict *verdict)
{
	const struct descriptor *low = first_left(past, false);
	const struct descriptor *left = low ? low : first_left(past, true);
	bool stdio = number_left(past, 0) || number_left(past, 1) ||
	    number_left(past, 2);
	bool nine = number_left(past, LEAK_FILE);
	bool far = number_left(past, LEAK_PIPE) ||
	    number_left(past, LEAK_FAR) || number_left(past, LEAK_ABOVE);

	if (left != NULL && !is_inherited(past, left)) {
		blame_own(left, verdict);
		return;
	}
	if (nine && far && past->lowest == 0 && !stdio)
		blame(verdict, "04-close.only-stdio",
		    _("Are only 0, 1 and 2 closed? The others stay."));
	else if (nine && far)
		blame_nothing(past, verdict);
	else if (far && !stdio)
		blame_limit(past, verdict);
	else
		blame_start(past, verdict);
	advise_action(verdict, _("Close them with close_range(), or by "
	    "reading /proc/self/fd, in steps/04-close.c "
	    "(chapters/en/04-close.md)."));
}

/* A call that closes a number, whoever made it. */
static bool
closes(const struct event *event, int number)
{
	const char *arguments = event->arguments;
	unsigned long first, last;
	char *end;

	if (arguments == NULL || event->error != NULL || !event->finished)
		return false;
	if (names_call(event, "execve execveat"))
		return true;
	first = strtoul(arguments, &end, 10);
	if (end == arguments)
		return false;
	if (names_call(event, "close"))
		return first == (unsigned long)number;
	end += strcspn(end, " ");
	last = strtoul(end, NULL, 10);
	if (names_call(event, "dup2 dup3"))
		return last == (unsigned long)number;
	return names_call(event, "close_range") &&
	    first <= (unsigned long)number && (unsigned long)number <= last;
}

/* Closed in /proc: strace must have seen it happen. */
static bool
trace_agrees(const struct past *past, int number, struct verdict *verdict)
{
	const struct run *run = past->run;

	if (!run->traced || find_descriptor(past->process, number))
		return true;
	for (size_t i = 0; i < run->event_count; i++)
		if (of_program(run, &run->events[i]) &&
		    closes(&run->events[i], number))
			return true;
	harness_fault(verdict, _("descriptor %d is closed, and strace saw "
	    "nobody close it"), number);
	return false;
}

static bool
all_agree(const struct past *past, struct verdict *verdict)
{
	static const int numbers[] = { 0, 1, 2, LEAK_FILE, LEAK_PIPE,
		LEAK_FAR, LEAK_ABOVE };

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (numbers[i] >= past->lowest &&
		    number_in(past->opened, numbers[i]) &&
		    !trace_agrees(past, numbers[i], verdict))
			return false;
	return true;
}

static bool
fail_left(const struct past *past, struct verdict *verdict)
{
	unsigned long count;
	char *list = list_left(past, &count);

	expect(verdict, _("no descriptor from %d on is open"), past->lowest);
	found(verdict, ngettext("still open: %s", "still open: %s", count),
	    list);
	free(list);
	show_left(verdict, past);
	blame_leak(past, verdict);
	return false;
}

static bool
closes_all(const struct observation *seen, struct verdict *verdict,
    const char *name)
{
	struct past past;

	if (!recall(seen, verdict, name, &past))
		return false;
	if (first_left(&past, false) != NULL)
		return fail_left(&past, verdict);
	return all_agree(&past, verdict);
}

static void
judge_closing(const struct observation *seen, struct verdict *verdict)
{
	expect(verdict, _("no descriptor from lowest on is open"));
	both_runs(seen, verdict, closes_all);
}

static bool
closes_above(const struct observation *seen, struct verdict *verdict,
    const char *name)
{
	struct past past;

	if (!recall(seen, verdict, name, &past))
		return false;
	if (!number_in(past.opened, LEAK_ABOVE)) {
		cannot_tell(verdict, _("this machine's hard limit does not "
		    "let descriptor %d be opened: raise it (ulimit -Hn)"),
		    LEAK_ABOVE);
		return false;
	}
	if (first_left(&past, true) == NULL)
		return true;
	return fail_left(&past, verdict);
}

static void
judge_above(const struct observation *seen, struct verdict *verdict)
{
	expect(verdict, _("descriptor %d is closed, above a limit that was "
	    "lowered after it had been opened"), LEAK_ABOVE);
	both_runs(seen, verdict, closes_above);
}

/* Without a snapshot from before: what the start made of 0, 1 and 2. */
static bool
is_untouched(const struct past *past, const struct descriptor *now)
{
	const struct descriptor *old = past->before == NULL ? NULL :
	    find_descriptor(past->before, now->number);

	if (old != NULL)
		return same_identity(old->identity, now->identity);
	return same_text(now->type, now->number == 0 ? "pipe" : "file");
}

static void
blame_below(const struct past *past, int number, struct verdict *verdict)
{
	const struct descriptor *now = find_descriptor(past->process, number);

	/* A number that was closed may serve main.c by now, to say READY=1. */
	if (now == NULL || (now->flags & O_CLOEXEC) != 0) {
		found(verdict, _("descriptor %d is closed"), number);
		if (now == NULL)
			evidence(verdict, "/proc/%d/fd/%d: ENOENT",
			    past->process->pid, number);
		else
			show_descriptor(verdict, past->process, now);
		blame(verdict, "04-close.closes-below",
		    _("Does it begin at 0, whatever lowest is?"));
	} else {
		found(verdict, _("descriptor %d is another file: %s"), number,
		    now->target ? now->target : "?");
		show_descriptor(verdict, past->process, now);
		blame(verdict, "04-close.redirects-below",
		    _("Does it redirect 0, 1 and 2? That is the work of "
		    "05-devnull."));
	}
	advise_action(verdict, _("Touch nothing below lowest in "
	    "steps/04-close.c (chapters/en/04-close.md)."));
}

static void
judge_below(const struct observation *seen, struct verdict *verdict)
{
	const struct descriptor *now;
	struct past past;

	expect(verdict, _("descriptors below lowest are untouched"));
	if (!recall(seen, verdict, "plain", &past))
		return;
	expect(verdict, _("descriptors below %d are untouched"), past.lowest);
	if (past.lowest < 1 || past.lowest > 3) {
		harness_fault(verdict, _("run plain did not ask for another "
		    "lowest descriptor"));
		return;
	}
	for (int number = 0; number < past.lowest; number++) {
		now = find_descriptor(past.process, number);
		if (!number_in(past.opened, number) ||
		    (now != NULL && is_untouched(&past, now)))
			continue;
		blame_below(&past, number, verdict);
		return;
	}
}

/* Who, other than the daemon, has the pipe that was descriptor 100? */
static const struct process *
other_holder(const struct past *past)
{
	const struct descriptor *pipe = past->before == NULL ? NULL :
	    find_descriptor(past->before, LEAK_PIPE);
	const struct snapshot *shot = find_snapshot(past->run, "after");

	for (size_t i = 0; pipe != NULL && i < shot->process_count; i++) {
		const struct process *process = &shot->processes[i];

		for (size_t j = 0; is_program(process) &&
		    j < process->descriptor_count; j++)
			if (same_identity(pipe->identity,
			    process->descriptors[j].identity))
				return process;
	}
	return NULL;
}

static void
blame_pipe(const struct past *past, struct verdict *verdict)
{
	const struct process *holder = other_holder(past);

	found(verdict, _("the reader still waits: somebody has the other "
	    "end"));
	if (number_left(past, LEAK_PIPE)) {
		show_descriptor(verdict, past->process,
		    find_descriptor(past->process, LEAK_PIPE));
		blame_leak(past, verdict);
		return;
	}
	evidence(verdict, "read: EAGAIN");
	show_process(verdict, holder);
	accuse(verdict, &another_holds_it);
}

static bool
reader_sees_end(const struct observation *seen, struct verdict *verdict,
    const char *name)
{
	const char *pipe;
	struct past past;

	if (!recall(seen, verdict, name, &past))
		return false;
	pipe = find_fact(past.run, "pipe");
	if (same_text(pipe, "end-of-file")) {
		if (!number_left(&past, LEAK_PIPE))
			return true;
		harness_fault(verdict, _("the pipe's reader met its end while "
		    "descriptor %d was open"), LEAK_PIPE);
	} else if (same_text(pipe, "open")) {
		blame_pipe(&past, verdict);
	} else if (pipe != NULL || !was_skipped(past.run, verdict, "pipe")) {
		harness_fault(verdict, _("what the pipe's reader met was not "
		    "seen"));
	}
	return false;
}

static void
judge_pipe(const struct observation *seen, struct verdict *verdict)
{
	expect(verdict, _("the reader of the inherited pipe meets the "
	    "end of the file"));
	both_runs(seen, verdict, reader_sees_end);
}

/* Nobody serves: is that because of EINVAL?  Main.c speaks C, and English. */
static void
judge_negative_end(const struct observation *seen, const struct run *run,
    const struct start *start, struct verdict *verdict)
{
	char *reason = reason_of(run, start, step_name(seen));
	int result;

	if (same_text(reason, "Invalid argument")) {
		found(verdict, _("it was refused"));
	} else if (reason == NULL || is_wrong_result(reason, &result)) {
		explain_absence(seen, run, start,
		    find_snapshot(run, "negative"), verdict);
	} else {
		found(verdict, _("%s said -1: %.*s"), step_name(seen),
		    (int)strlen(reason), reason);
		show_output(verdict, start);
		accuse(verdict, &negative_errno);
	}
	free(reason);
}

static void
judge_negative(const struct observation *seen, struct verdict *verdict)
{
	const struct run *run = NULL;
	const struct start *start;
	const struct snapshot *shot;
	const struct process *alive;

	expect(verdict, _("with a lowest of %d the step returns -1, and errno "
	    "is EINVAL"), NEGATIVE);
	/* A program that always says no must not pass for a careful one. */
	if (the_daemon(seen, verdict, "plain", "first", "after") != NULL)
		run = find_run(seen, "plain");
	start = run ? needed_start(run, verdict, "negative") : NULL;
	shot = start ? needed_snapshot(run, verdict, "negative") : NULL;
	if (shot == NULL)
		return;
	alive = survivor(run, start, shot);
	if (alive == NULL) {
		judge_negative_end(seen, run, start, verdict);
		return;
	}
	found(verdict, _("process %d lives on"), alive->pid);
	show_prompt(verdict, start);
	show_process(verdict, alive);
	accuse(verdict, &negative_taken);
}

static void
judge_cost(const struct observation *seen, struct verdict *verdict)
{
	const struct process *process = the_daemon(seen, verdict, "traced",
	    "first", "after");
	const struct run *run;
	size_t count;

	expect(verdict, _("as many calls as there are open descriptors, or "
	    "fewer"));
	if (process == NULL)
		return;
	run = find_run(seen, "traced");
	count = count_calls(run, process->pid, "close");
	if (count <= MANY_CLOSES)
		return;
	found(verdict, _("%zu calls of close()"), count);
	show_event(verdict, first_call(run, process->pid, "close"));
	show_event(verdict, last_call(run, process->pid, "close"));
	accuse(verdict, &costly_loop);
}

const struct check close_checks[] = {
	{ "closes-from-lowest-on", true,
	    N_("every descriptor from lowest on is closed"), judge_closing },
	{ "closes-above-a-lowered-limit", true,
	    N_("a descriptor above the soft limit is closed too"),
	    judge_above },
	{ "leaves-those-below", true,
	    N_("descriptors below lowest are untouched"), judge_below },
	{ "pipe-meets-its-end", true,
	    N_("the reader of an inherited pipe gets end-of-file"),
	    judge_pipe },
	{ "refuses-a-negative-lowest", true,
	    N_("a negative lowest is refused"), judge_negative },
	{ "cost-does-not-grow", false,
	    N_("the cost does not grow with the limit"), judge_cost,
	    .advice = N_("don't let the cost grow with the limit") },
	{ NULL, false, NULL, NULL }
};
