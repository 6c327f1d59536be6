/*
 * needs - what a judge can't do without: settings, facts, starts
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checks/needs.h"
#include "checks/process.h"
#include "checks/verdict.h"
#include "language.h"
#include "step.h"

int
step_number(const struct observation *seen)
{
	if (seen->step == NULL)
		return 0;
	return strcmp(seen->step, "capstone") == 0 ? CAPSTONE :
	    atoi(seen->step);
}

const char *
step_name(const struct observation *seen)
{
	return seen->step != NULL ? seen->step : "?";
}

const char *
step_source(const struct observation *seen)
{
	return step_number(seen) == CAPSTONE ? "capstone/daemonize" :
	    step_name(seen);
}

const char *
step_goal(const struct observation *seen)
{
	static char number[3];

	if (step_number(seen) == CAPSTONE)
		return "capstone";
	snprintf(number, sizeof(number), "%.2s", step_name(seen));
	return number;
}

const char *
setting_of(const struct observation *seen, const char *run, const char *name)
{
	const char *value;
	char *own;

	if (strcmp(run, "plain") == 0) {
		own = text("plain.%s", name);
		value = find_setting(seen, own);
		free(own);
		if (value != NULL)
			return value;
	}
	return find_setting(seen, name);
}

const char *
opened_at_start(const struct observation *seen, const struct run *run)
{
	const char *opened = find_fact(run, "opened");

	return opened != NULL ? opened :
	    find_fact(find_run(seen, "traced"), "opened");
}

bool
was_skipped(const struct run *run, struct verdict *verdict, const char *name)
{
	char *skipped = text("%s.skipped", name);
	const char *reason = find_fact(run, skipped);

	free(skipped);
	if (reason != NULL)
		cannot_tell(verdict, "%s", _(reason));
	return reason != NULL;
}

const char *
needed_fact(const struct run *run, struct verdict *verdict, const char *name)
{
	const char *value = find_fact(run, name);

	if (was_skipped(run, verdict, name))
		return NULL;
	if (value == NULL)
		harness_fault(verdict, _("run %s has no fact %s"),
		    run->name ? run->name : "?", name);
	return value;
}

const struct start *
needed_start(const struct run *run, struct verdict *verdict, const char *name)
{
	const struct start *start = find_start(run, name);

	if (start == NULL && !was_skipped(run, verdict, name))
		harness_fault(verdict, _("start %s of run %s is missing"),
		    name, run->name ? run->name : "?");
	return start;
}

const struct snapshot *
needed_snapshot(const struct run *run, struct verdict *verdict,
    const char *moment)
{
	const struct snapshot *shot = find_snapshot(run, moment);

	if (shot == NULL)
		harness_fault(verdict, _("snapshot %s of run %s is missing"),
		    moment, run->name ? run->name : "?");
	return shot;
}

const struct process *
needed_init(const struct snapshot *shot, struct verdict *verdict)
{
	const struct process *init = find_role(shot, "init");

	if (init == NULL)
		harness_fault(verdict, _("the box's init was not seen"));
	return init;
}
