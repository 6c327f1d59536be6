/*
 * faults - a call of the step fails: either the step says so, or its effect
 * holds all the same
 *
 * Recovery is allowed, by another way or a second try.  Going on as if
 * nothing had happened is not: whoever needs the effect is not told that it
 * is missing.
 */
#include <sys/wait.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checks/12-setuid.h"
#include "checks/absence.h"
#include "checks/check.h"
#include "checks/daemon.h"
#include "checks/effect.h"
#include "checks/needs.h"
#include "checks/words.h"
#include "checks/witness.h"
#include "language.h"
#include "step.h"

enum { SETUID = 12 };

/* One fault, as the run's facts tell of it. */
struct fault {
	const struct run *run;
	const struct start *start;
	int number;
	const char *what;	/* "chdir EACCES" */
	const char *line;	/* strace's; NULL: it was never met */
	const char *end;	/* a wait status, "lives", "hangs", "missed" */
	char call[32], error[32];
};

static const char *
fact_of(const struct run *run, int number, const char *suffix)
{
	char *name = text("fault-%d%s", number, suffix);
	const char *value = find_fact(run, name);

	free(name);
	return value;
}

static bool
find_fault(const struct run *run, int number, struct fault *fault)
{
	char *name = text("fault-%d", number);

	*fault = (struct fault){
		.run = run, .number = number,
		.start = find_start(run, name),
		.what = fact_of(run, number, ""),
		.line = fact_of(run, number, ".line"),
		.end = fact_of(run, number, ".end"),
	};
	free(name);
	return fault->what != NULL && fault->start != NULL &&
	    fault->end != NULL &&
	    sscanf(fault->what, "%31s %31s", fault->call, fault->error) == 2;
}

/* The sentence that names a step, on its terminal or in syslog, or NULL. */
static const char *
sentence_of(const struct fault *fault)
{
	char *sender = text(".%d", fault->number);
	const char *words = fault->start->output, *found = NULL;

	for (const struct step *step = steps; step->name != NULL; step++) {
		char *name = text("%s: ", step->name);
		const char *at = words ? strstr(words, name) : NULL;

		for (size_t i = 0; i < fault->run->message_count &&
		    at == NULL; i++) {
			const struct message *m = &fault->run->messages[i];
			const char *point = m->ident == NULL ? NULL :
			    strrchr(m->ident, '.');
			if (point != NULL && strcmp(point, sender) == 0 &&
			    m->text != NULL)
				at = strstr(m->text, name);
		}
		found = at != NULL ? at : found;
		free(name);
	}
	free(sender);
	return found;
}

/* What each fault can come to, in the order in which it is judged. */
static const struct cause ignored = {
	"faults.ignored",
	N_("What does the technique do with the value that this call "
	    "returned?"),
};
static const struct cause wrong_result = {
	"faults.wrong-result",
	N_("What does the contract in steps/daemon.h say that the technique "
	    "returns when a call fails?"),
};
static const struct cause silent = {
	"faults.silent",
	N_("Does the technique end the program itself? It has only to return "
	    "-1 and leave errno as it is: main.c says the sentence."),
};
static const struct cause said_0 = {
	"faults.said-0",
	N_("With what status does it end when this call fails?"),
};
static const struct cause crashed = {
	"faults.crashed",
	N_("Is what this call returned used without having been tested?"),
};
static const struct cause hangs = {
	"faults.hangs",
	N_("Is the call tried again and again, without end?"),
};

static void
tell(struct verdict *verdict, const struct fault *fault,
    const struct cause *cause, const char *words)
{
	const bool first = verdict->status == STATUS_PASS;

	if (first)
		found(verdict, _("%s failed with %s, and %s"), fault->call,
		    fault->error, words);
	evidence(verdict, "strace: %s", fault->line);
	if (!first)
		evidence(verdict, "%s", words);
	blame(verdict, cause->key, "%s", _(cause->question));
}

static bool
is_root(const struct process *process)
{
	return process->uid_count == IDS && process->uids[EFFECTIVE] == 0;
}

static void
judge_survivor(const struct observation *seen, const struct fault *fault,
    const struct process *process, struct verdict *verdict)
{
	const struct bearer bearer = {
		.seen = seen, .run = fault->run, .start = fault->start,
		.shot = find_snapshot(fault->run, "after"),
		.process = process, .number = fault->number,
	};
	char *lack = lacking(&bearer), *words;

	if (lack == NULL)
		return;
	if (step_number(seen) == SETUID && is_root(process))
		words = text(_("process %d goes on with user id 0"),
		    process->pid);
	else
		words = text(_("process %d goes on: %s"), process->pid, lack);
	tell(verdict, fault, &ignored, words);
	if (step_number(seen) == SETUID)
		show_all_ids(verdict, process);
	else
		show_process(verdict, process);
	free(words);
	free(lack);
}

/* Nobody serves: then somebody must have ended with a status and a word. */
static void
judge_end(const struct fault *fault, struct verdict *verdict)
{
	const char *sentence = sentence_of(fault);
	/* Once its descriptors are closed, only syslog could tell. */
	bool deaf = find_fact(fault->run, "syslog.skipped") != NULL;
	int status = atoi(fault->end), result;
	char *words;

	if (same_text(fault->end, "hangs")) {
		tell(verdict, fault, &hangs,
		    _("the program neither serves nor ends"));
	} else if (WIFSIGNALED(status)) {
		words = text(_("the process was killed by %s"),
		    signal_word(WTERMSIG(status)));
		tell(verdict, fault, &crashed, words);
		free(words);
	} else if (status == 0 && sentence == NULL) {
		tell(verdict, fault, &said_0, _("the process ended with "
		    "status 0: nobody serves, and nobody was told"));
	} else if (sentence == NULL && !deaf) {
		words = text(_("the process ended with status %d and no "
		    "sentence about a step"), WEXITSTATUS(status));
		tell(verdict, fault, &silent, words);
		free(words);
	} else if (sentence != NULL &&
	    is_wrong_result(strchr(sentence, ' ') + 1, &result)) {
		words = text(_("%.*s returned %d, which its contract doesn't "
		    "know"), (int)strcspn(sentence, ":"), sentence, result);
		tell(verdict, fault, &wrong_result, words);
		free(words);
	}
}

static void
judge_fault(const struct observation *seen, const struct fault *fault,
    struct verdict *verdict)
{
	const struct snapshot *shot = find_snapshot(fault->run, "after");
	const struct process *process = fault->start->daemon == 0 ? NULL :
	    find_process(shot, fault->start->daemon);

	if (fault->line == NULL)	/* this time it did without the call */
		return;
	if (process != NULL)
		judge_survivor(seen, fault, process, verdict);
	else
		judge_end(fault, verdict);
}

/* Faults tell nothing of a step that doesn't work without them. */
static bool
works_unharmed(const struct observation *seen, const struct run *run,
    struct verdict *verdict)
{
	struct bearer bearer = {
		.seen = seen, .run = run,
		.start = find_start(run, "unharmed"),
		.shot = find_snapshot(run, "after"),
	};
	char *lack = NULL;

	if (bearer.start != NULL && bearer.start->daemon != 0)
		bearer.process = find_process(bearer.shot,
		    bearer.start->daemon);
	if (bearer.process != NULL)
		lack = lacking(&bearer);
	if (bearer.process == NULL || lack != NULL)
		cannot_tell(verdict, _("calls are made to fail once the step "
		    "works without that"));
	free(lack);
	return verdict->status == STATUS_PASS;
}

/* Judges each; what failed in them, as a list, is to be freed. */
static char *
judge_each(const struct observation *seen, const struct run *run,
    struct verdict *verdict)
{
	char *names = text("%s", "");
	struct fault fault;

	for (int i = 1; find_fault(run, i, &fault); i++) {
		char *longer = text("%s%s%s", names, i > 1 ? ", " : "",
		    fault.what);

		free(names);
		names = longer;
		judge_fault(seen, &fault, verdict);
	}
	return names;
}

static void
judge_faults(const struct observation *seen, struct verdict *verdict)
{
	const struct run *run = the_run(seen, verdict, "faults");

	expect(verdict, _("when a system call of the step fails, the step "
	    "returns -1, or has its effect all the same"));
	if (run == NULL || !works_unharmed(seen, run, verdict))
		return;
	char *names = judge_each(seen, run, verdict);
	if (verdict->status == STATUS_FAIL)
		advise_action(verdict, _("Test what each system call returns "
		    "in steps/%s.c, and return -1 with its errno "
		    "(chapters/en/%s.md)."), step_name(seen), step_name(seen));
	else if (names[0] == '\0')
		found(verdict, _("the step makes no call that could fail"));
	else
		found(verdict, _("so it is, for each of: %s"), names);
	free(names);
}

const struct check fault_checks[] = {
	{"heeds-every-failure", true,
	    N_("no failure of a system call is passed over"), judge_faults},
	{NULL, false, NULL, NULL},
};
