/*
 * 12-setuid - with everything it needs, and with each thing missing
 */
#include <linux/capability.h>

#include "language.h"
#include "scenarios/scenario.h"

static bool
cannot(struct stage *stage)
{
	if (box_mode(stage->box) == BOX_SINGLE) {
		stage->run->skipped = text("%s", N_("this machine maps one id "
		    "only: install the package uidmap, and give the user a "
		    "range in /etc/subuid and /etc/subgid"));
		return true;
	}
	if (!stage_is_root(stage)) {
		stage->run->skipped = text("%s", N_("only root can become "
		    "another user: use a machine with user namespaces"));
		return true;
	}
	return false;
}

static void
traced(struct stage *stage)
{
	if (!cannot(stage))
		play_traced(stage);
}

static void
plain(struct stage *stage)
{
	struct twist twist = { .extra = { "--regain-root" } };

	if (!cannot(stage))
		play_plain(stage, &twist);
}

static void
play_without(struct stage *stage, int capability, const char *user)
{
	struct twist twist = {
		.drop_capability = capability, .user = user,
	};

	if (!cannot(stage))
		stage_play(stage, "first", &twist, "after");
}

/* capabilities(7): the calls then fail, in the kernel and for real. */
static void
no_setgid(struct stage *stage)
{
	play_without(stage, CAP_SETGID, NULL);
}

static void
no_setuid(struct stage *stage)
{
	play_without(stage, CAP_SETUID, NULL);
}

static void
no_user(struct stage *stage)
{
	play_without(stage, 0, "nobody-of-that-name");
}

static void
faults(struct stage *stage)
{
	if (!cannot(stage))
		play_faults(stage);
}

const struct scenario setuid_scenario = { {
	{ "traced", true, traced },
	{ "plain", false, plain },
	{ "no-setgid", false, no_setgid },
	{ "no-setuid", false, no_setuid },
	{ "no-user", true, no_user },
	{ "faults", false, faults },
} };
