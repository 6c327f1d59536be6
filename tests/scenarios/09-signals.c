/*
 * 09-signals - five reloads one by one, a storm of them, and the end
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdlib.h>

#include "scenarios/scenario.h"

enum { RELOADS = 5, STORM = 1000, SINGLES = 2 };

static void
ask_for_name(struct stage *stage, const char *name)
{
	char *line = text("name = %s\n", name);

	stage_write(stage, stage->course->config, line);
	free(line);
}

static void
traced(struct stage *stage)
{
	play_traced(stage);
	int daemon = stage_daemon(stage, 0);
	if (daemon == 0)
		return;
	for (int i = 0; i < RELOADS; i++) {
		const char *name = stage->course->names[i];
		char *moment = text("reload-%d", i + 1);

		ask_for_name(stage, name);
		run_fact(stage->run, moment, "%s", name);
		bool waits = stage_signal_and_wait(stage, daemon, SIGHUP);
		stage_snapshot(stage, moment);
		free(moment);
		if (!waits)
			break;
	}
	stage_stop(stage, daemon);
}

static void
plain(struct stage *stage)
{
	struct twist twist = {
		.block = true, .ignore = true,
		.extra = { "--break-pipe" },
	};
	const char *name = stage->course->names[RELOADS];

	play_plain(stage, &twist);
	int daemon = stage_daemon(stage, 0);
	if (daemon == 0)
		return;
	/* Pending signals coalesce, signal(7): only the last is counted. */
	box_signal(stage->box, daemon, SIGHUP, STORM);
	/* Some one by one: a handler that works once only is found out. */
	for (int i = 0; i < SINGLES; i++)
		stage_signal_and_hear(stage, daemon, SIGHUP);
	ask_for_name(stage, name);
	run_fact(stage->run, "storm", "%s", name);
	stage_signal_and_name(stage, daemon, SIGHUP, name);
	stage_snapshot(stage, "storm");
	stage_stop(stage, daemon);
}

const struct scenario signals_scenario = { {
	{ "traced", true, traced },
	{ "plain", false, plain },
	{ "faults", false, play_faults },
} };
