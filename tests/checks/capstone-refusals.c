/*
 * capstone-refusals - a service that can't be: the launcher says so, by its
 * status and on the terminal, whatever the reason, and nobody is left
 */
#include <sys/wait.h>

#include <stdlib.h>
#include <string.h>

#include "checks/capstone.h"
#include "checks/daemon.h"
#include "checks/needs.h"
#include "checks/process.h"
#include "checks/witness.h"
#include "checks/words.h"
#include "language.h"

const struct cause failure_says_0 = {
	"capstone.failure-says-0",
	N_("What had the launcher read when it ended with 0? Only a newline, "
	    "and nothing before it, is a success."),
	N_("Let the launcher end with 1 unless a newline is all that came, in "
	    "steps/capstone/daemonize.c (chapters/en/capstone.md)."),
};
static const struct cause goes_on = {
	"capstone.goes-on",
	N_("Is what that technique returned tested? The daemon goes on "
	    "without its effect."),
	N_("Test each result, and say fail() where it is -1, in "
	    "steps/capstone/daemonize.c (chapters/en/capstone.md)."),
};
static const struct cause no_reason = {
	"capstone.no-reason",
	N_("The sentence of fail() goes to `launcher`. Does the launcher "
	    "repeat what it reads?"),
	N_("Write what came through the pipe to standard error, in "
	    "steps/capstone/daemonize.c (chapters/en/capstone.md)."),
};
static const struct cause same_reason = {
	"capstone.same-reason",
	N_("Does the sentence say which technique failed, and why?"),
	N_("Name the technique, and errno's words, by fail() "
	    "(chapters/en/capstone.md)."),
};

/*
 * What stands in the way, by the start's name; and what the service itself
 * says then, which the launcher has to repeat (NULL: it's the score's words).
 */
static const struct refusal {
	const char *name;
	const char *obstacle;
	const char *words;
} refusals[] = {
	{ "config", N_("a line of the configuration is nonsense"),
	    "no setting" },
	{ "pid-file", N_("the pid file's folder is missing"), NULL },
	{ "log", N_("the log's folder is missing"), NULL },
	{ "port", N_("the port is in use"), "Address already in use" },
	{ "board", N_("the board is a letter"), "this is no board" },
	{ "jail", N_("the jail is missing"), NULL },
	{ "user", N_("there is no such user"), NULL },
	{ "no-bind", N_("it may not bind a port below 1024"),
	    "Permission denied" },
	{ "no-chroot", N_("it may not change its root"), NULL },
	{ "no-setgid", N_("it may not change its group"), NULL },
	{ "no-setuid", N_("it may not change its user"), NULL },
	{ "no-fork", N_("it may not fork"), NULL },
};

enum { REFUSALS = sizeof(refusals) / sizeof(refusals[0]) };

/* The run, once its first start serves; NULL: the verdict is given. */
static const struct run *
refusal_run(const struct observation *seen, struct verdict *verdict)
{
	/* Who serves nowhere is no example of how it fails. */
	if (the_daemon(seen, verdict, "traced", "first", "after") == NULL ||
	    the_daemon(seen, verdict, "refusals", "first", "after") == NULL)
		return NULL;
	return find_run(seen, "refusals");
}

static void
show_refusal(const struct start *start, struct verdict *verdict)
{
	show_prompt(verdict, start);
	show_output(verdict, start);
	if (start->ended)
		show_launcher(verdict, start);
}

static bool
is_told(const struct run *run, const struct refusal *refusal,
    const struct start *start, struct verdict *verdict)
{
	const struct process *left = survivor(run, start,
	    find_snapshot(run, refusal->name));
	const char *obstacle = _(refusal->obstacle);

	if (start->ended && WIFEXITED(start->status) && start->status != 0 &&
	    left == NULL)
		return true;
	if (!start->ended) {
		found(verdict, _("%s: the launcher does not end"), obstacle);
		show_refusal(start, verdict);
		accuse(verdict, &launcher_stays);
	} else if (left != NULL) {
		found(verdict, _("%s: process %d lives"), obstacle, left->pid);
		show_refusal(start, verdict);
		show_process(verdict, left);
		accuse(verdict, &goes_on);
	} else {
		found(verdict, start->status == 0 ?
		    _("%s: the launcher ended with status 0") :
		    _("%s: the launcher was killed by a signal"), obstacle);
		show_refusal(start, verdict);
		accuse(verdict, &failure_says_0);
	}
	return false;
}

/* A run that was broken off at one that hangs lacks those after it. */
static bool
was_played(const struct run *run, size_t i, struct verdict *verdict,
    const struct start **start)
{
	*start = find_start(run, refusals[i].name);
	if (*start == NULL && run->timeout == NULL &&
	    strcmp(refusals[i].name, "no-fork") != 0)
		(void)needed_start(run, verdict, refusals[i].name);
	return *start != NULL;
}

void
judge_statuses(const struct observation *seen, struct verdict *verdict)
{
	const struct start *start;
	const struct run *run;

	expect(verdict, _("whatever stands in the way, the launcher ends with "
	    "another status than 0, and no process lives"));
	run = refusal_run(seen, verdict);
	for (size_t i = 0; run != NULL && i < REFUSALS; i++)
		if (was_played(run, i, verdict, &start) &&
		    !is_told(run, &refusals[i], start, verdict))
			return;
}

/* Anything but blanks. */
static bool
says_something(const struct start *start)
{
	return start->output != NULL &&
	    start->output[strspn(start->output, " \t\r\n")] != '\0';
}

static bool
has_reason(const struct refusal *refusal, const struct start *start,
    struct verdict *verdict)
{
	const char *obstacle = _(refusal->obstacle);

	if (!says_something(start))
		found(verdict, _("%s: it says nothing"), obstacle);
	else if (refusal->words != NULL &&
	    strstr(start->output, refusal->words) == NULL)
		found(verdict, _("%s: it doesn't say \"%s\""), obstacle,
		    refusal->words);
	else
		return true;
	show_refusal(start, verdict);
	if (!start->ended)
		accuse(verdict, &launcher_stays);
	else
		accuse(verdict, start->status == 0 ? &failure_says_0 :
		    &no_reason);
	return false;
}

/* Are two reasons the same words?  Then neither is one. */
static void
tell_apart(const struct run *run, struct verdict *verdict)
{
	static const char *const unlike[] = { "pid-file", "log", "jail",
		"user", "no-chroot", "no-setgid" };
	const struct start *first = find_start(run, unlike[0]), *start;

	for (size_t i = 1; i < sizeof(unlike) / sizeof(*unlike); i++) {
		start = find_start(run, unlike[i]);
		if (first == NULL || start == NULL ||
		    !same_text(first->output, start->output))
			return;
	}
	found(verdict, _("it says the same whatever fails"));
	show_refusal(first, verdict);
	accuse(verdict, &same_reason);
}

void
judge_reasons(const struct observation *seen, struct verdict *verdict)
{
	const struct start *start;
	const struct run *run;

	expect(verdict, _("whatever stands in the way, the terminal says "
	    "what"));
	run = refusal_run(seen, verdict);
	for (size_t i = 0; run != NULL && i < REFUSALS; i++)
		if (was_played(run, i, verdict, &start) &&
		    !has_reason(&refusals[i], start, verdict))
			return;
	if (run != NULL)
		tell_apart(run, verdict);
}
