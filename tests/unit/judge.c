/*
 * judge - what wasn't seen is the harness's or the machine's affair, never
 * the student's
 */
#define _GNU_SOURCE

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "checks/capstone.h"
#include "checks/meddling.h"
#include "checks/words.h"
#include "report/report.h"
#include "step.h"
#include "unit/unit.h"

extern CU_TestInfo judge_tests[];

enum { SHELL = 2, LAUNCHER = 3, DAEMON = 4 };

static size_t
count_of(const struct result *result, enum status status)
{
	size_t count = 0;

	for (size_t i = 0; i < result->count; i++)
		count += result->verdicts[i].status == status;
	return count;
}

/* As judge() does: but CUnit, which runs us, is not to be run by it too. */
static void
judge_each(const struct step *step, const struct observation *seen,
    struct result *result)
{
	const struct check *const tables[] = { common_checks, step->checks,
		fault_checks };

	memset(result, 0, sizeof(*result));
	for (size_t i = 0; i < 3; i++)
		for (const struct check *check = tables[i]; check->id != NULL;
		    check++) {
			struct verdict *verdict = observation_add(result,
			    verdicts, count);
			verdict->check = check;
			check->judge(seen, verdict);
		}
}

/* An observation of a step, with the runs that a list names. */
static void
begin(struct observation *seen, const char *step, const char *const *runs)
{
	memset(seen, 0, sizeof(*seen));
	seen->step = text("%s", step);
	for (; *runs != NULL; runs++)
		observation_add(seen, runs, run_count)->name = text("%s",
		    *runs);
}

static const char *const no_runs[] = { NULL };
static const char *const two_runs[] = { "traced", "plain", NULL };

static void
nothing_seen_blames_nobody(void)
{
	for (const struct step *step = steps; step->name != NULL; step++) {
		struct observation seen;
		struct result result;

		begin(&seen, step->name, no_runs);
		judge_each(step, &seen, &result);
		prove(result.count > 0 && count_of(&result, STATUS_ERROR) ==
		    result.count, "%s: of %zu verdicts %zu are errors",
		    step->name, result.count, count_of(&result, STATUS_ERROR));
		result_free(&result);
		observation_free(&seen);
	}
}

static void
the_capstone_borrows_what_there_is(void)
{
	const struct check *check;
	size_t i;

	for (i = 0; (check = borrowed_check(i)) != NULL; i++)
		prove(check->id != NULL && check->required,
		    "row %zu of what is borrowed: %s", i,
		    check->id ? check->id : "no such id");
	prove(i > 20, "%zu rows", i);
}

static void
a_run_not_asked_for_is_skipped(void)
{
	for (const struct step *step = steps; step->name != NULL; step++) {
		struct observation seen;
		struct result result;

		begin(&seen, step->name, no_runs);
		observation_setting(&seen, "only", "other");
		judge_each(step, &seen, &result);
		prove(count_of(&result, STATUS_SKIP) == result.count,
		    "%s: of %zu verdicts %zu are skipped", step->name,
		    result.count, count_of(&result, STATUS_SKIP));
		result_free(&result);
		observation_free(&seen);
	}
}

/* What all runs say is what every verdict says. */
static void
all_verdicts_say(const char *step, enum status status, const char *reason)
{
	static const char *const all[] = { "traced", "plain", "no-fork",
		"texts", "no-setgid", "no-setuid", "no-user", "faults",
		"held", "refusals", NULL };
	struct observation seen;
	struct result result;

	begin(&seen, step, all);
	for (size_t i = 0; i < seen.run_count; i++)
		*(status == STATUS_SKIP ? &seen.runs[i].skipped :
		    &seen.runs[i].fault) = text("%s", reason);
	judge_each(find_step(step), &seen, &result);
	for (size_t i = 0; i < result.count; i++) {
		const struct verdict *verdict = &result.verdicts[i];

		prove(verdict->status == status, "%s %s: status %d", step,
		    verdict->check->id, (int)verdict->status);
		prove(verdict->found != NULL &&
		    strstr(verdict->found, reason) != NULL, "%s %s says %s",
		    step, verdict->check->id,
		    verdict->found ? verdict->found : "nothing");
	}
	result_free(&result);
	observation_free(&seen);
}

static void
a_run_that_broke_is_the_harness_s_fault(void)
{
	for (const struct step *step = steps; step->name != NULL; step++)
		all_verdicts_say(step->name, STATUS_ERROR, "strace broke");
}

static void
a_run_that_can_t_be_is_the_machine_s(void)
{
	for (const struct step *step = steps; step->name != NULL; step++)
		all_verdicts_say(step->name, STATUS_SKIP, "no range of ids");
}

static void
the_first_blame_stays(void)
{
	static const struct check advice = { "a", false, "it is so", NULL,
	    NULL };
	const struct check *const checks[] = { NULL, &advice };
	const enum status statuses[] = { STATUS_FAIL, STATUS_ADVICE };

	for (int i = 0; i < 2; i++) {
		struct result alone = { 0 };
		struct verdict *verdict = observation_add(&alone, verdicts,
		    count);

		verdict->check = checks[i];
		blame(verdict, "a.key", "Why?");
		blame(verdict, "another.key", "Why not?");
		cannot_tell(verdict, "the machine");
		prove(verdict->status == statuses[i], "status %d",
		    (int)verdict->status);
		prove_equal(verdict->cause, "a.key", "the first blame");
		prove_equal(verdict->cause_text, "Why?", "its question");
		prove(verdict->found == NULL, "found %s", verdict->found);
		harness_fault(verdict, "the harness");
		prove(verdict->status == STATUS_ERROR && verdict->cause ==
		    NULL, "the harness's fault comes before any blame");
		result_free(&alone);
	}
}

/* --- something of a process was not seen ------------------------------- */

static void
set_text(char **place, const char *value)
{
	free(*place);
	*place = text("%s", value);
}

static void
add_number(int **array, size_t *count, int number)
{
	*(int *)observation_grow((void **)array, count, sizeof(int)) = number;
}

static void
add_process(struct snapshot *shot, int pid)
{
	struct process *process = observation_add(shot, processes,
	    process_count);

	process->pid = pid;
	process->ppid = 1;
	process->mask = 035;
	set_text(&process->state, "S");
	set_text(&process->role, "program");
	set_text(&process->executable, "/run/lab/program");
	set_text(&process->cwd, "/start");
	set_text(&process->root, "/");
	process->cwd_identity = (struct identity){ 40, 2 };
	process->root_identity = (struct identity){ 30, 2 };
	set_text(&process->blocked, "0000000000400000");
	set_text(&process->ignored, "0000000000000800");
	add_number(&process->uids, &process->uid_count, 0);
	add_number(&process->gids, &process->gid_count, 0);
}

/* Of a program that changes nothing: "before" and "after" in both runs. */
static void
begin_unchanged(struct observation *seen, const char *step)
{
	begin(seen, step, two_runs);
	observation_setting(seen, "start-mask", "035");
	observation_setting(seen, "mask", "035");
	observation_setting(seen, "directory", "/start");
	for (size_t i = 0; i < seen->run_count; i++) {
		struct run *run = &seen->runs[i];
		struct start *start = observation_add(run, starts,
		    start_count);

		run->traced = i == 0;
		start->name = text("first");
		start->shell = SHELL;
		start->launcher = LAUNCHER;
		start->daemon = DAEMON;
		run_fact(run, "opened", "%s", "");
		for (int after = 0; after < 2; after++) {
			struct snapshot *shot = observation_add(run,
			    snapshots, snapshot_count);
			shot->moment = text("%s", after ? "after" : "before");
			add_process(shot, after ? DAEMON : LAUNCHER);
		}
	}
}

enum loss { NOTHING, MASK, WORKING_DIRECTORY, ROOT, SIGNALS, IDS, OPENED,
	BEFORE, WHOLE_RUN };

static void
lose(struct observation *seen, enum loss loss)
{
	struct run *run = &seen->runs[0];
	struct process *process = &run->snapshots[1].processes[0];

	switch (loss) {
	case MASK:
		process->mask = -1;
		break;
	case WORKING_DIRECTORY:
		free(process->cwd);
		process->cwd = NULL;
		break;
	case ROOT:
		process->root_identity = (struct identity){ 0, 0 };
		break;
	case SIGNALS:
		set_text(&process->blocked, "unreadable");
		break;
	case IDS:
		process->uid_count = 0;
		break;
	case OPENED:
		set_text(&run->facts[0].name, "closed");
		break;
	case BEFORE:
		set_text(&run->snapshots[0].moment, "never");
		break;
	case WHOLE_RUN:
		set_text(&run->name, "untraced");
		break;
	default:
		break;
	}
}

static void
what_was_not_seen_is_no_meddling(void)
{
	static const struct {
		const char *step;
		enum loss loss;
		const char *said;
	} rows[] = {
		{ "01-fork", NOTHING, NULL },
		{ "08-lock", NOTHING, NULL },
		{ "01-fork", MASK, "the umask was not seen" },
		{ "01-fork", WORKING_DIRECTORY,
		    "the working directory was not seen" },
		{ "08-lock", WORKING_DIRECTORY,
		    "the working directory was not seen" },
		{ "01-fork", ROOT, "the root directory was not seen" },
		{ "01-fork", SIGNALS, "the signal masks were not seen" },
		{ "01-fork", IDS, "the ids were not seen" },
		{ "01-fork", OPENED,
		    "run traced does not say what was open at its start" },
		{ "01-fork", BEFORE,
		    "snapshot before of run traced is missing" },
		{ "01-fork", WHOLE_RUN, "run traced is missing" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct result alone = { 0 };
		struct verdict *verdict = observation_add(&alone, verdicts,
		    count);
		struct observation seen;

		begin_unchanged(&seen, rows[i].step);
		lose(&seen, rows[i].loss);
		judge_meddling(&seen, verdict);
		prove(verdict->status == (rows[i].said == NULL ? STATUS_PASS :
		    STATUS_ERROR), "row %zu: status %d, found %s", i,
		    (int)verdict->status,
		    verdict->found ? verdict->found : "-");
		prove_equal(verdict->found, rows[i].said, "what is said");
		prove(verdict->cause == NULL, "row %zu blames %s", i,
		    verdict->cause);
		result_free(&alone);
		observation_free(&seen);
	}
}

/* --- words -------------------------------------------------------------- */

static void
numbers_and_signals_are_words(void)
{
	prove(number_in("1703 1704", 1704), "1704 stands there");
	prove(!number_in("1703 iris 1704", 1704), "a name ends the list");
	prove(!number_in(NULL, 0), "no list has no number");
	prove(names_number("PID 42, or 17", 17), "17 is named");
	prove(!names_number("PID 421", 42), "421 isn't 42");
	prove(signal_in("0000000000004000", SIGTERM) == 1, "SIGTERM is in");
	prove(signal_in("0000000000004000", SIGHUP) == 0, "SIGHUP isn't");
	prove(signal_in("unreadable", SIGTERM) == -1, "no set");
	prove(signal_in("4000x", SIGTERM) == -1, "more than a set");
	prove(signal_in("4000", 65) == -1, "there is no signal 65");
	prove_equal(signal_word(SIGHUP), "SIGHUP", "signal 1");
	prove_equal(signal_word(40), "a real-time signal", "signal 40");
	prove_equal(signal_word(-1), "a real-time signal", "signal -1");
	prove_equal(short_name("/run/lab/05-devnull"), "05-devnull", "a path");
	prove_equal(short_name("05-devnull"), "05-devnull", "a name");
}

static void
a_quote_shows_every_byte(void)
{
	static const struct {
		const char *bytes, *quote;
	} rows[] = {
		{ "", "\"\"" },
		{ "42\n", "\"42\\n\"" },
		{ "say \"42\"", "\"say \\\"42\\\"\"" },
		{ "C:\\", "\"C:\\\\\"" },
		{ "\033[2J\177", "\"\\033[2J\\177\"" },
		{ "\xc3\xa9", "\"\\303\\251\"" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char *quote = quoted(rows[i].bytes);

		prove_equal(quote, rows[i].quote, "the quote");
		free(quote);
	}
}

CU_TestInfo judge_tests[] = {
	{ "nothing seen blames nobody", nothing_seen_blames_nobody },
	{ "the capstone borrows what there is",
	    the_capstone_borrows_what_there_is },
	{ "a run that was not asked for is skipped",
	    a_run_not_asked_for_is_skipped },
	{ "a run that broke is the harness's fault",
	    a_run_that_broke_is_the_harness_s_fault },
	{ "a run that can't be is the machine's affair",
	    a_run_that_can_t_be_is_the_machine_s },
	{ "the first blame stays, and the harness's comes first",
	    the_first_blame_stays },
	{ "what was not seen is no meddling",
	    what_was_not_seen_is_no_meddling },
	{ "numbers and signals are words", numbers_and_signals_are_words },
	{ "a quote shows every byte", a_quote_shows_every_byte },
	CU_TEST_INFO_NULL
};
