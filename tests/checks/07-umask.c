/*
 * 07-umask - judges the mask, and what it does to a file and a directory
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checks/absence.h"
#include "checks/check.h"
#include "checks/daemon.h"
#include "checks/events.h"
#include "checks/files.h"
#include "checks/needs.h"
#include "checks/verdict.h"
#include "checks/witness.h"
#include "checks/words.h"
#include "language.h"

enum { PERMISSIONS = 0777, READ_WRITE = 0666 };

static const struct cause unchanged = {
	"07-umask.unchanged",
	N_("Is umask called at all, and is the mask still set when the "
	    "function returns?"),
	N_("Call umask with the argument of set_file_mask, once "
	    "(chapters/en/07-umask.md)."),
};
static const struct cause zero = {
	"07-umask.zero",
	N_("Is the mask 0? Then a file asked for with 0666 is made 0666, and "
	    "anybody may rewrite it."),
	N_("Give umask the mask that the function received "
	    "(chapters/en/07-umask.md)."),
};
static const struct cause write_only = {
	"07-umask.0222",
	N_("Is the mask 0222? It takes away the owner's own right to write: "
	    "a second start can't open its own files."),
	N_("Give umask the mask that the function received "
	    "(chapters/en/07-umask.md)."),
};
static const struct cause decimal = {
	"07-umask.decimal",
	N_("Was the mask written in decimal? In C, 27 is 033; the mask 027 "
	    "needs its leading 0."),
	N_("Use the argument of set_file_mask as it is "
	    "(chapters/en/07-umask.md)."),
};
static const struct cause added = {
	"07-umask.or",
	N_("Was the mask added, with |, to the one that was inherited?"),
	N_("Replace the inherited mask: umask(mask) alone does it "
	    "(chapters/en/07-umask.md)."),
};
static const struct cause common = {
	"07-umask.and",
	N_("Was the mask combined, with &, with the one that was inherited?"),
	N_("Replace the inherited mask: umask(mask) alone does it "
	    "(chapters/en/07-umask.md)."),
};
static const struct cause inverted = {
	"07-umask.inverted",
	N_("Were the bits turned over? A mask names the rights to take away, "
	    "not those to give."),
	N_("Give umask the mask itself, without ~ (chapters/en/07-umask.md)."),
};
static const struct cause fixed = {
	"07-umask.fixed",
	N_("Is a number of your own written in the function, in the place of "
	    "its argument?"),
	N_("Use the argument of set_file_mask (chapters/en/07-umask.md)."),
};
static const struct cause other = {
	"07-umask.other",
	N_("What does the function do with its argument before it calls "
	    "umask, and does it call it once more afterwards?"),
	N_("Call umask with the argument of set_file_mask, once "
	    "(chapters/en/07-umask.md)."),
};
static const struct cause later = {
	"07-umask.changed-later",
	N_("The mask is right now, but it wasn't when this was made. Who "
	    "changed it in between?"),
	N_("Set the mask once, in set_file_mask (chapters/en/07-umask.md)."),
};

static const struct cause taken_for_error = {
	"07-umask.result-as-error",
	N_("Is what umask returned, the mask that was, taken for an error? "
	    "umask can't fail."),
	N_("Call umask and return 0, whatever it returned "
	    "(chapters/en/07-umask.md)."),
};

/* It said -1, and after umask no call failed before main.c's sentence. */
bool
explain_umask(const struct absence *absence, struct verdict *verdict)
{
	const struct run *run = absence->run;
	const struct event *set = last_success(run, 0, "umask");
	const struct event *end = run->events + run->event_count;

	if (set == NULL)
		return false;
	/* The sentence begins with the time: syslog looks for its zone. */
	for (const struct event *event = set + 1; event < end &&
	    !names_call(event, "write socket") &&
	    !call_says(event, "openat", "/etc/localtime"); event++)
		if (event->pid == set->pid && event->error != NULL)
			return false;
	show_event(verdict, set);
	accuse(verdict, &taken_for_error);
	return true;
}

/* Octal digits, or -1 where there are none. */
static int
octal(const char *digits)
{
	char *end;
	long value;

	if (digits == NULL || digits[0] == '\0')
		return -1;
	value = strtol(digits, &end, 8);
	return *end != '\0' || value < 0 || value > 07777 ? -1 : (int)value;
}

/* Whether `got` is what C makes of octal digits without their leading 0. */
static bool
is_decimal_slip(int got, int wanted)
{
	const int masks[] = {wanted, 022, 027, 077, 0137};
	char digits[16];

	for (size_t i = 0; i < sizeof(masks) / sizeof(masks[0]); i++) {
		snprintf(digits, sizeof(digits), "%o", (unsigned)masks[i]);
		if (got == (atoi(digits) & PERMISSIONS))
			return true;
	}
	return false;
}

static const struct cause *
likely(const struct observation *seen, int wanted, int got)
{
	const int inherited = octal(find_setting(seen, "start-mask"));

	if (got == inherited)
		return &unchanged;
	if (got == 0)
		return &zero;
	if (got == 0222)
		return &write_only;
	if (is_decimal_slip(got, wanted))
		return &decimal;
	if (inherited != -1 && got == (wanted | inherited))
		return &added;
	if (inherited != -1 && got == (wanted & inherited))
		return &common;
	if (got == (~wanted & PERMISSIONS) || got == (~wanted & READ_WRITE))
		return &inverted;
	if (got == 022 || got == 027 || got == 077 || got == 0137)
		return &fixed;
	return &other;
}

/* The mask that a run was given, or -1 and the harness's fault. */
static int
given(const struct observation *seen, struct verdict *verdict,
    const char *run)
{
	const char *name = strcmp(run, "plain") == 0 ? "plain.mask" : "mask";
	const int mask = octal(find_setting(seen, name));

	if (mask == -1)
		harness_fault(verdict, _("the setting %s is missing"), name);
	return mask;
}

/* strace saw the daemon itself set its mask: /proc must say the same. */
static bool
strace_agrees(const struct run *run, const struct process *process,
    struct verdict *verdict)
{
	const struct event *set = last_success(run, process->pid, "umask");
	/* A process made with CLONE_FS shares it: the last of all counts. */
	const struct event *last = last_success(run, 0, "umask");
	const int asked = set != NULL ? octal(set->arguments) : -1;

	if (asked == -1 || (asked & PERMISSIONS) == process->mask ||
	    (octal(last->arguments) & PERMISSIONS) == process->mask)
		return true;
	harness_fault(verdict, _("strace and /proc don't agree about the mask "
	    "of process %d"), process->pid);
	show_event(verdict, set);
	show_mask(verdict, process);
	return false;
}

/* The traced run's last umask explains the other run's mask too. */
static void
show_masks(const struct observation *seen, const struct process *process,
    struct verdict *verdict)
{
	const struct run *traced = find_run(seen, "traced");

	show_mask(verdict, process);
	if (traced != NULL)
		show_event(verdict, last_call(traced, 0, "umask"));
}

static const struct process *
masked_daemon(const struct observation *seen, struct verdict *verdict,
    const char *run)
{
	const struct process *process =
	    the_daemon(seen, verdict, run, "first", "after");

	if (process == NULL)
		return NULL;
	if (process->mask >= 0 && process->mask <= PERMISSIONS)
		return process;
	harness_fault(verdict, _("the mask of process %d could not be read"),
	    process->pid);
	return NULL;
}

static bool
has_mask(const struct observation *seen, struct verdict *verdict,
    const char *run)
{
	const struct process *process = masked_daemon(seen, verdict, run);
	int wanted;

	if (process == NULL)
		return false;
	wanted = given(seen, verdict, run);
	if (wanted == -1 ||
	    !strace_agrees(find_run(seen, run), process, verdict))
		return false;
	expect(verdict, _("the mask %04o"), (unsigned)wanted);
	found(verdict, _("the mask %04o"), (unsigned)process->mask);
	if (process->mask == wanted)
		return true;
	show_masks(seen, process, verdict);
	accuse(verdict, likely(seen, wanted, process->mask));
	return false;
}

static void
judge_mask(const struct observation *seen, struct verdict *verdict)
{
	both_runs(seen, verdict, has_mask);
}

/* What the experiment --create made, or NULL with the verdict given. */
static const struct file *
created(const struct run *run, struct verdict *verdict, const char *name)
{
	const char *directory = find_fact(run, "created");
	const struct file *file = NULL;
	char *path;

	if (was_skipped(run, verdict, "created"))
		return NULL;
	if (directory != NULL) {
		path = text("%s/%s", directory, name);
		file = file_at(run, "after", path);
		free(path);
	}
	if (file != NULL && !same_text(file->type, "none"))
		return file;
	harness_fault(verdict, _("--create left no %s"), name);
	return NULL;
}

static void
judge_created(const struct observation *seen, struct verdict *verdict,
    const char *name, int asked)
{
	const struct process *process = masked_daemon(seen, verdict, "plain");
	const struct file *file;
	int mask;

	if (process == NULL)
		return;
	mask = given(seen, verdict, "plain");
	file = created(find_run(seen, "plain"), verdict, name);
	if (mask == -1 || file == NULL)
		return;
	expect(verdict, _("mode %04o (%04o without the bits of the mask "
	    "%04o)"), (unsigned)(asked & ~mask), (unsigned)asked,
	    (unsigned)mask);
	found(verdict, _("mode %04o"), (unsigned)file->mode);
	if (file->mode == (asked & ~mask))
		return;
	show_file(verdict, file);
	show_masks(seen, process, verdict);
	accuse(verdict, process->mask == mask ? &later :
	    likely(seen, mask, process->mask));
}

static void
judge_file(const struct observation *seen, struct verdict *verdict)
{
	judge_created(seen, verdict, "file", 0666);
}

static void
judge_directory(const struct observation *seen, struct verdict *verdict)
{
	judge_created(seen, verdict, "directory", 0777);
}

const struct check umask_checks[] = {
	{"mask-is-the-one-given", true,
	    N_("its umask is the one it was given"), judge_mask},
	{"file-has-the-mode", true,
	    N_("a file created with 0666 has exactly the mode that follows"),
	    judge_file},
	{"directory-has-the-mode", true,
	    N_("a directory created with 0777 has exactly the mode that "
		"follows"), judge_directory},
	{NULL, false, NULL, NULL},
};
