/*
 * 02-setsid - the terminal is hung up, and its session leader dies
 */
#include "scenarios/scenario.h"

static void
traced(struct stage *stage)
{
	play_traced(stage);
	int shell = stage->run->starts[0].shell;
	box_hang_up(stage->box, stage->terminal);
	/* The kernel signals the leader first; its death, all the others of
	 * the foreground group: tty_ioctl(4), setsid(2). */
	bool gone = box_wait(stage->box, box_reaped, &shell, PATIENCE_SETTLE);
	run_fact(stage->run, "shell", "%s", gone ? "gone" : "alive");
	stage_snapshot(stage, "hung-up");
}

static void
plain(struct stage *stage)
{
	struct twist twist = { .lowest = 0 };

	play_plain(stage, &twist);
}

const struct scenario setsid_scenario = { {
	{ "traced", true, traced },
	{ "plain", false, plain },
} };
