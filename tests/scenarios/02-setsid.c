/*
 * 02-setsid - the terminal is hung up, and its session leader dies
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "scenarios/scenario.h"

/* What has_taken_it waits for. */
struct hit {
	int daemon;
};

/*
 * The daemon is gone, or sleeps and no SIGHUP is pending: a signal that was
 * sent kills only when its process runs next, and under strace later still.
 */
static bool
has_taken_it(const struct box *box, const void *argument)
{
	const struct hit *hit = argument;
	unsigned long long pending = 0, set;
	char path[64], line[256], state = '?';
	FILE *status;

	if (hit->daemon == 0 || box_reaped(box, &hit->daemon))
		return true;
	snprintf(path, sizeof(path), "/proc/%d/status",
	    box_host_pid(box, hit->daemon));
	status = fopen(path, "re");
	if (status == NULL)
		return false;
	while (fgets(line, sizeof(line), status) != NULL) {
		if (sscanf(line, "State: %c", &state) != 1 &&
		    (sscanf(line, "SigPnd: %llx", &set) == 1 ||
		    sscanf(line, "ShdPnd: %llx", &set) == 1))
			pending |= set;
	}
	fclose(status);
	return state == 'S' && (pending >> (SIGHUP - 1) & 1) == 0;
}

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
	struct hit hit = { stage_daemon(stage, 0) };
	box_wait(stage->box, has_taken_it, &hit, PATIENCE_STRAGGLER);
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
	{ "faults", false, play_faults },
} };
