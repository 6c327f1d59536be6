/*
 * 01-fork - the launcher ends, the daemon lives; also where init starts it;
 * and a fork that can't be
 */
#include "language.h"
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

	if (stage->course->real_root) {
		stage->run->skipped = text("%s", N_("no limit of processes "
		    "binds the machine's own root: use a box with a range of "
		    "ids"));
		return;
	}
	stage_play(stage, "first", &twist, "after");
}

/* As init starts it, or a container: its parent is PID 1 from the outset. */
static void
orphan(struct stage *stage)
{
	struct twist twist = {
		.gate = true, .redirected = true, .ignore = true,
		.orphan = true,
	};

	stage_play(stage, "first", &twist, "after");
}

const struct scenario fork_scenario = { {
	{ "traced", true, traced },
	{ "plain", false, plain },
	{ "orphan", false, orphan },
	{ "no-fork", false, no_fork },
	{ "faults", false, play_faults },
} };
