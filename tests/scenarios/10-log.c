/*
 * 10-log - two writers in one log, while it is renamed; texts that are long,
 * or have a newline in them; and a log that can't be opened again
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/scenario.h"

enum {
	ROTATIONS = 4,
	WHOLE = 1000,		/* bytes that must land whole, daemon.h */
	LONG = 5000		/* more than any line's buffer has */
};

/* The last word is "déjà": letters of two bytes, both above 127. */
static const char tricky[] = "battery at 100%s of %n and %d%%, \"quoted\", "
    "d\303\251j\303\240";

static void
traced(struct stage *stage)
{
	struct twist twist = {
		.gate = true, .pipe = true, .extra = { "--message", tricky },
	};

	run_fact(stage->run, "message", "%s", tricky);
	stage_look(stage, stage_play(stage, "first", &twist, "after"),
	    stage->course->log_file);
}

/* log becomes log.1, and the writers are told; true while there are both. */
static void
rotate(struct stage *stage, const int *writers, int round)
{
	const char *log = stage->course->log_file;
	char *name = text("%s.%d", strrchr(log, '/') + 1, round);

	if (stage_rename(stage, log, name))
		for (int i = 0; i < 2; i++)
			if (writers[i] != 0)
				stage_signal_and_hear(stage, writers[i],
				    SIGHUP);
	free(name);
}

/* Who had opened the log, but not yet written, at the last rename was not
 * known then, and was not told. */
static void
tell_latecomers(struct stage *stage, const int *writers)
{
	for (int i = 0; i < 2; i++) {
		int daemon = stage_daemon(stage, i);

		if (daemon != 0 && daemon != writers[0] &&
		    daemon != writers[1])
			stage_signal_and_hear(stage, daemon, SIGHUP);
	}
}

static void
look_at_logs(struct stage *stage, struct snapshot *shot)
{
	const char *log = stage->course->log_file;
	char *all = NULL;

	for (int round = 1; round <= ROTATIONS; round++) {
		char *path = text("%s.%d", log, round);
		stage_look(stage, shot, path);
		char *longer = text("%s%s ", all == NULL ? "" : all, path);
		free(all);
		free(path);
		all = longer;
	}
	stage_look(stage, shot, log);
	run_fact(stage->run, "logs", "%s%s", all, log);
	free(all);
}

static void
plain(struct stage *stage)
{
	static const char other[] = "/run/other.pid";
	struct twist first = {
		.redirected = true, .directory = "/",
		.mask = &stage->course->plain_mask,
		.extra = { "--messages", "500" },
	};
	struct twist second = first;
	int writers[2] = { 0, 0 };

	second.pid_file = other;
	stage_start(stage, "first", &first);
	stage_start(stage, "second", &second);
	/* Whoever writes is known by its first message. */
	run_fact(stage->run, "other-pid-file", "%s", other);
	/* Only syslog tells when they are under way. */
	for (int round = 1; round <= ROTATIONS &&
	    box_mode(stage->box) != BOX_PLAIN; round++) {
		if (!stage_wait_messages(stage, (unsigned)round * 150,
		    writers))
			break;
		rotate(stage, writers, round);
	}
	stage_settle_all(stage);
	tell_latecomers(stage, writers);
	struct snapshot *shot = stage_snapshot(stage, "after");
	stage_ps(stage, shot);
	look_at_logs(stage, shot);
}

/* "word 1 2 3 ...": who looks at a cut text sees where it was cut. */
static char *
numbered(const char *word, size_t length)
{
	char *all = text("%s", word), *cut;

	for (int i = 1; strlen(all) < length; i++) {
		char *longer = text("%s %d", all, i);
		free(all);
		all = longer;
	}
	cut = text("%.*s", (int)length, all);
	free(all);
	return cut;
}

/* Looks at once, before another start can spoil what this one has left. */
static void
log_text(struct stage *stage, const char *start, const char *pid_file,
    const char *words, const char *moment)
{
	struct twist twist = {
		.redirected = true, .pid_file = pid_file,
		.extra = { "--message", words },
	};

	stage_look(stage, stage_play(stage, start, &twist, moment),
	    stage->course->log_file);
}

/*
 * The log is renamed, a symbolic link has its name, and HUP asks for it to be
 * opened again: that fails, and what is said of it has to go somewhere.
 */
static void
refuse_log(struct stage *stage)
{
	static const char victim[] = "/srv/victim";
	const char *log = stage->course->log_file;
	char *old = text("%s.1", log);

	if (stage_rename(stage, log, strrchr(old, '/') + 1)) {
		stage_write(stage, victim, "precious\n");
		stage_link(stage, victim, log);
		stage_signal_and_hear(stage, stage_daemon(stage, 0), SIGHUP);
	}
	run_fact(stage->run, "renamed", "%s", old);
	run_fact(stage->run, "victim", "%s", victim);
	struct snapshot *shot = stage_snapshot(stage, "refused");
	stage_look(stage, shot, old);
	stage_look(stage, shot, victim);
	free(old);
}

static void
texts(struct stage *stage)
{
	char *head = numbered("whole", WHOLE / 2 - 1);
	char *tail = numbered("1999-12-31T23:59:59+0000 root[1]: forged",
	    WHOLE / 2);
	char *whole = text("%s\n%s", head, tail);
	char *too_long = numbered("long", LONG);

	run_fact(stage->run, "whole", "%s", whole);
	run_fact(stage->run, "long", "%s", too_long);
	log_text(stage, "first", NULL, whole, "after");
	log_text(stage, "second", "/run/other.pid", too_long, "second");
	refuse_log(stage);
	free(too_long);
	free(whole);
	free(tail);
	free(head);
}

const struct scenario log_scenario = { {
	{ "traced", true, traced },
	{ "plain", false, plain },
	{ "texts", false, texts },
	{ "faults", false, play_faults },
} };
