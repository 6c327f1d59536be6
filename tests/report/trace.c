/*
 * trace - the program's own system calls, in their order, explained
 *
 * A step's program runs all techniques up to its own.  One list in the order
 * of time reads best: the calls of the step itself are marked with '>', those
 * of the steps before are faint, and what the loader and libc do on their own
 * is left out.
 */
#define _GNU_SOURCE

#include <stdlib.h>
#include <string.h>

#include "language.h"
#include "report/gloss.h"
#include "report/report.h"
#include "report/words.h"

#define MIDDLE 40		/* the column of the explanations */

/* A process that descends from the program. */
struct kin {
	int pid;
	int library;		/* descriptor on which libc reads for itself */
	bool leads;		/* it has called setsid */
};

struct told {
	const struct event *event;
	bool marked;
};

struct tale {
	FILE *out;
	const struct paint *paint;
	struct kin *kin;
	size_t kin_count;
	struct told *told;
	size_t told_count;
	int digits;		/* of the longest PID */
};

static bool
is_call(const struct event *event, const char *name)
{
	return event->name != NULL && strcmp(event->kind, "call") == 0 &&
	    strcmp(event->name, name) == 0;
}

static bool
is_any_call(const struct event *event, const char *const *names)
{
	for (; *names != NULL; names++)
		if (is_call(event, *names))
			return true;
	return false;
}

static bool
mentions(const struct event *event, const char *piece)
{
	return event->arguments != NULL && piece != NULL &&
	    strstr(event->arguments, piece) != NULL;
}

static struct kin *
find_kin(const struct tale *tale, int pid)
{
	for (size_t i = 0; i < tale->kin_count; i++)
		if (tale->kin[i].pid == pid)
			return &tale->kin[i];
	return NULL;
}

static void
add_kin(struct tale *tale, int pid)
{
	struct kin *kin = observation_add(tale, kin, kin_count);

	kin->pid = pid;
	kin->library = -1;
}

static const char *const forks[] = { "fork", "vfork", "clone", "clone3",
	NULL };

/*
 * All descendants.  A child's first calls can stand before the return of the
 * fork that made it, so the family is gathered before anything is told.
 */
static void
gather_kin(struct tale *tale, const struct run *run, int launcher)
{
	size_t before;

	add_kin(tale, launcher);
	do {
		before = tale->kin_count;
		for (size_t i = 0; i < run->event_count; i++) {
			const struct event *event = &run->events[i];

			if (is_any_call(event, forks) && event->result > 0 &&
			    find_kin(tale, event->pid) != NULL &&
			    find_kin(tale, (int)event->result) == NULL)
				add_kin(tale, (int)event->result);
		}
	} while (tale->kin_count > before);
}

/* Files that libc opens for itself. */
static bool
is_library(const struct event *event)
{
	static const char *const names[] = { "/ld.so.", ".so\"", ".so.",
		"/etc/localtime", "/etc/nsswitch.conf", "/usr/share/zoneinfo",
		"/usr/lib/locale", "/gconv/" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (mentions(event, names[i]))
			return true;
	return false;
}

/* Does the call's first argument name that descriptor? */
static bool
is_on(const struct event *event, int descriptor)
{
	char *end;

	if (descriptor < 0 || event->arguments == NULL)
		return false;
	return strtol(event->arguments, &end, 10) == descriptor &&
	    end != event->arguments;
}

/* What nobody wrote: memory, threads, libraries, the buffers of stdio. */
static bool
is_libc_own(const struct event *event, struct kin *kin)
{
	static const char *const always[] = { "brk", "mmap", "mmap2",
		"munmap", "mprotect", "mremap", "madvise", "arch_prctl",
		"set_tid_address", "set_robust_list", "rseq", "getrandom",
		"futex", "execve", NULL };
	static const char *const opens[] = { "openat", "open", NULL };
	static const char *const stats[] = { "newfstatat", "fstat", NULL };
	bool ours;

	if (strcmp(event->kind, "call") != 0)
		return strcmp(event->kind, "exit") == 0;
	if (is_any_call(event, always))
		return true;
	if (is_any_call(event, opens) && is_library(event)) {
		kin->library = event->error == NULL ? (int)event->result : -1;
		return true;
	}
	ours = is_on(event, kin->library);
	if (ours && is_call(event, "close"))
		kin->library = -1;
	if (ours || mentions(event, "/ld.so.") ||
	    mentions(event, "RLIMIT_STACK"))
		return true;
	return is_any_call(event, stats) && (is_on(event, 0) ||
	    is_on(event, 1) || is_on(event, 2));
}

static void
add_event(struct tale *tale, const struct event *event)
{
	int digits = snprintf(NULL, 0, "%d", event->pid);

	observation_add(tale, told, told_count)->event = event;
	if (digits > tale->digits)
		tale->digits = digits;
}

/*
 * A fork may return to the parent after the child's first calls.  Told in
 * that order nobody would know whose they are: the fork goes first.
 */
static void
put_forks_first(struct tale *tale)
{
	for (size_t i = 1; i < tale->told_count; i++) {
		const struct event *fork = tale->told[i].event;
		size_t place = 0;

		if (!is_any_call(fork, forks) || fork->result <= 0)
			continue;
		while (place < i &&
		    tale->told[place].event->pid != fork->result)
			place++;
		for (size_t j = i; j > place; j--)
			tale->told[j] = tale->told[j - 1];
		tale->told[place].event = fork;
	}
}

/* Everything before the program's own execve was the box's. */
static void
gather_events(struct tale *tale, const struct run *run, int launcher)
{
	size_t first = 0;

	for (size_t i = 0; i < run->event_count; i++)
		if (is_call(&run->events[i], "execve") &&
		    run->events[i].pid == launcher &&
		    run->events[i].result == 0)
			first = i + 1;
	for (size_t i = first; i < run->event_count; i++) {
		const struct event *event = &run->events[i];
		struct kin *kin = find_kin(tale, event->pid);

		if (kin != NULL && !is_libc_own(event, kin))
			add_event(tale, event);
	}
	put_forks_first(tale);
}

/*
 * Which calls are the step's: those with one of its names, from the first
 * that has the name and the argument which only this step begins with, until
 * the program settles.  A step's program ends with its technique, so nothing
 * but main.c's wait comes after.
 */
struct signature {
	const char *opener[10];
	const char *argument;	/* of the opener, or NULL */
	const char *setting;	/* whose value is an argument of the opener */
	const char *names[20];
};

static const struct signature signatures[] = {
	[1] = { { "fork", "vfork", "clone", "clone3" }, NULL, NULL,
		{ "fork", "vfork", "clone", "clone3", "exit_group", "exit",
		  "wait4", "waitid" } },
	[2] = { { "setsid", "setpgid", "ioctl" }, NULL, NULL,
		{ "setsid", "setpgid", "getsid", "getpgid", "getpgrp",
		  "ioctl" } },
	[3] = { { "setsid" }, NULL, NULL,
		{ "fork", "vfork", "clone", "clone3", "exit_group", "exit",
		  "wait4", "waitid", "rt_sigaction" } },
	[4] = { { "close", "close_range", "prlimit64", "getrlimit", "openat",
		  "sysinfo" }, NULL, NULL,
		{ "close", "close_range", "prlimit64", "getrlimit", "openat",
		  "open", "getdents64", "fcntl", "newfstatat", "fstat",
		  "lseek" } },
	[5] = { { "openat", "open" }, "/dev/null", NULL,
		{ "openat", "open", "dup2", "dup3", "dup", "close",
		  "fcntl" } },
	[6] = { { "chdir", "openat" }, NULL, "directory",
		{ "chdir", "openat", "open", "fchdir", "close" } },
	[7] = { { "umask" }, NULL, NULL, { "umask" } },
	[8] = { { "openat", "open", "creat", "newfstatat", "lstat", "stat" },
		NULL, "pid-file",
		{ "openat", "open", "creat", "flock", "fcntl", "ftruncate",
		  "write", "pwrite64", "read", "pread64", "newfstatat",
		  "fstat", "stat", "lstat", "getpid", "close", "unlink",
		  "fsync", "fchmod", "lseek" } },
	[9] = { { "rt_sigaction", "rt_sigprocmask" }, NULL, NULL,
		{ "rt_sigaction", "rt_sigprocmask", "rt_sigreturn",
		  "signalfd4", "pipe2" } },
	[10] = { { "openat", "open", "socket" }, NULL, "log-file",
		{ "openat", "open", "socket", "connect", "sendto", "send",
		  "write", "writev", "close", "getpid", "fcntl", "fchmod",
		  "fchown", "dup2", "dup3", "newfstatat", "fstat" } },
	[11] = { { "chdir", "chroot", "openat", "open" }, NULL, "jail",
		{ "chdir", "chroot", "openat", "open", "fchdir", "close",
		  "newfstatat", "fstat" } },
	[12] = { { "setgroups", "setgid", "setresgid", "setregid", "setuid",
		  "setresuid", "setreuid", "openat", "socket" }, NULL, NULL,
		{ "setgroups", "setgid", "setresgid", "setregid", "setuid",
		  "setresuid", "setreuid", "getgroups", "getuid", "geteuid",
		  "getresuid", "getresgid", "capset" } },
};

/* Settings are paths; "socket" and "chroot" open without one. */
static bool
opens_step(const struct event *event, const struct signature *signature,
    const struct observation *seen)
{
	static const char *const bare[] = { "socket", "chroot", NULL };
	const char *value;
	char *quoted;
	bool named;

	if (!is_any_call(event, signature->opener))
		return false;
	if (signature->argument != NULL)
		return mentions(event, signature->argument);
	if (signature->setting == NULL || is_any_call(event, bare))
		return true;
	value = find_setting(seen, signature->setting);
	if (value == NULL)
		return true;
	quoted = text("\"%s\"", value);
	named = mentions(event, quoted);
	free(quoted);
	return named;
}

/* Returns whether any was marked. */
static bool
mark_events(struct tale *tale, const struct observation *seen, bool opened)
{
	int number = number_of_step(seen->step);
	const struct signature *signature;
	bool open = opened, waited = false, any = false;

	if (number < 1 || number > 12)
		return false;
	signature = &signatures[number];
	for (size_t i = 0; i < tale->told_count; i++) {
		const struct event *event = tale->told[i].event;
		struct kin *kin = find_kin(tale, event->pid);
		bool ours;

		if (kin != NULL && is_call(event, "setsid"))
			kin->leads = true;
		open = open || opens_step(event, signature, seen);
		/* A log and signal handlers go on working; the rest is done. */
		waited = waited || is_call(event, "rt_sigsuspend");
		ours = open && (!waited || number == 9 || number == 10) &&
		    is_any_call(event, signature->names);
		if (number == 3)	/* the second fork, not the first */
			ours = ours && kin != NULL && kin->leads;
		tale->told[i].marked = ours;
		any = any || ours;
	}
	return any;
}

/* As strace would write it; a umask is octal. */
static char *
sentence(const struct event *event)
{
	const char *arguments = event->arguments != NULL ?
	    event->arguments : "";

	if (strcmp(event->kind, "signal") == 0)
		return text("--- %s ---", event->name);
	if (strcmp(event->kind, "killed") == 0)
		return text(_("+++ killed by %s +++"), event->name);
	if (!event->finished || strncmp(event->name, "exit", 4) == 0 ||
	    is_call(event, "rt_sigsuspend"))
		return text("%s(%s)", event->name, arguments);
	if (event->error != NULL && strncmp(event->error, "ERESTART", 8) == 0)
		return text("%s(%s) = ?", event->name, arguments);
	if (event->error != NULL)
		return text("%s(%s) = -1 %s", event->name, arguments,
		    event->error);
	if (is_call(event, "umask"))
		return text("umask(%s) = %03lo", arguments,
		    (unsigned long)event->result);
	return text("%s(%s) = %ld", event->name, arguments, event->result);
}

static char *
explanation(const struct event *event)
{
	if (strcmp(event->kind, "signal") == 0)
		return text("%s", _("a signal comes in"));
	if (strcmp(event->kind, "killed") == 0)
		return text("%s", _("that signal ended it"));
	return explain_call(event);
}

/* The call on the left; what it means beside it, or below where it is long. */
static void
print_event(const struct tale *tale, size_t number)
{
	const struct event *event = tale->told[number].event;
	bool marked = tale->told[number].marked;
	char *raw = sentence(event), *left = words_visible(raw);
	char *right = explanation(event);
	int column = tale->digits + 4;
	int used = column + words_columns(left);

	fprintf(tale->out, "%s%c %*d  %s", marked ? tale->paint->strong :
	    tale->paint->faint, marked ? '>' : ' ', tale->digits, event->pid,
	    used + 2 <= MIDDLE ? left : "");
	if (used + 2 > MIDDLE) {
		words_print(tale->out, column, 4, left);
		used = 0;
	}
	fputs(tale->paint->plain, tale->out);
	if (*right != '\0') {
		fprintf(tale->out, "%*s", MIDDLE - used, "");
		words_print(tale->out, MIDDLE, 0, right);
	} else if (used > 0)
		fputc('\n', tale->out);
	free(right);
	free(left);
	free(raw);
}

static bool
same_word(const char *one, const char *other)
{
	return one == NULL || other == NULL ? one == other :
	    strcmp(one, other) == 0;
}

/* Would telling the second one after the first say anything new? */
static bool
is_again(const struct event *one, const struct event *other)
{
	return one->pid == other->pid && same_word(one->kind, other->kind) &&
	    same_word(one->name, other->name) &&
	    same_word(one->error, other->error) && (one->error != NULL ||
	    same_word(one->arguments, other->arguments));
}

/* How many of the following events only repeat this one: loops of close. */
static size_t
repetitions(const struct tale *tale, size_t first)
{
	size_t next = first + 1;

	while (next < tale->told_count &&
	    is_again(tale->told[first].event, tale->told[next].event))
		next++;
	return next - first - 1;
}

/* The length of the round from one wait to the next; 0 where none begins. */
static size_t
round_length(const struct tale *tale, size_t first)
{
	if (!is_call(tale->told[first].event, "rt_sigsuspend"))
		return 0;
	for (size_t i = first + 1; i < tale->told_count; i++)
		if (is_call(tale->told[i].event, "rt_sigsuspend"))
			return i - first;
	return 0;
}

/* Rounds are alike when the same calls come in the same order. */
static bool
is_same_round(const struct tale *tale, size_t one, size_t other)
{
	size_t length = round_length(tale, one);

	if (length == 0 || round_length(tale, other) != length)
		return false;
	for (size_t i = 0; i < length; i++)
		if (!same_word(tale->told[one + i].event->name,
		    tale->told[other + i].event->name))
			return false;
	return true;
}

/* Takes a format for the number. */
static void
print_note(const struct tale *tale, const char *format, size_t number)
{
	char *note = text(format, number);

	fprintf(tale->out, "%*s", tale->digits + 4, "");
	words_print(tale->out, tale->digits + 4, 0, note);
	free(note);
}

/* Tells from `first` on; returns the next to tell. */
static size_t
print_round(const struct tale *tale, size_t first)
{
	size_t length = round_length(tale, first), next = first, times = 0;
	size_t again = repetitions(tale, first);

	if (first >= length && length > 0)
		while (is_same_round(tale, first - length, next)) {
			next += length;
			times++;
		}
	if (times > 0) {
		print_note(tale, ngettext("... and the same again, %zu time",
		    "... and the same again, %zu times", times), times);
		return next;
	}
	print_event(tale, first);
	if (again < 3)
		return first + 1;
	print_note(tale, ngettext("... and %zu more call of that kind",
	    "... and %zu more calls of that kind", again), again);
	return first + again + 1;
}

static void
print_legend(const struct tale *tale, const struct observation *seen)
{
	const char *subject = step_subject(number_of_step(seen->step));
	char *legend;

	fprintf(tale->out, "%s%s%s\n", tale->paint->strong, seen->step,
	    tale->paint->plain);
	if (subject == NULL)
		return;
	/* TRANSLATORS: what a step is about, e.g. "its umask". */
	legend = text(_("> marks the calls of this step: %s."), subject);
	words_print(tale->out, 0, 0, legend);
	fputc('\n', tale->out);
	free(legend);
}

/* Says why there is nothing to tell; false where there is something. */
static bool
is_nothing(FILE *out, const struct run *run, const struct start *start)
{
	const char *reason;

	if (run == NULL)
		reason = _("Nothing was traced.");
	else if (run->skipped != NULL)
		reason = run->skipped;
	else if (run->fault != NULL)
		reason = run->fault;
	else if (start == NULL || start->launcher == 0)
		reason = _("The program was not started.");
	else
		return false;
	words_print(out, 0, 0, reason);
	return true;
}

void
report_trace(FILE *out, const struct observation *seen)
{
	const struct run *run = find_run(seen, "traced");
	const struct start *start = run != NULL ?
	    find_start(run, "first") : NULL;
	struct tale tale = { .out = out, .paint = words_paint(out) };

	print_legend(&tale, seen);
	if (is_nothing(out, run, start))
		return;
	gather_kin(&tale, run, start->launcher);
	gather_events(&tale, run, start->launcher);
	/* Where the first call is another than expected, names alone tell. */
	if (!mark_events(&tale, seen, false))
		mark_events(&tale, seen, true);
	if (tale.told_count == 0)
		words_print(out, 0, 0,
		    _("The program made no system call of its own."));
	for (size_t i = 0; i < tale.told_count;)
		i = print_round(&tale, i);
	free(tale.told);
	free(tale.kin);
}
