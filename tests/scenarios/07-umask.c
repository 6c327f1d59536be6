/*
 * 07-umask - it creates a file (asked 0666) and a directory (asked 0777)
 */
#include <stdlib.h>

#include "scenarios/scenario.h"

static void
traced(struct stage *stage)
{
	play_traced(stage);
}

static void
plain(struct stage *stage)
{
	char *folder = box_path(stage->box, "/tmp/created");
	struct twist twist = { .extra = { "--create", folder } };

	stage_mkdir(stage, "/tmp/created");
	run_fact(stage->run, "created", "/tmp/created");
	struct snapshot *shot = play_plain(stage, &twist);
	stage_look(stage, shot, "/tmp/created/file");
	stage_look(stage, shot, "/tmp/created/directory");
	free(folder);
}

const struct scenario umask_scenario = { {
	{ "traced", true, traced },
	{ "plain", false, plain },
} };
