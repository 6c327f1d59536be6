/*
 * absence - why there is no daemon to look at
 */
#include <sys/wait.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checks/absence.h"
#include "checks/needs.h"
#include "checks/process.h"
#include "checks/verdict.h"
#include "checks/witness.h"
#include "checks/words.h"
#include "language.h"
#include "step.h"

/* A cause is a key that outlives the verdict, so each is written here. */
#define CAUSES(name) { name, { \
	[WHY_NOT_WRITTEN] = name ".not-written", \
	[WHY_SAID_NO] = name ".said-no", \
	[WHY_WRONG_RESULT] = name ".wrong-result", \
	[WHY_EARLIER_STEP] = name ".earlier-step", \
	[WHY_CRASHED] = name ".crashed", \
	[WHY_NO_SETTLE] = name ".does-not-settle", \
	[WHY_ENDED] = name ".ended-early", \
	[WHY_NOBODY] = name ".nobody-lives", \
} }

static const struct {
	const char *name;
	const char *causes[WHY_COUNT];
} names[] = {
	CAUSES("01-fork"), CAUSES("02-setsid"), CAUSES("03-refork"),
	CAUSES("04-close"), CAUSES("05-devnull"), CAUSES("06-chdir"),
	CAUSES("07-umask"), CAUSES("08-lock"), CAUSES("09-signals"),
	CAUSES("10-log"), CAUSES("11-chroot"), CAUSES("12-setuid"),
	CAUSES("capstone"),
};
enum { NAMES = sizeof(names) / sizeof(names[0]) };

/*
 * Who knows more of a step that said -1 than its errno tells, and more of its
 * death than the signal does.
 */
static const struct {
	const char *step;
	explainer *refusal, *death;
} explainers[] = {
	{ "02-setsid", explain_setsid, NULL },
	{ "05-devnull", explain_devnull, explain_devnull },
	{ "07-umask", explain_umask, NULL },
	{ "09-signals", NULL, explain_signals },
	{ "10-log", NULL, explain_log },
	{ "11-chroot", explain_chroot, NULL },
	{ "12-setuid", explain_setuid, NULL },
	{ "capstone", explain_capstone, NULL },
};

/* A sentence of main.c: "05-devnull: 03-refork: Function not implemented". */
struct saying {
	int step;		/* index into names */
	const char *line;
	int length;
	const char *reason;
	int reason_length;
	bool logged;		/* through /dev/log, not on the terminal */
};

const char *
step_cause(const struct observation *seen, enum why why)
{
	const int number = step_number(seen);

	return number >= 1 && number <= NAMES ?
	    names[number - 1].causes[why] : "common.no-daemon";
}

/* How a sentence names a step: bbserve's name of the score is "daemonize". */
static const char *
said_by(int step)
{
	return step == CAPSTONE - 1 ? "daemonize" : names[step].name;
}

/* Where a step's name begins a sentence: ": NAME: reason", or a log's text. */
static const char *
find_name(const char *words, const char *name, bool logged)
{
	char *begin = text("%s: ", name), *inside = text(": %s", begin);
	const char *at = strstr(words, inside);

	if (at != NULL)
		at += 2;
	else if (logged && strncmp(words, begin, strlen(begin)) == 0)
		at = words;
	free(inside);
	free(begin);
	return at;
}

/* Finds "05-devnull: 03-refork: reason"; a log's text lacks the program. */
static bool
find_saying(const char *words, bool logged, struct saying *saying)
{
	const char *at;

	for (int i = 0; words != NULL && i < NAMES; i++) {
		at = find_name(words, said_by(i), logged);
		if (at == NULL)
			continue;
		saying->step = i;
		saying->reason = at + strlen(said_by(i)) + 2;
		saying->reason_length =
		    (int)strcspn(saying->reason, "\r\n");
		while (at > words && at[-1] != '\n')
			at--;
		saying->line = at;
		saying->length = (int)strcspn(at, "\r\n");
		saying->logged = logged;
		return true;
	}
	return false;
}

static bool
what_it_said(const struct run *run, const struct start *start,
    struct saying *saying)
{
	if (find_saying(start->output, false, saying))
		return true;
	for (size_t i = 0; i < run->message_count; i++) {
		const struct message *message = &run->messages[i];

		if ((message->pid == 0 || belongs(run, start, message->pid)) &&
		    find_saying(message->text, true, saying))
			return true;
	}
	return false;
}

char *
reason_of(const struct run *run, const struct start *start, const char *step)
{
	struct saying saying;

	if (!what_it_said(run, start, &saying) ||
	    !same_text(names[saying.step].name, step))
		return NULL;
	return text("%.*s", saying.reason_length, saying.reason);
}

bool
is_wrong_result(const char *reason, int *result)
{
	return sscanf(reason, "returned %d, which", result) == 1;
}

static bool
is_explained(const struct absence *absence, struct verdict *verdict)
{
	for (size_t i = 0; i < sizeof(explainers) / sizeof(*explainers); i++) {
		explainer *explain = absence->ending != NULL ?
		    explainers[i].death : explainers[i].refusal;

		if (explain != NULL &&
		    same_text(explainers[i].step, step_name(absence->seen)))
			return explain(absence, verdict);
	}
	return false;
}

void
blame_earlier(const struct observation *seen, const char *name,
    struct verdict *verdict)
{
	blame(verdict, step_cause(seen, WHY_EARLIER_STEP),
	    _("Does make %.2s still pass? This step stands on %s."),
	    name, name);
	advise_action(verdict, _("Solve steps/%s.c first: make %.2s "
	    "(chapters/en/%s.md)."), name, name, name);
}

static void
blame_call(const struct observation *seen, const char *name,
    struct verdict *verdict)
{
	blame(verdict, step_cause(seen, WHY_SAID_NO),
	    _("Which system call of steps/%s.c failed, and with what "
	    "arguments?"), name);
	advise_action(verdict, _("Look at the failing call with make "
	    "trace-%s (chapters/en/%s.md)."), step_goal(seen), name);
}

static void
blame_result(const struct observation *seen, const char *name,
    struct verdict *verdict)
{
	blame(verdict, step_cause(seen, WHY_WRONG_RESULT),
	    _("What does the contract in steps/daemon.h say that the function "
	    "of steps/%s.c returns?"), name);
	advise_action(verdict, _("Test what the system call returned, then "
	    "return what the contract says (chapters/en/%s.md)."), name);
}

static void
blame_saying(const struct observation *seen, const struct run *run,
    const struct start *start, const struct saying *saying,
    struct verdict *verdict)
{
	const struct absence absence = { seen, run, start, NULL };
	const char *name = names[saying->step].name;
	int result;
	bool wrong = is_wrong_result(saying->reason, &result);

	if (wrong)
		found(verdict, _("%.*s returned %d, which its contract "
		    "doesn't know"), (int)strlen(name), name, result);
	else
		found(verdict, _("%s said -1: %.*s"), name,
		    saying->reason_length, saying->reason);
	evidence(verdict, saying->logged ? "/dev/log: %.*s" : "terminal: %.*s",
	    saying->length, saying->line);
	if (step_number(seen) == CAPSTONE && explain_capstone(&absence,
	    verdict))
		return;
	if (saying->step + 1 != step_number(seen)) {
		blame_earlier(seen, name, verdict);
		return;
	}
	if (wrong) {
		blame_result(seen, name, verdict);
		return;
	}
	if (strncmp(saying->reason, "Function not implemented", 24) == 0) {
		blame(verdict, step_cause(seen, WHY_NOT_WRITTEN),
		    _("Is the TODO in steps/%s.c still there?"),
		    step_source(seen));
		advise_action(verdict, _("Read chapters/en/%s.md, then write "
		    "the function in steps/%s.c."), name, step_source(seen));
		return;
	}
	if (is_explained(&absence, verdict))
		return;
	if (strncmp(saying->reason, "Success", 7) == 0) {
		blame(verdict, step_cause(seen, WHY_SAID_NO),
		    _("No system call failed: errno is 0. Which test of "
		    "steps/%s.c takes a success for a failure?"),
		    step_source(seen));
		advise_action(verdict, _("Compare each test with the return "
		    "values that make trace-%s shows (chapters/en/%s.md)."),
		    step_goal(seen), name);
		return;
	}
	blame_call(seen, name, verdict);
}

/* The last process of a start that ended in another way than with 0. */
static const struct ending *
bad_ending(const struct run *run, const struct start *start)
{
	for (size_t i = run->ending_count; i > 0; i--) {
		const struct ending *ending = &run->endings[i - 1];

		if (!belongs(run, start, ending->pid) ||
		    ending->status == 0 || same_text(ending->comm, "ps"))
			continue;
		/* What was waited for in vain, the harness kills itself. */
		if (run->timeout != NULL && killed_by(ending, SIGKILL))
			continue;
		return ending;
	}
	return NULL;
}

/* What main.c says of its own, of an experiment say, goes to syslog too. */
static void
show_messages(struct verdict *verdict, const struct run *run, int pid)
{
	for (size_t i = 0; i < run->message_count; i++)
		if (run->messages[i].pid == pid && run->messages[i].line)
			evidence(verdict, "/dev/log: %s",
			    run->messages[i].line);
}

static void
blame_ending(const struct observation *seen, const struct run *run,
    const struct start *start, const struct ending *ending,
    struct verdict *verdict)
{
	const struct absence absence = { seen, run, start, ending };
	const char *name = step_source(seen);
	int pid = ending->pid, status = ending->status;

	show_ending(verdict, ending);
	show_output(verdict, start);
	show_messages(verdict, run, pid);
	if (killed_by(ending, SIGXCPU)) {
		found(verdict, _("process %d neither serves nor ends: it had "
		    "all the processor time that a box gives, and was killed "
		    "by SIGXCPU"), pid);
		blame(verdict, step_cause(seen, WHY_NO_SETTLE),
		    _("Which loop of steps/%s.c has no end?"), name);
	} else if (WIFSIGNALED(status)) {
		found(verdict, _("process %d was killed by %s"), pid,
		    signal_word(WTERMSIG(status)));
		if (is_explained(&absence, verdict))
			return;
		blame(verdict, step_cause(seen, WHY_CRASHED),
		    _("Which line of steps/%s.c sends or gets that signal?"),
		    name);
	} else {
		found(verdict, _("process %d ended with status %d and no "
		    "sentence about a step"), pid, WEXITSTATUS(status));
		blame(verdict, step_cause(seen, WHY_ENDED),
		    _("Does steps/%s.c leave the program itself, instead of "
		    "returning?"), name);
	}
	advise_action(verdict, _("Watch how it ends with make trace-%s "
	    "(chapters/en/%s.md)."), step_goal(seen), step_name(seen));
}

/* What hangs: the states of its processes, and the calls they are in. */
static void
blame_waiting(const struct observation *seen, const struct run *run,
    const struct snapshot *shot, struct verdict *verdict)
{
	const char *name = step_source(seen);
	char *words = timeout_words(run->timeout);

	found(verdict, _("it neither serves nor ends: %s"), words);
	free(words);
	for (size_t i = 0; shot != NULL && i < shot->process_count; i++)
		if (is_program(&shot->processes[i]))
			evidence(verdict, "/proc/%d/status: State: %s",
			    shot->processes[i].pid, shot->processes[i].state ?
			    shot->processes[i].state : "?");
	for (size_t i = 0; i < run->event_count; i++)
		if (!run->events[i].finished &&
		    same_text(run->events[i].kind, "call"))
			show_event(verdict, &run->events[i]);
	blame(verdict, step_cause(seen, WHY_NO_SETTLE),
	    _("Is there a loop without end, or a call that waits for "
	    "something, in steps/%s.c?"), name);
	advise_action(verdict, _("See its last call with make trace-%s "
	    "(chapters/en/%s.md)."), step_goal(seen), step_name(seen));
}

static void
blame_nobody(const struct observation *seen, const struct start *start,
    struct verdict *verdict)
{
	found(verdict, _("the launcher ended with status 0 and no process of "
	    "the program lives"));
	show_launcher(verdict, start);
	blame(verdict, step_cause(seen, WHY_NOBODY),
	    _("Do both the parent and the child leave?"));
	advise_action(verdict, _("Follow both processes with make trace-%s "
	    "to see who ends, and after which call (chapters/en/%s.md)."),
	    step_goal(seen), step_name(seen));
}

void
explain_absence(const struct observation *seen, const struct run *run,
    const struct start *start, const struct snapshot *shot,
    struct verdict *verdict)
{
	const struct ending launcher = { .pid = start->launcher,
		.status = start->status };
	const struct absence absence = { seen, run, start, NULL };
	const struct ending *ending = bad_ending(run, start);
	struct saying saying;

	if (step_number(seen) == CAPSTONE &&
	    !what_it_said(run, start, &saying) &&
	    explain_capstone(&absence, verdict))
		return;
	if (what_it_said(run, start, &saying))
		blame_saying(seen, run, start, &saying, verdict);
	else if (ending != NULL)
		blame_ending(seen, run, start, ending, verdict);
	else if (start->ended && start->status > 0)
		blame_ending(seen, run, start, &launcher, verdict);
	else if (run->timeout != NULL)
		blame_waiting(seen, run, shot, verdict);
	else if (start->ended && start->status == 0 && shot != NULL)
		blame_nobody(seen, start, verdict);
	else
		harness_fault(verdict, _("start %s of run %s neither serves "
		    "nor ended, and nobody timed it out"),
		    start->name ? start->name : "?",
		    run->name ? run->name : "?");
}
