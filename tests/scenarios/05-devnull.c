/*
 * 05-devnull - once after 04 has closed 0, 1 and 2, once after it spared them
 */
#include "scenarios/scenario.h"

static void
traced(struct stage *stage)
{
	play_traced(stage);
}

static void
plain(struct stage *stage)
{
	/* 04 spares 0, 1 and 2: who counts on free numbers is found out. */
	struct twist twist = { .pipe = true, .lowest = 3 };

	stage_ps(stage, stage_play(stage, "first", &twist, "after"));
}

const struct scenario devnull_scenario = { {
	{ "traced", true, traced },
	{ "plain", false, plain },
	{ "faults", false, play_faults },
} };
