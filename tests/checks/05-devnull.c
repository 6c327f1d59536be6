/*
 * 05-devnull - 0, 1 and 2 are /dev/null
 *
 * null(4): the character device 1:3.  open(2): "The file descriptor returned
 * by a successful call will be the lowest-numbered file descriptor not
 * currently open", so who leaves 0, 1 and 2 closed gives them to strangers.
 */
#define _GNU_SOURCE		/* O_PATH */

#include <fcntl.h>
#include <string.h>

#include "checks/absence.h"
#include "checks/check.h"
#include "checks/daemon.h"
#include "checks/events.h"
#include "checks/files.h"
#include "checks/needs.h"
#include "checks/process.h"
#include "checks/verdict.h"
#include "checks/witness.h"
#include "checks/words.h"
#include "language.h"

enum {
	NULL_MAJOR = 1,
	NULL_MINOR = 3,
	PTS_MAJOR = 136,
	PTS_MAJOR_LAST = 143
};

static const struct cause rw_string = {
	"05-devnull.rw-string",
	N_("Is the second argument of open() a string, \"rw\"? Its address "
	    "becomes the flags: another number at each start."),
	N_("Write O_RDWR instead of \"rw\" in steps/05-devnull.c "
	    "(chapters/en/05-devnull.md)."),
};
static const struct cause write_only_input = {
	"05-devnull.write-only-input",
	N_("Is 0 opened with O_WRONLY? Then read() fails with EBADF."),
	N_("Open /dev/null with O_RDWR in steps/05-devnull.c "
	    "(chapters/en/05-devnull.md)."),
};
static const struct cause read_only_output = {
	"05-devnull.read-only-output",
	N_("Is /dev/null opened with O_RDONLY, or with fopen() and \"r\"? "
	    "Then write() fails with EBADF."),
	N_("Open /dev/null with O_RDWR in steps/05-devnull.c "
	    "(chapters/en/05-devnull.md)."),
};
static const struct cause extra_descriptor = {
	"05-devnull.extra-descriptor",
	N_("Is what open() returned closed, once it has been put on 0, 1 and "
	    "2?"),
	N_("Close the extra descriptor when it is above 2, in "
	    "steps/05-devnull.c (chapters/en/05-devnull.md)."),
};

/* Of the C library, under _FORTIFY_SOURCE: flags that want a mode. */
static const char last_words[] = "invalid open";

/*
 * open("/dev/null", "rw"): the address of "rw" becomes the flags.  An address
 * has bits that no flag has, which strace writes as 0x...; or ones that
 * nobody means for /dev/null.
 */
static const struct event *
string_as_flags(const struct run *run)
{
	static const char *const strange[] = { "0x", "O_DIRECTORY",
		"O_TMPFILE", "FASYNC", "O_DIRECT" };

	for (size_t i = 0; i < run->event_count; i++) {
		const struct event *event = &run->events[i];

		if (call_says(event, "write writev", last_words))
			return event;
		if (!call_says(event, "open openat", "\"/dev/null\"") ||
		    !of_program(run, event))
			continue;
		for (size_t j = 0; j < sizeof(strange) / sizeof(*strange); j++)
			if (strstr(event->arguments, strange[j]) != NULL)
				return event;
	}
	return NULL;
}

static bool
blame_string(const struct run *run, struct verdict *verdict)
{
	const struct event *event = string_as_flags(run);

	if (event == NULL)
		return false;
	show_event(verdict, event);
	accuse(verdict, &rw_string);
	return true;
}

/* Untraced, the C library's last words are all that is known. */
bool
explain_devnull(const struct absence *absence, struct verdict *verdict)
{
	const char *output = absence->start->output;

	if (blame_string(absence->run, verdict))
		return true;
	if (output == NULL || strstr(output, last_words) == NULL)
		return false;
	accuse(verdict, &rw_string);
	return true;
}

static bool
is_null(const struct descriptor *one)
{
	return one != NULL && same_text(one->type, "character") &&
	    one->major == NULL_MAJOR && one->minor == NULL_MINOR;
}

/* dup2(fd, fd) does nothing: then close(fd) takes the number away again. */
static const struct event *
closed_again(const struct run *run, const struct process *process, int number)
{
	const struct event *opened = last_success(run, process->pid,
	    "open openat openat2");
	const struct event *closed = last_success(run, process->pid, "close");

	return closed != NULL && opened != NULL && closed > opened &&
	    number_in(closed->arguments, number) ? closed : NULL;
}

static void
blame_closed(const struct run *run, const struct process *process, int number,
    struct verdict *verdict)
{
	const struct event *closed = closed_again(run, process, number);

	evidence(verdict, "/proc/%d/fd/%d: ENOENT", process->pid, number);
	show_event(verdict, closed);
	if (closed != NULL)
		blame(verdict, "05-devnull.closed-again",
		    _("open() gave number %d itself: does your close() of "
		    "what you opened take it away again?"), number);
	else if (find_descriptor(process, 0) == NULL &&
	    find_descriptor(process, 1) == NULL &&
	    find_descriptor(process, 2) == NULL)
		blame(verdict, "05-devnull.left-closed",
		    _("Are 0, 1 and 2 opened again? The next file that is "
		    "opened gets one of these numbers."));
	else
		blame(verdict, "05-devnull.one-missing",
		    _("Is /dev/null put on each of 0, 1 and 2?"));
	advise_action(verdict, _("Open /dev/null, put it on 0, 1 and 2 with "
	    "dup2(), and close only a number above 2, in steps/05-devnull.c "
	    "(chapters/en/05-devnull.md)."));
}

static void
blame_other(const struct process *process, const struct descriptor *one,
    struct verdict *verdict)
{
	show_descriptor(verdict, process, one);
	evidence(verdict, "stat: %s %d:%d", one->type ? one->type : "?",
	    one->major, one->minor);
	if (same_text(one->type, "character") && one->major >= PTS_MAJOR &&
	    one->major <= PTS_MAJOR_LAST)
		blame(verdict, "05-devnull.still-the-terminal",
		    _("Is descriptor %d redirected at all?"), one->number);
	else if (same_text(one->type, "character"))
		blame(verdict, "05-devnull.other-device",
		    _("Which device is that? /dev/null is 1:3."));
	else
		blame(verdict, "05-devnull.number-taken",
		    _("What was opened while number %d was free?"),
		    one->number);
	advise_action(verdict, _("Put /dev/null on 0, 1 and 2 with dup2() in "
	    "steps/05-devnull.c (chapters/en/05-devnull.md)."));
}

/* Is this number /dev/null?  Else the verdict is given. */
static bool
stands_on_null(const struct run *run, const struct process *process,
    int number, struct verdict *verdict)
{
	const struct descriptor *one = find_descriptor(process, number);

	if (is_null(one))
		return true;
	if (one == NULL)
		found(verdict, _("descriptor %d is closed"), number);
	else
		found(verdict, _("descriptor %d is %s"), number,
		    one->target ? one->target : "?");
	if (blame_string(run, verdict))
		return false;
	if (one == NULL)
		blame_closed(run, process, number, verdict);
	else
		blame_other(process, one, verdict);
	return false;
}

static bool
all_are_null(const struct observation *seen, struct verdict *verdict,
    const char *name)
{
	struct scene at;

	if (!set_scene(seen, verdict, name, &at))
		return false;
	for (int number = 0; number < 3; number++)
		if (!stands_on_null(at.run, at.process, number, verdict))
			return false;
	/* Right by luck: another start has other addresses. */
	if (string_as_flags(at.run) == NULL)
		return true;
	found(verdict, _("/dev/null was opened with an address for flags"));
	blame_string(at.run, verdict);
	return false;
}

static void
judge_device(const struct observation *seen, struct verdict *verdict)
{
	expect(verdict, _("0, 1 and 2 are the character device 1:3, "
	    "/dev/null"));
	both_runs(seen, verdict, all_are_null);
}

/* May it be used with this access mode?  O_PATH allows neither. */
static bool
allows(const struct descriptor *one, int mode)
{
	int has = one->flags & O_ACCMODE;

	return (one->flags & O_PATH) == 0 && (has == mode || has == O_RDWR);
}

static bool
mode_is_seen(const struct descriptor *one, struct verdict *verdict)
{
	if (one->flags >= 0)
		return true;
	harness_fault(verdict, _("the flags of descriptor %d were not seen"),
	    one->number);
	return false;
}

static bool
can_be_read(const struct observation *seen, struct verdict *verdict,
    const char *name)
{
	const struct descriptor *one;
	struct scene at;

	if (!set_scene(seen, verdict, name, &at))
		return false;
	one = find_descriptor(at.process, 0);
	if (!stands_on_null(at.run, at.process, 0, verdict) ||
	    !mode_is_seen(one, verdict))
		return false;
	if (allows(one, O_RDONLY))
		return true;
	found(verdict, _("descriptor 0 can only be written"));
	show_descriptor(verdict, at.process, one);
	if (blame_string(at.run, verdict))
		return false;
	accuse(verdict, &write_only_input);
	return false;
}

static void
judge_input(const struct observation *seen, struct verdict *verdict)
{
	expect(verdict, _("descriptor 0 can be read"));
	both_runs(seen, verdict, can_be_read);
}

static bool
can_be_written(const struct observation *seen, struct verdict *verdict,
    const char *name)
{
	const struct descriptor *one;
	struct scene at;

	if (!set_scene(seen, verdict, name, &at))
		return false;
	for (int number = 1; number < 3; number++) {
		one = find_descriptor(at.process, number);
		if (!stands_on_null(at.run, at.process, number, verdict) ||
		    !mode_is_seen(one, verdict))
			return false;
		if (allows(one, O_WRONLY))
			continue;
		found(verdict, _("descriptor %d can only be read"), number);
		show_descriptor(verdict, at.process, one);
		if (blame_string(at.run, verdict))
			return false;
		accuse(verdict, &read_only_output);
		return false;
	}
	return true;
}

static void
judge_output(const struct observation *seen, struct verdict *verdict)
{
	expect(verdict, _("descriptors 1 and 2 can be written"));
	both_runs(seen, verdict, can_be_written);
}

/* Of the start: then 04 has not closed it. */
static bool
is_inherited(const struct observation *seen, const struct run *run,
    const struct descriptor *one)
{
	const struct process *before = process_before(run, "first");
	const struct descriptor *old = before == NULL ? NULL :
	    find_descriptor(before, one->number);

	return old != NULL ? same_identity(old->identity, one->identity) :
	    number_in(opened_at_start(seen, run), one->number);
}

static void
blame_extra(const struct observation *seen, const struct run *run,
    const struct descriptor *one, struct verdict *verdict)
{
	if (is_inherited(seen, run, one)) {
		blame_earlier(seen, "04-close", verdict);
		return;
	}
	accuse(verdict, &extra_descriptor);
}

/* A step may keep a descriptor of its own that no other program inherits. */
static bool
nothing_else(const struct observation *seen, struct verdict *verdict,
    const char *name)
{
	struct scene at;

	if (!set_scene(seen, verdict, name, &at))
		return false;
	for (size_t i = 0; i < at.process->descriptor_count; i++) {
		const struct descriptor *one = &at.process->descriptors[i];

		if (one->number < 3 || (one->flags & O_CLOEXEC) != 0)
			continue;
		found(verdict, _("descriptor %d is open as well: %s"),
		    one->number, one->target ? one->target : "?");
		show_descriptor(verdict, at.process, one);
		blame_extra(seen, at.run, one, verdict);
		return false;
	}
	return true;
}

static void
judge_rest(const struct observation *seen, struct verdict *verdict)
{
	expect(verdict, _("nothing but 0, 1 and 2 is open"));
	both_runs(seen, verdict, nothing_else);
}

static bool
survives_exec(const struct observation *seen, struct verdict *verdict,
    const char *name)
{
	const struct process *process = the_daemon(seen, verdict, name,
	    "first", "after");

	if (process == NULL)
		return false;
	for (int number = 0; number < 3; number++) {
		const struct descriptor *one = find_descriptor(process,
		    number);

		if (!is_null(one) || one->flags < 0 ||
		    (one->flags & O_CLOEXEC) == 0)
			continue;
		found(verdict, _("descriptor %d is close-on-exec"), number);
		show_descriptor(verdict, process, one);
		blame(verdict, "05-devnull.close-on-exec",
		    _("What will a program that the daemon starts find as "
		    "descriptor %d?"), number);
		advise_action(verdict, _("Leave O_CLOEXEC out where open() "
		    "gives 0, 1 or 2 (chapters/en/05-devnull.md)."));
		return false;
	}
	return true;
}

static void
judge_exec(const struct observation *seen, struct verdict *verdict)
{
	expect(verdict, _("0, 1 and 2 stay open in the programs that the "
	    "daemon starts"));
	both_runs(seen, verdict, survives_exec);
}

const struct check devnull_checks[] = {
	{ "stdio-is-dev-null", true,
	    N_("0, 1 and 2 are /dev/null, by device number"), judge_device },
	{ "input-can-be-read", true,
	    N_("descriptor 0 can be read"), judge_input },
	{ "output-can-be-written", true,
	    N_("descriptors 1 and 2 can be written"), judge_output },
	{ "nothing-else-is-open", true,
	    N_("nothing else was left open"), judge_rest },
	{ "stdio-survives-exec", false,
	    N_("children will find 0, 1 and 2 open"), judge_exec,
	    .advice = N_("let children find 0, 1 and 2 open") },
	{ NULL, false, NULL, NULL }
};
