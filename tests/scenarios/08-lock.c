/*
 * 08-lock - a second start, a killed owner, a link in the file's place
 */
#include <signal.h>

#include "scenarios/scenario.h"

/* Longer than any PID: what is not truncated shows. */
static const char stale[] = "99999999999\n";

static void
traced(struct stage *stage)
{
	struct twist again = { .gate = false };
	const char *pid_file = stage->course->pid_file;

	stage_look(stage, play_traced(stage), pid_file);
	stage_look(stage, stage_play(stage, "second", &again, "second"),
	    pid_file);
	if (!stage_end(stage, stage_daemon(stage, 0), SIGKILL))
		return;
	stage_write(stage, pid_file, stale);
	stage_look(stage, stage_play(stage, "third", &again, "third"),
	    pid_file);
}

static void
plain(struct stage *stage)
{
	static const char link[] = "/run/link.pid", victim[] = "/run/victim";
	struct twist linked = { .pid_file = link };
	struct twist ordinary = { .lowest = 0 };

	stage_write(stage, victim, "precious\n");
	stage_link(stage, victim, link);
	run_fact(stage->run, "link", "%s", link);
	run_fact(stage->run, "victim", "%s", victim);
	struct snapshot *shot = stage_play(stage, "link", &linked, "link");
	stage_look(stage, shot, link);
	stage_look(stage, shot, victim);
	stage_end(stage, stage_daemon(stage, 0), SIGKILL);
	shot = play_plain(stage, &ordinary);
	stage_look(stage, shot, stage->course->pid_file);
}

const struct scenario lock_scenario = { {
	{ "traced", true, traced },
	{ "plain", false, plain },
	{ "faults", false, play_faults },
} };
