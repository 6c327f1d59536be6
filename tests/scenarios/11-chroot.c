/*
 * 11-chroot - it looks for the outer /etc/passwd, straight and by ".."
 */
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

static void
plain(struct stage *stage)
{
	struct twist twist = { .extra = {
		"--read", "/etc/passwd",
		"--read", "../../../../../../../../etc/passwd",
	} };

	if (!cannot(stage))
		look_at_all(stage, play_plain(stage, &twist));
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
