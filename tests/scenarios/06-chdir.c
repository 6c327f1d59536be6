/*
 * 06-chdir - the file system that it was started in is unmounted
 */
#define _GNU_SOURCE
#include <string.h>

#include "language.h"
#include "scenarios/scenario.h"

static void
traced(struct stage *stage)
{
	struct snapshot *shot = play_traced(stage);

	stage_look(stage, shot, stage->course->directory);
	if (box_mode(stage->box) == BOX_PLAIN) {
		run_fact(stage->run, "unmount.skipped", "%s",
		    N_("nothing can be unmounted without a mount namespace"));
		return;
	}
	int error = box_unmount(stage->box, "/start");
	run_fact(stage->run, "unmount", "%s", error == 0 ? "done" :
	    strerrorname_np(error));
}

static void
plain(struct stage *stage)
{
	struct twist twist = { .lowest = 0 };

	play_plain(stage, &twist);
}

const struct scenario chdir_scenario = { {
	{ "traced", true, traced },
	{ "plain", false, plain },
	{ "faults", false, play_faults },
} };
