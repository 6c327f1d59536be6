/*
 * daemon - the process that serves, and the run it serves in
 */
#include <string.h>

#include "checks/absence.h"
#include "checks/check.h"
#include "checks/daemon.h"
#include "checks/process.h"
#include "checks/verdict.h"
#include "checks/words.h"
#include "language.h"

const struct run *
the_run(const struct observation *seen, struct verdict *verdict,
    const char *name)
{
	const struct run *run = find_run(seen, name);

	if (run == NULL && find_setting(seen, "only") != NULL)
		cannot_tell(verdict, _("run %s was not asked for"), name);
	else if (run == NULL)
		harness_fault(verdict, _("run %s is missing"), name);
	else if (run->fault != NULL)
		harness_fault(verdict, _("run %s: %s"), name, run->fault);
	else if (run->skipped != NULL)
		cannot_tell(verdict, "%s", _(run->skipped));
	else
		return run;
	return NULL;
}

/*
 * One check tells the whole story: common_checks' first one, which looks at
 * both runs' first start.  Elsewhere the same story is cut to its key.
 */
static void
shorten(struct verdict *verdict, const char *run, const char *start)
{
	if (verdict->cause == NULL || verdict->check == NULL ||
	    verdict->check == &common_checks[0] ||
	    strcmp(start, "first") != 0 ||
	    (strcmp(run, "traced") != 0 && strcmp(run, "plain") != 0))
		return;
	found(verdict, _("no daemon to look at"));
	cut_short(verdict);
}

/*
 * Where neither first start serves, both are told by the traced one, of which
 * strace knows more.
 */
static const struct run *
teller(const struct observation *seen, const struct run *run,
    const char *start_name)
{
	const struct run *traced = find_run(seen, "traced");
	const struct start *start;
	const struct snapshot *shot;

	if (!same_text(run->name, "plain") || !same_text(start_name, "first") ||
	    traced == NULL || traced->fault != NULL || traced->skipped != NULL)
		return run;
	start = find_start(traced, "first");
	shot = find_snapshot(traced, "after");
	if (start == NULL || shot == NULL ||
	    is_alive(find_process(shot, start->daemon)))
		return run;
	return traced;
}

const struct process *
the_daemon(const struct observation *seen, struct verdict *verdict,
    const char *run_name, const char *start_name, const char *moment)
{
	const struct run *run = the_run(seen, verdict, run_name);
	const struct start *start;
	const struct snapshot *shot;
	const struct process *process = NULL;

	if (run == NULL)
		return NULL;
	start = find_start(run, start_name);
	shot = find_snapshot(run, moment);
	if (start == NULL) {
		harness_fault(verdict, _("start %s of run %s is missing"),
		    start_name, run_name);
		return NULL;
	}
	if (shot != NULL && start->daemon > 0)
		process = find_process(shot, start->daemon);
	if (process != NULL && is_alive(process) && is_program(process))
		return process;
	if (process != NULL && is_alive(process)) {
		harness_fault(verdict, _("process %d is not the program's"),
		    process->pid);
		return NULL;
	}
	if (verdict->expected == NULL)
		expect(verdict, _("a process of the program that waits for "
		    "signals"));
	run = teller(seen, run, start_name);
	explain_absence(seen, run, find_start(run, start_name),
	    find_snapshot(run, moment), verdict);
	shorten(verdict, run_name, start_name);
	return NULL;
}

bool
set_scene(const struct observation *seen, struct verdict *verdict,
    const char *run, struct scene *scene)
{
	scene->process = the_daemon(seen, verdict, run, "first", "after");
	if (scene->process == NULL)
		return false;
	scene->run = find_run(seen, run);
	scene->start = find_start(scene->run, "first");
	scene->shot = find_snapshot(scene->run, "after");
	return true;
}

bool
both_runs(const struct observation *seen, struct verdict *verdict,
    run_judge *judge)
{
	if (!judge(seen, verdict, "traced"))
		return false;
	if (judge(seen, verdict, "plain"))
		return true;
	/* The two starts differ: say which one it is about. */
	if (verdict->status == STATUS_FAIL)
		evidence(verdict, _("(in the start that was not traced)"));
	return false;
}
