/*
 * 03-refork - it opens a terminal that is nobody's yet, without O_NOCTTY
 */
#define _GNU_SOURCE
#include "scenarios/scenario.h"

static void
traced(struct stage *stage)
{
	play_traced(stage);
}

static void
plain(struct stage *stage)
{
	char path[64] = "";

	box_terminal(stage->box, path, sizeof(path));
	struct twist twist = { .extra = { "--open-terminal", path } };
	run_fact(stage->run, "terminal", "%s", path);
	play_plain(stage, &twist);
}

const struct scenario refork_scenario = { {
	{ "traced", true, traced },
	{ "plain", false, plain },
	{ "faults", false, play_faults },
} };
