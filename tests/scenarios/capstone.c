/*
 * capstone - bbserve from its start to its end; held while it opens its
 * service; and each reason why it can't
 */
#define _GNU_SOURCE
#include <linux/capability.h>

#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "box/files.h"
#include "language.h"
#include "scenarios/scenario.h"
#include "scenarios/set.h"

/* Longer than any PID: what is not truncated shows. */
static const char stale[] = "99999999999\n";

enum { MOST_LOOKS = 1000 };	/* at one who doesn't sleep yet */

static bool
cannot(struct stage *stage)
{
	if (box_mode(stage->box) != BOX_PLAIN)
		return stage_lacks_users(stage);
	stage->run->skipped = text("%s", N_("the capstone needs a network of "
	    "its own: use a machine with user namespaces"));
	return true;
}

/* The configuration that the course asks for, and more lines. */
static void
configure(struct stage *stage, const char *path, const char *more)
{
	const struct course *course = stage->course;
	char *all = text("listen 127.0.0.1:%d\nwrite 127.\nuser %s\njail %s\n"
	    "pid-file %s\nlog %s\n%s", course->port, course->user,
	    course->jail, course->pid_file, course->log_file, more);

	stage_write(stage, path, all);
	free(all);
}

/* A client, started once the launcher has ended: bash(1) has TCP built in. */
static void
greet(struct stage *stage, int start)
{
	char *script = text("exec 3<>/dev/tcp/127.0.0.1/%d && "
	    "read -r -t 9 line <&3 && echo \"$line\"", stage->course->port);
	const char *const command[] = {"bash", "-c", script, NULL};

	box_wait(stage->box, box_start_ended, &start, PATIENCE_SETTLE);
	char *output = stage_tool(stage, "client", command);
	struct start *client =
	    &stage->run->starts[stage->run->start_count - 1];
	free(client->output);
	client->output = output;
	free(script);
}

/* A launcher that stays would be in the way of the next start. */
static void
send_away(struct stage *stage, int start)
{
	const struct start *one = &stage->run->starts[start];

	if (!one->ended && box_signal(stage->box, one->launcher, SIGKILL, 1)
	    == 0)
		box_wait(stage->box, box_start_ended, &start,
		    PATIENCE_SETTLE);
}

static void
look_at_all(struct stage *stage, struct snapshot *shot)
{
	const struct course *course = stage->course;

	stage_look(stage, shot, course->pid_file);
	stage_look(stage, shot, course->log_file);
	stage_look(stage, shot, course->board);
	stage_look(stage, shot, course->jail);
	run_fact(stage->run, "message", "ready, with 0 messages");
}

/* As logrotate(8) does it. */
static void
reload(struct stage *stage, int daemon)
{
	const char *log = stage->course->log_file;
	char *old = text("%s.1", strrchr(log, '/') + 1);

	stage_rename(stage, log, old);
	stage_signal_and_wait(stage, daemon, SIGHUP);
	stage_look(stage, stage_snapshot(stage, "reload"), log);
	free(old);
}

static void
restart(struct stage *stage)
{
	struct twist again = {.gate = false};
	const char *pid_file = stage->course->pid_file;
	int start = stage_start(stage, "killed", &again);

	stage_settle(stage, start);
	if (!stage_end(stage, stage_daemon(stage, start), SIGKILL))
		return;
	stage_write(stage, pid_file, stale);
	stage_look(stage, stage_play(stage, "third", &again, "third"),
	    pid_file);
}

static void
traced(struct stage *stage)
{
	struct twist again = {.gate = false};

	if (cannot(stage))
		return;
	configure(stage, stage->course->config, "");
	look_at_all(stage, play_traced(stage));
	stage_look_at_pipe(stage);
	int daemon = stage_daemon(stage, 0);
	if (daemon == 0)
		return;
	int error = box_unmount(stage->box, "/start");
	run_fact(stage->run, "unmount", "%s",
	    error == 0 ? "done" : strerrorname_np(error));
	send_away(stage, 0);
	stage_look(stage, stage_play(stage, "second", &again, "second"),
	    stage->course->pid_file);
	reload(stage, daemon);
	stage_stop(stage, daemon);
	stage_end(stage, daemon, SIGKILL);
	restart(stage);
}

static void
plain(struct stage *stage)
{
	struct twist twist = {
		.redirected = true, .pipe = true, .block = true, .ignore = true,
	};

	if (cannot(stage))
		return;
	configure(stage, stage->course->config, "");
	int start = stage_start(stage, "first", &twist);
	greet(stage, start);
	stage_settle(stage, start);
	struct snapshot *shot = stage_snapshot(stage, "after");
	stage_ps(stage, shot);
	look_at_all(stage, shot);
	stage_look_at_pipe(stage);
	if (stage_daemon(stage, start) != 0)
		stage_stop(stage, stage_daemon(stage, start));
}

/*
 * Nothing of the program is on its way: all wait for something, and nothing
 * will come but from the gate.
 */
static bool
all_sleep(struct stage *stage)
{
	struct snapshot shot = {.moment = NULL};
	struct run wrapper = {.snapshots = NULL};
	bool sleep = box_observe(stage->box, &shot) == 0;

	for (size_t i = 0; i < shot.process_count; i++)
		sleep = sleep && (strcmp(shot.processes[i].role, "program") !=
		    0 || strcmp(shot.processes[i].state, "S") == 0);
	*observation_add(&wrapper, snapshots, snapshot_count) = shot;
	run_free(&wrapper);
	return sleep;
}

/* Starts one whose output is the gate, and waits until all of it wait. */
static int
start_held(struct stage *stage, const char *name, const char *config,
    const char *board)
{
	struct twist twist = {.config = config, .extra = {board}};
	int start = stage_start(stage, name, &twist);

	stage_await(stage, start);
	for (int looks = 1; looks < MOST_LOOKS && !all_sleep(stage); looks++)
		sched_yield();
	stage_snapshot(stage, name);
	return start;
}

/* The service isn't open yet, and won't be before the gate is. */
static void
open_late(struct stage *stage, const char *gate)
{
	int start = start_held(stage, "first", NULL, NULL);
	/* A launcher that has ended says that it answers: now. */
	const bool early = stage->run->starts[start].ended;

	if (early)
		greet(stage, start);
	int reader = files_read_fifo(box_root(stage->box), gate);
	if (!early)
		greet(stage, start);
	stage_snapshot(stage, "open");
	close(reader);
}

/* One that dies at the gate can't tell its launcher. */
static void
die_early(struct stage *stage, const char *gate)
{
	const struct course *course = stage->course;
	char *config = text("%s/etc/doomed.conf", course->jail);
	char *more = text("pid-file /run/doomed.pid\noutput %s\n", gate);

	configure(stage, config, more);
	int start = start_held(stage, "doomed", config, "/run/doomed.board");
	stage_end(stage, stage_daemon(stage, start), SIGKILL);
	box_wait(stage->box, box_start_ended, &start, PATIENCE_STRAGGLER);
	free(more);
	free(config);
}

static void
held(struct stage *stage)
{
	char *gate = stage_gate(stage->course);
	char *more = text("output %s\n", gate);

	if (!cannot(stage)) {
		configure(stage, stage->course->config, more);
		if (files_fifo(box_root(stage->box), gate) == -1)
			stage_fault(stage, "make", gate);
		run_fact(stage->run, "gate", "%s", gate);
		open_late(stage, gate);
		send_away(stage, 0);
		die_early(stage, gate);
	}
	free(more);
	free(gate);
}

/* Why a service can't be: a line of its configuration, or a right that it
 * lacks. */
static const struct refusal {
	const char *name;
	const char *lines;
	int capability;
	bool no_fork;
} refusals[] = {
	{"config", "nonsense\n", 0, false},
	{"pid-file", "pid-file /run/nowhere/bb.pid\n", 0, false},
	{"log", "log /run/nowhere/bb.log\n", 0, false},
	{"port", "", 0, false},
	{"board", "", 0, false},
	{"jail", "jail /run/nowhere\n", 0, false},
	{"user", "user nobody-of-that-name\n", 0, false},
	{"no-bind", "", CAP_NET_BIND_SERVICE, false},
	{"no-chroot", "", CAP_SYS_CHROOT, false},
	{"no-setgid", "", CAP_SETGID, false},
	{"no-setuid", "", CAP_SETUID, false},
	{"no-fork", "", 0, true},
};

enum { REFUSALS = sizeof(refusals) / sizeof(refusals[0]) };

/* Only the port and the board are the serving daemon's. */
static void
refuse(struct stage *stage, const struct refusal *refusal)
{
	const char *name = refusal->name, *no_board = "/run/no-board";
	const struct course *course = stage->course;
	const bool port = strcmp(name, "port") == 0;
	char *config = text("%s/etc/%s.conf", course->jail, name);
	char *board = text("/run/%s.board", name);
	char *more = text("pid-file /run/%s.pid\n%s", name, refusal->lines);
	struct twist twist = {
		.config = config, .no_fork = refusal->no_fork,
		.drop_capability = refusal->capability,
		.extra = {strcmp(name, "board") == 0 ? no_board : board},
	};
	struct course other = *course;

	if (!port)
		other.port++;
	stage->course = &other;
	configure(stage, config, more);
	stage_write(stage, no_board, "This is a letter.\n");
	stage_play(stage, name, &twist, name);
	stage_end(stage, stage_daemon(stage,
	    (int)stage->run->start_count - 1), SIGKILL);
	stage->course = course;
	free(more);
	free(board);
	free(config);
}

static void
refused(struct stage *stage)
{
	struct twist twist = {.gate = false};

	if (cannot(stage))
		return;
	configure(stage, stage->course->config, "");
	stage_play(stage, "first", &twist, "after");
	if (stage_daemon(stage, 0) == 0)
		return;
	send_away(stage, 0);
	for (size_t i = 0; i < REFUSALS; i++) {
		/* No limit of processes binds the machine's own root. */
		if (refusals[i].no_fork && stage->course->real_root)
			continue;
		/* One that hangs is enough. */
		if (stage->run->timeout == NULL)
			refuse(stage, &refusals[i]);
	}
}

const struct scenario capstone_scenario = { {
	{ "traced", true, traced, false },
	{ "plain", false, plain, false },
	{ "held", true, held, true },
	{ "refusals", false, refused, false },
} };
