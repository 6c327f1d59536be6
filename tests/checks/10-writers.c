/*
 * 10-writers - judges what two processes leave in one log that is renamed
 */
#define _POSIX_C_SOURCE 200809L

#include <ctype.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "checks/10-log.h"
#include "checks/daemon.h"
#include "checks/events.h"
#include "checks/files.h"
#include "checks/verdict.h"
#include "checks/witness.h"
#include "checks/words.h"
#include "language.h"

enum {
	WRITERS = 2,
	MESSAGES = 500,		/* of each writer: --messages 500 */
	ALL_MESSAGES = WRITERS * MESSAGES
};

static const struct cause no_append = {
	"10-log.no-append",
	N_("Is the file opened without O_APPEND? Each process writes where it "
	    "stopped, over what the others wrote."),
	N_("Open with O_WRONLY | O_CREAT | O_APPEND (chapters/en/10-log.md)."),
};
static const struct cause torn = {
	"10-log.torn",
	N_("Is a line written with more than one call, or when a buffer is "
	    "full? Another process writes in between."),
	N_("Put the whole line together, then write it once "
	    "(chapters/en/10-log.md)."),
};
static const struct cause twice = {
	"10-log.twice",
	N_("Is a message written twice, or kept in a buffer that is flushed "
	    "twice?"),
	N_("Write each line with one write(2), without stdio "
	    "(chapters/en/10-log.md)."),
};
static const struct cause lost = {
	"10-log.lost",
	N_("Is the old file closed before the new one is open, or emptied "
	    "when it is opened?"),
	N_("Open the new file first, without O_TRUNC, then dup2 it over the "
	    "old one (chapters/en/10-log.md)."),
};
static const struct cause not_reopened = {
	"10-log.not-reopened",
	N_("Does reopen_log open the path again? A renamed file keeps its "
	    "descriptor, and gets all the lines."),
	N_("Open path again in reopen_log and use the new descriptor "
	    "(chapters/en/10-log.md)."),
};
static const struct cause leak = {
	"10-log.old-file-open",
	N_("Is the old descriptor left open when the log is opened again? "
	    "The disk space of a removed log stays taken."),
	N_("Close the old descriptor, or dup2 the new one over it "
	    "(chapters/en/10-log.md)."),
};

/* Who opens the log for each message shows its flags to strace alone. */
static bool
opens_to_append(const struct observation *seen, const struct file *log,
    struct verdict *verdict)
{
	const struct run *run = find_run(seen, "traced");
	const struct event *open = NULL;

	for (size_t i = 0; run != NULL && i < run->event_count; i++)
		if (log->path != NULL && call_says(&run->events[i],
		    "open openat openat2 creat", log->path))
			open = &run->events[i];
	if (open != NULL && strstr(open->arguments, "O_APPEND") != NULL)
		return true;
	if (open == NULL) {
		harness_fault(verdict, _("nobody saw how %s was opened"),
		    log->path ? log->path : "?");
		return false;
	}
	found(verdict, _("it is opened without O_APPEND"));
	show_event(verdict, open);
	accuse(verdict, &no_append);
	return false;
}

/* Every descriptor on a log must have O_APPEND; counts those that are there. */
static bool
has_append(const struct process *process, const struct file *log,
    size_t *count, struct verdict *verdict)
{
	const struct descriptor *fd = NULL;

	while ((fd = next_on(process, log, fd)) != NULL) {
		++*count;
		if (fd->flags < 0) {
			harness_fault(verdict, _("the flags of descriptor %d "
			    "could not be read"), fd->number);
			return false;
		}
		if (fd->flags & O_APPEND)
			continue;
		found(verdict, _("descriptor %d is open without it"),
		    fd->number);
		show_descriptor(verdict, process, fd);
		accuse(verdict, &no_append);
		return false;
	}
	return true;
}

/* In "plain" it may still hold a log that was renamed: that one counts too. */
static bool
appends(const struct observation *seen, struct verdict *verdict,
    const char *run)
{
	const struct process *process =
	    the_daemon(seen, verdict, run, "first", "after");
	const struct snapshot *shot;
	const struct file *log;
	size_t count = 0;

	if (process == NULL)
		return false;
	expect(verdict, _("the log file is open with O_APPEND"));
	if (strcmp(run, "plain") == 0) {
		shot = find_snapshot(find_run(seen, run), "after");
		for (size_t i = 0; i < shot->file_count; i++)
			if (known_identity(shot->files[i].identity) &&
			    !has_append(process, &shot->files[i], &count,
			    verdict))
				return false;
		return true;
	}
	log = log_file(seen, verdict, run);
	if (log == NULL || !has_append(process, log, &count, verdict))
		return false;
	return count > 0 || opens_to_append(seen, log, verdict);
}

void
judge_append(const struct observation *seen, struct verdict *verdict)
{
	both_runs(seen, verdict, appends);
}

/* What two writers and the renames have left of 2 x 500 messages. */
struct census {
	const struct process *writers[WRITERS];
	size_t seen[WRITERS][MESSAGES + 1];
	size_t spoilt;
	bool ready[WRITERS];	/* what main.c logs after the messages */
	bool appended;		/* no descriptor without O_APPEND */
};

/* Which of the writers a line names, or -1. */
static int
writer_of(const struct census *census, const char *line)
{
	for (int i = 0; i < WRITERS; i++) {
		char *mark = text("[%d]", census->writers[i]->pid);
		const bool named = strstr(line, mark) != NULL;

		free(mark);
		if (named)
			return i;
	}
	for (int i = 0; i < WRITERS; i++)
		if (has_number(line, census->writers[i]->pid))
			return i;
	return -1;
}

/* "message 17" at the end of a line: 17.  0: no such text; -1: spoilt. */
static long
number_of(char *line)
{
	static const char words[] = "message ";
	char *at = line, *end;
	long number;

	while ((at = strstr(at, words)) != NULL &&
	    !isdigit((unsigned char)at[sizeof(words) - 1]))
		at++;
	if (at == NULL)
		return 0;
	number = strtol(at + sizeof(words) - 1, &end, 10);
	/* The PID stands before it; the number must not pass for one. */
	*at = '\0';
	return *end == '\0' && number >= 1 && number <= MESSAGES ? number : -1;
}

static void
count_line(struct census *census, const struct file *log, const char *start,
    struct verdict *verdict)
{
	char *line = line_at(start);
	const long number = number_of(line);
	const int writer = writer_of(census, line);

	if (line[0] == '\0' && number == 0)
		;		/* an empty line loses nothing */
	else if (number < 0 || writer < 0) {
		if (census->spoilt++ < SHOWN)
			evidence(verdict, "%s: %.*s", log->path,
			    (int)strcspn(start, "\n"), start);
	} else if (number > 0)
		census->seen[writer][number]++;
	else if (strstr(line, "ready") != NULL)
		census->ready[writer] = true;
	free(line);
}

static void
count_log(void *own, const struct file *log, struct verdict *verdict)
{
	struct census *census = own;
	const size_t length = strlen(log->content);

	for (const char *line = log->content; line != NULL && *line != '\0';
	    line = next_line(line))
		count_line(census, log, line, verdict);
	/* NUL bytes, or a last line without its newline. */
	if ((log->size >= 0 && (size_t)log->size > length) ||
	    (length > 0 && log->content[length - 1] != '\n')) {
		census->spoilt++;
		show_file(verdict, log);
	}
	for (int i = 0; i < WRITERS; i++) {
		const struct descriptor *fd = NULL;

		while ((fd = next_on(census->writers[i], log, fd)) != NULL)
			if (fd->flags >= 0 && (fd->flags & O_APPEND) == 0)
				census->appended = false;
	}
}

static bool
find_writers(const struct observation *seen, struct verdict *verdict,
    struct census *census)
{
	static const char *const starts[WRITERS] = {"first", "second"};

	memset(census, 0, sizeof(*census));
	census->appended = true;
	for (int i = 0; i < WRITERS; i++) {
		census->writers[i] =
		    the_daemon(seen, verdict, "plain", starts[i], "after");
		if (census->writers[i] == NULL)
			return false;
	}
	return true;
}

static bool
writes_to(const struct event *event, int number)
{
	char *first = text("%d, ", number);
	const bool writes = event->arguments != NULL &&
	    names_call(event, "write writev pwrite64 pwritev pwritev2") &&
	    strncmp(event->arguments, first, strlen(first)) == 0;

	free(first);
	return writes;
}

/*
 * Two writes for one line are torn by luck alone, so they are counted, from
 * the opening of the log on; who takes a lock around them is free to.
 */
static size_t
count_writes(const struct run *run, const struct process *process,
    const struct file *log, int number, struct verdict *verdict)
{
	bool is_open = false;
	size_t writes = 0;

	for (size_t i = 0; i < run->event_count; i++) {
		const struct event *event = &run->events[i];

		if (event->pid != process->pid || event->arguments == NULL)
			continue;
		if (call_says(event, "open openat openat2 creat", log->path))
			is_open = true;
		if (is_open && (names_call(event, "flock") ||
		    strstr(event->arguments, "SETLK") != NULL))
			return 0;
		if (is_open && writes_to(event, number)) {
			writes++;
			if (verdict != NULL)
				show_event(verdict, event);
		}
	}
	return writes;
}

static bool
writes_once(const struct observation *seen, struct verdict *verdict)
{
	const struct process *process =
	    the_daemon(seen, verdict, "traced", "first", "after");
	const struct run *run = find_run(seen, "traced");
	const struct descriptor *fd;
	const struct file *log;
	size_t lines, writes;

	log = process ? log_file(seen, verdict, "traced") : NULL;
	if (log == NULL)
		return false;
	lines = count_lines(log->content);
	fd = next_on(process, log, NULL);
	writes = fd != NULL ? count_writes(run, process, log, fd->number,
	    NULL) : 0;
	expect(verdict, _("each of %zu lines is written with one call"),
	    lines);
	found(verdict, ngettext("%zu call", "%zu calls", writes), writes);
	if (writes <= lines)
		return true;
	count_writes(run, process, log, fd->number, verdict);
	accuse(verdict, &torn);
	return false;
}

void
judge_whole(const struct observation *seen, struct verdict *verdict)
{
	struct census census;

	if (!writes_once(seen, verdict))
		return;
	if (!find_writers(seen, verdict, &census))
		return;
	expect(verdict, _("every line is one message of one process"));
	if (!each_log(find_run(seen, "plain"), verdict, count_log, &census))
		return;
	found(verdict, ngettext("%zu line is torn or joined",
	    "%zu lines are torn or joined", census.spoilt), census.spoilt);
	if (census.spoilt > 0)
		accuse(verdict, census.appended ? &torn : &no_append);
}

/* Both said so to the box; what stands in the logs may have been cut off. */
static bool
both_ready(const struct run *run)
{
	const struct start *first = find_start(run, "first");
	const struct start *second = find_start(run, "second");

	return first != NULL && first->ready && second != NULL &&
	    second->ready;
}

static void
blame_census(const struct census *census, size_t missing, size_t repeated,
    struct verdict *verdict)
{
	size_t shown = 0;

	for (int i = 0; i < WRITERS; i++)
		for (int n = 1; n <= MESSAGES && shown < SHOWN; n++)
			if (census->seen[i][n] != 1) {
				evidence(verdict, _("message %d of process "
				    "%d: %u times"), n,
				    census->writers[i]->pid,
				    (unsigned)census->seen[i][n]);
				shown++;
			}
	if (!census->appended)
		accuse(verdict, &no_append);
	else if (census->spoilt > 0)
		accuse(verdict, &torn);
	else if (missing == ALL_MESSAGES)
		accuse(verdict, &log_not_written);
	else
		accuse(verdict, repeated > 0 && missing == 0 ? &twice : &lost);
}

/* A line is in the file once it is logged: the traced run has shown it. */
static bool
is_unbuffered(const struct observation *seen)
{
	const struct run *run = find_run(seen, "traced");
	const struct file *log = run ? file_at(run, "after",
	    find_setting(seen, "log-file")) : NULL;

	return log != NULL && log->content != NULL &&
	    strstr(log->content, "ready") != NULL;
}

/* Run "texts" starts twice: what the first has written stays. */
static bool
keeps_earlier(const struct observation *seen, struct verdict *verdict)
{
	const struct run *run = find_run(seen, "texts");
	const char *path = find_setting(seen, "log-file");
	const struct file *before, *after;

	if (run == NULL || path == NULL)
		return true;
	before = file_at(run, "after", path);
	after = file_at(run, "second", path);
	if (before == NULL || after == NULL || before->content == NULL ||
	    after->content == NULL || strncmp(after->content, before->content,
	    strlen(before->content)) == 0)
		return true;
	expect(verdict, _("what was in %s at a start stays in it"), path);
	found(verdict, _("it is gone after a second start"));
	show_file(verdict, before);
	show_file(verdict, after);
	accuse(verdict, &lost);
	return false;
}

void
judge_complete(const struct observation *seen, struct verdict *verdict)
{
	struct census census;
	size_t missing = 0, repeated = 0;

	if (!keeps_earlier(seen, verdict))
		return;
	if (!find_writers(seen, verdict, &census))
		return;
	expect(verdict, _("message 1 to message %d of each process, once"),
	    MESSAGES);
	if (!each_log(find_run(seen, "plain"), verdict, count_log, &census))
		return;
	for (int i = 0; i < WRITERS; i++)
		for (int n = 1; n <= MESSAGES; n++) {
			missing += census.seen[i][n] == 0;
			repeated += census.seen[i][n] > 1;
		}
	if (missing > 0 && census.appended && census.spoilt == 0 &&
	    !both_ready(find_run(seen, "plain")) && is_unbuffered(seen)) {
		harness_fault(verdict, _("the logs were read before both "
		    "processes were ready"));
		return;
	}
	found(verdict, _("of %d messages %zu are missing, %zu are there "
	    "more than once"), ALL_MESSAGES, missing, repeated);
	if (missing > 0 || repeated > 0)
		blame_census(&census, missing, repeated, verdict);
}

/* The descriptors of a process on all the logs, renamed ones too. */
struct holder {
	const struct process *process;
	size_t count;
};

static void
count_holding(void *own, const struct file *log, struct verdict *verdict)
{
	struct holder *holder = own;
	const struct descriptor *fd = NULL;

	while ((fd = next_on(holder->process, log, fd)) != NULL) {
		show_descriptor(verdict, holder->process, fd);
		holder->count++;
	}
}

/* One writer alone, so that the evidence is about it. */
static void
judge_reopened_by(const struct run *run, const struct process *process,
    const struct file *log, struct verdict *verdict)
{
	const struct census one = {.writers = {process, process}};
	struct holder holder = {process, 0};
	size_t current = 0, all;
	const struct descriptor *fd = NULL;
	bool wrote = false;

	expect(verdict, _("process %d has %s open, and no renamed log"),
	    process->pid, log->path);
	while ((fd = next_on(process, log, fd)) != NULL)
		current++;
	if (!each_log(run, verdict, count_holding, &holder))
		return;
	all = holder.count;
	for (const char *line = log->content; line != NULL && *line != '\0' &&
	    !wrote; line = next_line(line)) {
		char *copy = line_at(line);

		wrote = writer_of(&one, copy) >= 0;
		free(copy);
	}
	found(verdict, ngettext("%zu descriptor on %s, %zu on renamed logs",
	    "%zu descriptors on %s, %zu on renamed logs", current), current,
	    log->path, all > current ? all - current : 0);
	/* Who opens it for each message holds none, and writes there. */
	if (current == 0 && (all > 0 || !wrote))
		accuse(verdict, &not_reopened);
	else if (all > current)
		accuse(verdict, &leak);
}

/* SIGHUP is sent to whoever is heard through syslog. */
static bool
are_known(const struct run *run, const struct census *census,
    struct verdict *verdict)
{
	for (int i = 0; i < WRITERS; i++) {
		const int pid = census->writers[i]->pid;

		if (sent(run, pid, "") != NULL)
			continue;
		expect(verdict, _("messages of process %d in syslog, and "
		    "SIGHUP after them"), pid);
		found(verdict, _("nothing of it reached /dev/log"));
		evidence(verdict, _("/dev/log: %zu messages, none of "
		    "process %d"), run->message_count, pid);
		accuse(verdict, &no_syslog);
		return false;
	}
	return true;
}

void
judge_reopened(const struct observation *seen, struct verdict *verdict)
{
	const struct run *run = find_run(seen, "plain");
	const struct snapshot *shot;
	const struct file *log = NULL;
	const char *path = find_setting(seen, "log-file");
	struct census census;

	if (!find_writers(seen, verdict, &census) ||
	    !are_known(run, &census, verdict))
		return;
	shot = find_snapshot(run, "after");
	log = path != NULL ? find_file(shot, path) : NULL;
	if (log != NULL && same_text(log->type, "none")) {
		expect(verdict, _("a new %s after each rename"), path);
		found(verdict, _("there is no such file"));
		show_file(verdict, log);
		accuse(verdict, &not_reopened);
		return;
	}
	log = log_file(seen, verdict, "plain");
	for (int i = 0; log != NULL && verdict->status == STATUS_PASS &&
	    i < WRITERS; i++)
		judge_reopened_by(run, census.writers[i], log, verdict);
}
