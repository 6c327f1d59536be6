/*
 * 11-chroot - it looks for the outer /etc/passwd, straight and by ".."; and
 * a jail in which the jail's own path is another directory
 */
#include <stdlib.h>

#include "language.h"
#include "scenarios/scenario.h"

static void
look_at_all(struct stage *stage, struct snapshot *shot)
{
	stage_look(stage, shot, stage->course->jail);
	stage_look_outside(stage, shot, "/etc/passwd");
	stage_look(stage, shot, stage->course->log_file);
}

static bool
cannot(struct stage *stage)
{
	if (!stage_is_root(stage)) {
		stage->run->skipped = text("%s", N_("chroot needs root, or a "
		    "machine with user namespaces"));
		return true;
	}
	return false;
}

static void
traced(struct stage *stage)
{
	if (!cannot(stage))
		look_at_all(stage, play_traced(stage));
}

/*
 * The jail of the other starts has a link of its own name in it, which leads
 * to its root.  In this one it's a directory: who uses the outer path inside
 * stands there, and not at the root.
 */
static void
enter_another(struct stage *stage)
{
	static const char other[] = "/run/other.pid";
	char *jail = text("%s-two", stage->course->jail);
	char *outer = box_path(stage->box, jail);
	char *inner = text("%s%s", jail, outer);
	struct twist twist = {
		.redirected = true, .directory = "/",
		.mask = &stage->course->plain_mask,
		.pid_file = other, .jail = jail,
	};

	stage_mkdir(stage, inner);
	run_fact(stage->run, "other-pid-file", "%s", other);
	run_fact(stage->run, "other-jail", "%s", jail);
	stage_look(stage, stage_play(stage, "second", &twist, "second"),
	    jail);
	free(inner);
	free(outer);
	free(jail);
}

static void
plain(struct stage *stage)
{
	struct twist twist = { .extra = {
		"--read", "/etc/passwd",
		"--read", "../../../../../../../../etc/passwd",
	} };

	if (cannot(stage))
		return;
	look_at_all(stage, play_plain(stage, &twist));
	enter_another(stage);
}

static void
faults(struct stage *stage)
{
	if (!cannot(stage))
		play_faults(stage);
}

const struct scenario chroot_scenario = { {
	{ "traced", true, traced },
	{ "plain", false, plain },
	{ "faults", false, faults },
} };
