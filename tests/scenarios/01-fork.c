/*
 * 01-fork - the launcher ends, the daemon lives; and a fork that can't be
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
	struct twist twist = { .lowest = 0 };

	play_plain(stage, &twist);
}

/* The kernel itself refuses, for RLIMIT_NPROC: EAGAIN, fork(2). */
static void
no_fork(struct stage *stage)
{
	struct twist twist = { .no_fork = true };

	if (box_mode(stage->box) == BOX_PLAIN) {
		stage->run->skipped = text("without namespaces the limit of "
		    "processes counts all that the user has, and root is free "
		    "of it");
		return;
	}
	stage_play(stage, "first", &twist, "after");
}

const struct scenario fork_scenario = { {
	{ "traced", true, traced },
	{ "plain", false, plain },
	{ "no-fork", false, no_fork },
} };
