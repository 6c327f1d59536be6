/*
 * 05-devnull - once with 0, 1 and 2 on a terminal, once with none of them
 */
#include "scenarios/scenario.h"

static void
traced(struct stage *stage)
{
	/* 04 spares 0, 1 and 2: who counts on free numbers is found out. */
	struct twist twist = { .gate = true, .pipe = true, .lowest = 3 };

	stage_play(stage, "first", &twist, "after");
}

static void
plain(struct stage *stage)
{
	struct twist twist = { .closed = true };

	play_plain(stage, &twist);
}

const struct scenario devnull_scenario = { {
	{ "traced", true, traced },
	{ "plain", false, plain },
} };
