/*
 * 04-close - does the reader of an inherited pipe meet the end of file, and
 * is a negative number refused?
 */
#include "scenarios/scenario.h"

static void
traced(struct stage *stage)
{
	play_traced(stage);
	stage_look_at_pipe(stage);
}

static void
plain(struct stage *stage)
{
	struct twist twist = { .lowest = 3 }, negative = { .lowest = -5 };

	play_plain(stage, &twist);
	stage_look_at_pipe(stage);
	stage_play(stage, "negative", &negative, "negative");
}

const struct scenario close_scenario = { {
	{ "traced", true, traced },
	{ "plain", false, plain },
	{ "faults", false, play_faults },
} };
