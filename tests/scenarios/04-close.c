/*
 * 04-close - does the reader of an inherited pipe meet the end of file?
 */
#include <errno.h>
#include <unistd.h>

#include "scenarios/scenario.h"

/* One look, without waiting: whoever serves has closed what it closes. */
static void
look_at_pipe(struct stage *stage)
{
	char byte;

	if (stage->pipe == -1)
		return;
	ssize_t got = read(stage->pipe, &byte, 1);
	run_fact(stage->run, "pipe", "%s", got == 0 ? "end-of-file" :
	    got == -1 && errno != EAGAIN ? "unreadable" : "open");
}

static void
traced(struct stage *stage)
{
	play_traced(stage);
	look_at_pipe(stage);
}

static void
plain(struct stage *stage)
{
	struct twist twist = { .lowest = 3 };

	play_plain(stage, &twist);
	look_at_pipe(stage);
}

const struct scenario close_scenario = { {
	{ "traced", true, traced },
	{ "plain", false, plain },
	{ "faults", false, play_faults },
} };
