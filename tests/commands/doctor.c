/*
 * doctor - what this machine gives, why not more, and what to install
 */
#define _GNU_SOURCE
#include <sys/resource.h>
#include <sys/utsname.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "box/limits.h"
#include "box/machine.h"
#include "box/map.h"
#include "commands/command.h"
#include "language.h"

static void
say(const char *what, const char *answer)
{
	/* The column is counted in characters, not in bytes. */
	size_t width = 0;

	for (const char *c = what; *c != '\0'; c++)
		width += ((unsigned char)*c & 0xc0) != 0x80;
	printf("  %s%*s %s\n", what, width < 24 ? (int)(24 - width) : 0, "",
	    answer);
}

static void
describe_mode(enum box_mode mode, const char *why, const char *remedy)
{
	static const char *const gives[] = {
		[BOX_RANGE] = N_("boxes with a range of ids: all twelve "
		    "steps can be proved"),
		[BOX_SINGLE] = N_("boxes with one id: all but 12-setuid can "
		    "be proved"),
		[BOX_PLAIN] = N_("no boxes (plain mode): your own work only; "
		    "what can't be proved is skipped"),
	};

	say(_("this machine gives"), _(gives[mode]));
	if (why != NULL)
		say(_("  why not more"), _(why));
	if (remedy != NULL)
		say(_("  what to do"), _(remedy));
}

static void
describe_limits(void)
{
	struct rlimit limit;
	char line[128];

	if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
		snprintf(line, sizeof(line), limit.rlim_max > 6000 ?
		    _("%llu: enough for 5000 and 6000") :
		    _("%llu: some descriptors of 04-close can't be opened"),
		    (unsigned long long)limit.rlim_max);
		say(_("descriptors, hard limit"), line);
	}
	say(_("cgroup limits"), limits_word());
}

static int
doctor(int argc, char **argv, const struct command_options *options)
{
	const char *why, *remedy, *cannot, *cure;
	struct utsname system;

	(void)options;
	if (argc != 1) {
		fprintf(stderr, _("lab %s: takes no step\n"), argv[0]);
		return EXIT_USAGE;
	}
	enum box_mode mode = machine_mode(&why, &remedy);
	if (uname(&system) == 0)
		say(_("kernel"), system.release);
	say(_("user"), geteuid() == 0 ? "root" : _("an ordinary user"));
	describe_mode(mode, why, remedy);
	bool looks = machine_can_look(&cannot, &cure);
	say(_("instruments"), looks ? _("/proc, ps and strace: all there") :
	    _(cannot));
	if (!looks)
		say(_("  what to do"), _(cure));
	describe_limits();
	say(_("language"), language());
	return looks ? EXIT_PASSED : EXIT_SKIPPED;
}

const struct command doctor_command = {
	"doctor", "", N_("what this machine gives, and what to install"), doctor
};
