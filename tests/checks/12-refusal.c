/*
 * 12-refusal - judges the starts in which the user can't be changed, or
 * would be root by another name
 */
#include <sys/wait.h>

#include <stdlib.h>
#include <string.h>

#include "checks/12-setuid.h"
#include "checks/daemon.h"
#include "checks/events.h"
#include "checks/needs.h"
#include "checks/process.h"
#include "checks/verdict.h"
#include "checks/witness.h"
#include "checks/words.h"
#include "language.h"

static const struct cause went_on = {
	"12-setuid.went-on",
	N_("A call failed and the daemon went on. Is every result tested?"),
	N_("Return -1 as soon as one of the calls fails "
	    "(chapters/en/12-setuid.md)."),
};
static const struct cause not_proved = {
	"12-setuid.not-proved",
	N_("In the jail's /etc/passwd this user has the id 0: every call "
	    "returns 0, and root is still there. Does anybody look at what "
	    "came of it?"),
	N_("Try setuid(0) at the end, and return -1 with EPERM when it works "
	    "(chapters/en/12-setuid.md)."),
};
static const struct cause crashed = {
	"12-setuid.null-user",
	N_("getpwnam returns NULL for a user that isn't there. Is that "
	    "tested?"),
	N_("Return -1 with ENOENT when getpwnam finds nobody "
	    "(chapters/en/12-setuid.md)."),
};
static const struct cause killed = {
	"12-setuid.killed",
	N_("It should have ended by itself. Which line crashes when a call "
	    "fails?"),
	N_("Return -1 as soon as one of the calls fails "
	    "(chapters/en/12-setuid.md)."),
};
static const struct cause exit_zero = {
	"12-setuid.exit-zero",
	N_("Does the function end the process itself, with status 0?"),
	N_("Return -1 with errno, and let main.c end the process "
	    "(chapters/en/12-setuid.md)."),
};
static const struct cause silent = {
	"12-setuid.silent",
	N_("Does the function end the process itself, before main.c can say "
	    "why?"),
	N_("Return -1 with errno, and let main.c speak "
	    "(chapters/en/12-setuid.md)."),
};
static const struct cause changed = {
	"12-setuid.changed-before-lookup",
	N_("Is something given up before it is known that the user exists?"),
	N_("Call getpwnam first, and return -1 when it finds nobody "
	    "(chapters/en/12-setuid.md)."),
};

/* A start in which the step must fail, and what it is where it doesn't. */
struct refusal {
	const char *run;
	bool curable;		/* the user can be had by another way */
	const struct cause *lives, *crash;
};

static const struct refusal no_setgid = {
	"no-setgid", true, &went_on, &killed
};
static const struct refusal no_setuid = {
	"no-setuid", true, &went_on, &killed
};
static const struct refusal no_user = {
	"no-user", false, &went_on, &crashed
};
static const struct refusal second_root = {
	"second-root", false, &not_proved, &killed
};

/* Whether a living process is the user in all respects: it has recovered. */
static bool
is_user(const struct observation *seen, const struct process *process)
{
	const char *uid = find_setting(seen, "user.uid");
	const char *gid = find_setting(seen, "user.gid");

	return uid != NULL && gid != NULL && process->uid_count == IDS &&
	    process->gid_count == IDS && all_are(process->uids, atoi(uid)) &&
	    all_are(process->gids, atoi(gid)) &&
	    foreign_group(seen, process) == -1;
}

/*
 * How the process that failed ended: the last one that didn't say 0.  -1 when
 * nobody saw it: a launcher's 0 alone tells nothing of its descendants.
 */
static int
failing_status(const struct run *run, const struct start *start)
{
	int status = start->ended && start->status > 0 ? start->status : -1;

	for (size_t i = 0; i < run->ending_count; i++)
		if (belongs(run, start, run->endings[i].pid) &&
		    (status <= 0 || run->endings[i].status != 0))
			status = run->endings[i].status;
	return status;
}

static bool
names_step(const char *words, const char *step)
{
	char *mark = text(": %s: ", step);
	const bool named = words != NULL && (strstr(words, mark) != NULL ||
	    strstr(words, "drop_privileges") != NULL);

	free(mark);
	return named;
}

/* Whose PID nobody knows may be anybody's. */
static bool
is_of(const struct run *run, const struct start *start,
    const struct message *message)
{
	return message->pid == 0 || belongs(run, start, message->pid);
}

/* Main.c begins a log's text with the step, and a terminal's with itself. */
static bool
said_why(const struct run *run, const struct start *start, const char *step)
{
	if (step == NULL || names_step(start->output, step))
		return true;
	for (size_t i = 0; i < run->message_count; i++) {
		const char *words = run->messages[i].text;

		if (words != NULL && is_of(run, start, &run->messages[i]) &&
		    (names_step(words, step) ||
		    strncmp(words, step, strlen(step)) == 0))
			return true;
	}
	return false;
}

/* Neither root nor refused: then it took an id of its own making. */
static const struct cause *
why_alive(const struct refusal *refusal, const struct process *process)
{
	return refusal == &second_root && process->uid_count == IDS &&
	    process->uids[EFFECTIVE] != 0 ? &uid_other : refusal->lives;
}

static void
blame_alive(const struct process *process, const struct cause *cause,
    struct verdict *verdict)
{
	if (process->uid_count == IDS && process->uids[EFFECTIVE] == 0)
		found(verdict, _("process %d goes on with user id 0"),
		    process->pid);
	else
		found(verdict, _("process %d lives on"), process->pid);
	show_all_ids(verdict, process);
	accuse(verdict, cause);
}

/* The ending of the next higher PID than `pid`, or NULL. */
static const struct ending *
next_ending(const struct run *run, int pid)
{
	const struct ending *next = NULL;

	for (size_t i = 0; i < run->ending_count; i++) {
		const struct ending *ending = &run->endings[i];

		if (ending->pid > pid &&
		    (next == NULL || ending->pid < next->pid))
			next = ending;
	}
	return next;
}

/* By their PIDs: who is reaped first is the scheduler's affair. */
static void
show_endings(struct verdict *verdict, const struct run *run,
    const struct start *start)
{
	for (const struct ending *ending = next_ending(run, 0);
	    ending != NULL; ending = next_ending(run, ending->pid))
		if (belongs(run, start, ending->pid))
			show_ending(verdict, ending);
	for (size_t i = 0; i < run->message_count; i++)
		if (run->messages[i].line != NULL &&
		    is_of(run, start, &run->messages[i]))
			evidence(verdict, "/dev/log: %s",
			    run->messages[i].line);
	show_output(verdict, start);
}

/* Nobody lives: it ended with a status and a sentence that say so? */
static bool
ended_well(const struct observation *seen, const struct run *run,
    const struct start *start, const struct cause *crash,
    struct verdict *verdict)
{
	const int status = failing_status(run, start);

	if (status == -1) {
		harness_fault(verdict, _("nobody saw how start %s ended"),
		    start->name);
		return false;
	}
	if (WIFSIGNALED(status)) {
		found(verdict, _("it was killed by %s"),
		    signal_word(WTERMSIG(status)));
		show_endings(verdict, run, start);
		accuse(verdict, crash);
	} else if (status == 0) {
		found(verdict, _("it ended with status 0"));
		show_endings(verdict, run, start);
		accuse(verdict, &exit_zero);
	} else if (!said_why(run, start, seen->step)) {
		found(verdict, _("it ended with status %d, without a sentence "
		    "that names the step"), WEXITSTATUS(status));
		show_endings(verdict, run, start);
		accuse(verdict, &silent);
	} else {
		found(verdict, _("it ended with status %d and a sentence"),
		    WEXITSTATUS(status));
		return true;
	}
	return false;
}

static bool
stops_in(const struct observation *seen, struct verdict *verdict,
    const struct refusal *refusal)
{
	const struct run *run;
	const struct start *start;
	const struct snapshot *shot;
	const struct process *alive;

	run = the_run(seen, verdict, refusal->run);
	if (run == NULL)
		return false;
	start = needed_start(run, verdict, "first");
	shot = start ? needed_snapshot(run, verdict, "after") : NULL;
	if (shot == NULL)
		return false;
	alive = survivor(run, start, shot);
	if (alive == NULL)
		return ended_well(seen, run, start, refusal->crash, verdict);
	if (refusal->curable && is_user(seen, alive)) {
		found(verdict, _("process %d is the user all the same"),
		    alive->pid);
		return true;
	}
	blame_alive(alive, why_alive(refusal, alive), verdict);
	return false;
}

/* A program that never works proves nothing by failing. */
void
judge_failure(const struct observation *seen, struct verdict *verdict)
{
	if (dropped(seen, verdict, "traced") == NULL)
		return;
	expect(verdict, _("without the right to change the ids it ends, says "
	    "why, and its status isn't 0"));
	if (stops_in(seen, verdict, &no_setgid))
		(void)stops_in(seen, verdict, &no_setuid);
}

/* The last change of an id that a start has made, or NULL. */
static const struct event *
last_change(const struct run *run, const struct start *start)
{
	const struct event *last = NULL;

	for (size_t i = 0; i < run->event_count; i++) {
		const struct event *event = &run->events[i];

		if ((names_call(event, uid_calls) ||
		    names_call(event, gid_calls) ||
		    names_call(event, "setgroups")) &&
		    event->finished && event->result == 0 &&
		    event->error == NULL &&
		    belongs(run, start, event->pid) && of_program(run, event))
			last = event;
	}
	return last;
}

void
judge_unknown(const struct observation *seen, struct verdict *verdict)
{
	const struct event *event;
	const struct run *run;

	if (dropped(seen, verdict, "traced") == NULL)
		return;
	expect(verdict, _("for a user that isn't there it ends, says why, and "
	    "its status isn't 0"));
	if (!stops_in(seen, verdict, &no_user))
		return;
	run = find_run(seen, "no-user");
	event = last_change(run, find_start(run, "first"));
	if (event == NULL)
		return;
	found(verdict, _("ids were changed all the same"));
	show_event(verdict, event);
	accuse(verdict, &changed);
}

/* Who becomes that user has lost nothing: it mustn't serve. */
void
judge_second_root(const struct observation *seen, struct verdict *verdict)
{
	if (dropped(seen, verdict, "traced") == NULL)
		return;
	expect(verdict, _("for a user whose id is 0 it ends, says why, and its "
	    "status isn't 0"));
	(void)stops_in(seen, verdict, &second_root);
}
