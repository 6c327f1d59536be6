/*
 * 12-setuid - with everything it needs, and with each thing missing
 */
#include <linux/capability.h>

#include "scenarios/scenario.h"

static void
traced(struct stage *stage)
{
	if (!stage_lacks_users(stage))
		play_traced(stage);
}

static void
plain(struct stage *stage)
{
	struct twist twist = { .extra = { "--regain-root" } };

	if (!stage_lacks_users(stage))
		play_plain(stage, &twist);
}

static void
play_without(struct stage *stage, int capability, const char *user)
{
	struct twist twist = {
		.drop_capability = capability, .user = user,
	};

	if (!stage_lacks_users(stage))
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

/* Whoever may write in a jail may have written this line into its
 * /etc/passwd. */
static void
second_root(struct stage *stage)
{
	play_without(stage, 0, SECOND_ROOT);
}

static void
faults(struct stage *stage)
{
	if (!stage_lacks_users(stage))
		play_faults(stage);
}

const struct scenario setuid_scenario = { {
	{ "traced", true, traced },
	{ "plain", false, plain },
	{ "no-setgid", false, no_setgid },
	{ "no-setuid", false, no_setuid },
	{ "no-user", true, no_user },
	{ "second-root", true, second_root },
	{ "faults", false, faults },
} };
