/*
 * 10-log - judges the lines of the log file, and what reaches syslog
 */
#define _POSIX_C_SOURCE 200809L

#include <ctype.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "checks/10-log.h"
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
	BY_GROUP = 020,
	BY_OTHERS = 02,
	HARMLESS = 3,		/* bytes that begin no other message */
	EPOCH_DIGITS = 9
};

static const struct cause no_file = {
	"10-log.no-file",
	N_("Is the log opened with O_CREAT, under the path that was given, "
	    "and the result tested?"),
	N_("Open path in open_log and return -1 when that fails "
	    "(chapters/en/10-log.md)."),
};
const struct cause log_not_written = {
	"10-log.not-written",
	N_("Is the message written to the file at once, or does it wait in a "
	    "stdio buffer?"),
	N_("Write each line with one write(2) (chapters/en/10-log.md)."),
};
static const struct cause format = {
	"10-log.format",
	N_("Was the text of a message used as a format? Whoever chooses the "
	    "text can then read and write the memory."),
	N_("Give it as an argument: syslog(priority, \"%s\", text) "
	    "(chapters/en/10-log.md)."),
};
static const struct cause not_ascii = {
	"10-log.not-ascii",
	N_("What becomes of bytes above 127, which letters with accents are "
	    "made of? A char may be signed, and is less than ' ' then; isprint "
	    "knows none of them."),
	N_("Compare as unsigned char, with ' ' and with 127 "
	    "(chapters/en/10-log.md)."),
};
static const struct cause no_time = {
	"10-log.no-time",
	N_("Does the line say when it happened?"),
	N_("Begin each line with date and time, by strftime "
	    "(chapters/en/10-log.md)."),
};
static const struct cause no_ident = {
	"10-log.no-ident",
	N_("Does the line say which program wrote it?"),
	N_("Copy ident in open_log, and put it into each line "
	    "(chapters/en/10-log.md)."),
};
static const struct cause no_pid = {
	"10-log.no-pid",
	N_("Does the line say which process wrote it?"),
	N_("Put getpid() into each line (chapters/en/10-log.md)."),
};
static const struct cause split = {
	"10-log.split",
	N_("Does the message stand in a line of its own, from the time to a "
	    "newline?"),
	N_("Put the whole line together, then write it once "
	    "(chapters/en/10-log.md)."),
};
const struct cause log_cut = {
	"10-log.cut",
	N_("Is the buffer of the line too short? A message of up to 1,000 "
	    "bytes has to land whole."),
	N_("Make room for the longest message and what stands before it "
	    "(chapters/en/10-log.md)."),
};
static const struct cause world_writable = {
	"10-log.world-writable",
	N_("With which mode is the file made? Now anybody may rewrite the "
	    "log."),
	N_("Give open the mode 0640; fopen always asks for 0666 "
	    "(chapters/en/10-log.md)."),
};
static const struct cause group_writable = {
	"10-log.group-writable",
	N_("Must a whole group be able to rewrite the log?"),
	N_("Give open the mode 0640 (chapters/en/10-log.md)."),
};
void
found_no_line(struct verdict *verdict, const struct file *log)
{
	found(verdict, ngettext("no such line, in %ld byte",
	    "no such line, in %ld bytes", (unsigned long)log->size),
	    log->size);
}

const struct file *
log_file_at(const struct observation *seen, struct verdict *verdict,
    const char *name, const char *moment)
{
	const struct run *run = find_run(seen, name);
	const char *path = find_setting(seen, "log-file");
	const struct file *file = file_at(run, moment, path);

	if (file == NULL || file->type == NULL) {
		lacks_file(run, verdict, moment, path);
		return NULL;
	}
	if (same_text(file->type, "file")) {
		if (file->content != NULL && known_identity(file->identity))
			return file;
		harness_fault(verdict, _("%s could not be read"), path);
		return NULL;
	}
	if (verdict->expected == NULL)
		expect(verdict, _("the log file %s"), path);
	found_no_file(verdict, file);
	show_file(verdict, file);
	accuse(verdict, &no_file);
	return NULL;
}

const struct file *
log_file(const struct observation *seen, struct verdict *verdict,
    const char *name)
{
	return log_file_at(seen, verdict, name, "after");
}

const char *
ident_of(const struct observation *seen)
{
	const char *program = find_setting(seen, "program");

	return program != NULL ? short_name(program) : seen->step;
}

char *
line_at(const char *start)
{
	return text("%.*s", (int)strcspn(start, "\n"), start);
}

const char *
next_line(const char *line)
{
	const char *end = strchr(line, '\n');

	return end != NULL && end[1] != '\0' ? end + 1 : NULL;
}

size_t
count_lines(const char *content)
{
	size_t lines = 0;

	for (const char *line = content; line != NULL && *line != '\0';
	    line = next_line(line))
		lines++;
	return lines;
}

/* 08:15 somewhere, or the seconds since 1970. */
static bool
has_time(const char *line)
{
	size_t digits = 0;

	for (const char *c = line; *c != '\0'; c++) {
		const bool digit = isdigit((unsigned char)*c);

		if (digits == 2 && *c == ':' && isdigit((unsigned char)c[1]) &&
		    isdigit((unsigned char)c[2]))
			return true;
		digits = digit ? digits + 1 : 0;
		if (digits > EPOCH_DIGITS)
			return true;
	}
	return false;
}

bool
has_number(const char *line, int number)
{
	char *digits = text("%d", number);
	const size_t length = strlen(digits);
	const char *at = line;
	bool there = false;

	while (!there && (at = strstr(at, digits)) != NULL) {
		const int before = at > line ? at[-1] : ' ';
		const char *after = at + length;

		there = strchr("0123456789:.+-T/", before) == NULL &&
		    !isdigit((unsigned char)*after) &&
		    !(*after == ':' && isdigit((unsigned char)after[1]));
		at++;
	}
	free(digits);
	return there;
}

char *
line_with(const char *content, const char *words)
{
	for (const char *line = content; line != NULL && *line != '\0';
	    line = next_line(line)) {
		char *copy = line_at(line);

		if (strstr(copy, words) != NULL)
			return copy;
		free(copy);
	}
	return NULL;
}

/* Every other line is some other message: show the last few. */
static void
show_lines(struct verdict *verdict, const struct file *file)
{
	const size_t lines = count_lines(file->content);
	size_t number = 0;

	for (const char *line = file->content; line != NULL && *line != '\0';
	    line = next_line(line))
		if (++number + SHOWN > lines)
			evidence(verdict, "%s: %.*s", file->path,
			    (int)strcspn(line, "\n"), line);
	show_file(verdict, file);
}

/*
 * The traced daemon's log and the message that it was told to write; false
 * with the verdict given.
 */
struct told {
	const struct run *run;
	const struct process *process;
	const struct file *log;
	const char *message;
};

static bool
was_told(const struct observation *seen, struct verdict *verdict,
    struct told *told)
{
	told->process = the_daemon(seen, verdict, "traced", "first", "after");
	if (told->process == NULL)
		return false;
	told->run = find_run(seen, "traced");
	told->message = needed_fact(told->run, verdict, "message");
	if (told->message == NULL)
		return false;
	told->log = log_file(seen, verdict, "traced");
	return told->log != NULL;
}

char *
harmless_part(const char *message)
{
	const size_t length = strcspn(message, "%");

	return length < HARMLESS ? text("%s", message) :
	    text("%.*s", (int)length, message);
}

/* Where a message begins in a line, after a blank; or NULL. */
static char *
begin_of(char *line, const char *message)
{
	char *part = harmless_part(message), *mark = text(" %s", part);
	char *at = strstr(line, message);

	if (at == NULL && (at = strstr(line, mark)) != NULL)
		at++;
	if (at == NULL && strncmp(line, part, strlen(part)) == 0)
		at = line;
	free(mark);
	free(part);
	return at;
}

/* The line that holds a message, or what became of it; a copy, or NULL. */
static char *
line_of(const char *content, const char *message)
{
	char *line = line_with(content, message);

	for (const char *start = content; line == NULL && start != NULL &&
	    *start != '\0'; start = next_line(start)) {
		line = line_at(start);
		if (begin_of(line, message) == NULL) {
			free(line);
			line = NULL;
		}
	}
	return line;
}

static bool
is_cut(const char *words, const char *message)
{
	char *copy = text("%s", words);
	const char *tail = begin_of(copy, message);
	const bool short_of = tail != NULL && strlen(tail) < strlen(message) &&
	    strncmp(tail, message, strlen(tail)) == 0;

	free(copy);
	return short_of;
}

/* Percent signs and all came out, up to the first byte that isn't ASCII. */
static bool
has_ascii_part(const char *words, const char *message)
{
	size_t length = 0;
	bool there;
	char *part;

	while (message[length] != '\0' && (unsigned char)message[length] < 128)
		length++;
	part = text("%.*s", (int)length, message);
	there = message[length] != '\0' && strstr(words, part) != NULL;
	free(part);
	return there;
}

/* Why a message isn't in a line to the letter. */
static const struct cause *
why_changed(const char *words, const char *message)
{
	if (is_cut(words, message))
		return &log_cut;
	return has_ascii_part(words, message) ? &not_ascii : &format;
}

/*
 * A message used as a format may kill: %s reads, %n writes where nobody
 * knows.  So may one that is too long for its buffer.  Where the log had been
 * opened, open_log is innocent.
 */
bool
explain_log(const struct absence *absence, struct verdict *verdict)
{
	const struct ending *ending = absence->ending;
	const char *message = find_fact(absence->run, "message");
	const char *path = find_setting(absence->seen, "log-file");
	const struct file *log = file_at(absence->run, "after", path);

	if (!killed_by(ending, SIGSEGV) && !killed_by(ending, SIGABRT) &&
	    !killed_by(ending, SIGBUS))
		return false;
	if (log == NULL || !same_text(log->type, "file"))
		return false;
	if (message != NULL && strchr(message, '%') != NULL)
		accuse(verdict, &format);
	else if (find_fact(absence->run, "long") != NULL)
		accuse(verdict, &log_too_long);
	else
		return false;
	return true;
}

/* The line of the message, as a copy, or NULL with the verdict given. */
static char *
told_line(const struct told *told, struct verdict *verdict)
{
	char *line = line_of(told->log->content, told->message);

	if (line != NULL)
		return line;
	found_no_line(verdict, told->log);
	show_lines(verdict, told->log);
	accuse(verdict, &log_not_written);
	return NULL;
}

static void
judge_line(const struct observation *seen, struct verdict *verdict)
{
	const char *at;
	struct told told;
	char *line;

	if (!was_told(seen, verdict, &told))
		return;
	expect(verdict, _("a line of %s that ends with: %s"), told.log->path,
	    told.message);
	line = told_line(&told, verdict);
	if (line == NULL)
		return;
	found(verdict, "%s", line);
	at = strstr(line, told.message);
	/* Another text than the message is another check's business. */
	if (at == NULL && is_cut(line, told.message)) {
		show_lines(verdict, told.log);
		accuse(verdict, &log_cut);
	} else if (at != NULL && (at[strlen(told.message)] != '\0' ||
	    strchr(strstr(told.log->content, line), '\n') == NULL)) {
		show_lines(verdict, told.log);
		accuse(verdict, &split);
	}
	free(line);
	if (verdict->status == STATUS_PASS)
		judge_texts(seen, verdict);
}

static void
judge_stamp(const struct observation *seen, struct verdict *verdict)
{
	const char *ident = ident_of(seen);
	struct told told;
	char *line, *end;

	if (!was_told(seen, verdict, &told))
		return;
	expect(verdict, _("a line with the time, %s and %d before: %s"),
	    ident ? ident : "?", told.process->pid, told.message);
	line = told_line(&told, verdict);
	if (line == NULL)
		return;
	found(verdict, "%s", line);
	evidence(verdict, "%s: %s", told.log->path, line);
	end = begin_of(line, told.message);
	if (end != NULL)
		*end = '\0';
	if (!has_time(line))
		accuse(verdict, &no_time);
	else if (ident != NULL && strstr(line, ident) == NULL)
		accuse(verdict, &no_ident);
	else if (!has_number(line, told.process->pid))
		accuse(verdict, &no_pid);
	free(line);
}

static void
judge_percent(const struct observation *seen, struct verdict *verdict)
{
	const struct message *message;
	struct told told;
	char *line;

	if (!was_told(seen, verdict, &told))
		return;
	expect(verdict, _("in the file and in syslog, to the letter: %s"),
	    told.message);
	line = told_line(&told, verdict);
	if (line == NULL)
		return;
	found(verdict, "%s", line);
	if (strstr(line, told.message) == NULL) {
		evidence(verdict, "%s: %s", told.log->path, line);
		accuse(verdict, why_changed(line, told.message));
		free(line);
		return;
	}
	free(line);
	message = told_message(told.run, told.process, told.message, verdict);
	if (message == NULL || strstr(message->text, told.message) != NULL)
		return;
	found(verdict, "%s", message->text);
	show_message(verdict, message);
	accuse(verdict, why_changed(message->text, told.message));
}

bool
each_log(const struct run *run, struct verdict *verdict, log_user *use,
    void *own)
{
	const char *paths = needed_fact(run, verdict, "logs");
	const struct snapshot *shot = find_snapshot(run, "after");
	size_t length;

	if (paths == NULL)
		return false;
	for (; *paths != '\0'; paths += length) {
		const struct file *log;
		char *path;

		paths += strspn(paths, " ");
		length = strcspn(paths, " ");
		path = text("%.*s", (int)length, paths);
		log = length > 0 && shot != NULL ? find_file(shot, path) : NULL;
		free(path);
		if (length == 0 ||
		    (log != NULL && same_text(log->type, "none")))
			continue;
		if (log == NULL || log->content == NULL ||
		    !known_identity(log->identity)) {
			harness_fault(verdict, _("%.*s could not be read"),
			    (int)length, paths);
			return false;
		}
		use(own, log, verdict);
	}
	return true;
}

/* A right that nobody else should have, and the cause if somebody has. */
struct right {
	int bit;
	const struct cause *cause;
};

static void
check_right(void *own, const struct file *log, struct verdict *verdict)
{
	const struct right *right = own;

	if (verdict->status == STATUS_PASS)
		(void)lacks_right(log, right->bit, right->cause, verdict);
}

static void
judge_right(const struct observation *seen, struct verdict *verdict,
    struct right right)
{
	const struct file *log;

	if (the_daemon(seen, verdict, "traced", "first", "after") == NULL)
		return;
	log = log_file(seen, verdict, "traced");
	if (log == NULL)
		return;
	check_right(&right, log, verdict);
	if (verdict->status == STATUS_PASS &&
	    the_daemon(seen, verdict, "plain", "first", "after") != NULL)
		(void)each_log(find_run(seen, "plain"), verdict, check_right,
		    &right);
}

static void
judge_others(const struct observation *seen, struct verdict *verdict)
{
	judge_right(seen, verdict,
	    (struct right){BY_OTHERS, &world_writable});
}

static void
judge_group(const struct observation *seen, struct verdict *verdict)
{
	judge_right(seen, verdict, (struct right){BY_GROUP, &group_writable});
}

const struct check log_checks[] = {
	{"message-is-one-line", true,
	    N_("a message lands in the log file as one whole line"),
	    judge_line},
	{"line-has-time-ident-pid", true,
	    N_("each line says when, which program and which process"),
	    judge_stamp},
	{"percent-is-text", true,
	    N_("percent signs and accents in a message come out as they are"),
	    judge_percent, "syslog"},
	{"appends", true,
	    N_("the log file is open for appending"), judge_append},
	{"lines-stay-whole", true,
	    N_("two processes write the same log and no line is torn or "
		"joined"), judge_whole},
	{"reopens-after-a-rename", true,
	    N_("after a rename and SIGHUP it writes into a new file, and lets "
		"go of the old one"), judge_reopened, "syslog"},
	{"loses-no-message", true,
	    N_("of 1,000 messages none is lost or doubled while the log is "
		"renamed"), judge_complete},
	{"reaches-syslog", true,
	    N_("each message reaches syslog too"), judge_syslog, "syslog"},
	{"facility-and-severity", true,
	    N_("syslog gets the facility daemon and the right severity"),
	    judge_priority, "syslog"},
	{"syslog-ident-and-pid", true,
	    N_("syslog gets its ident and its PID"), judge_sender, "syslog"},
	{"connects-at-once", true,
	    N_("it is connected to syslog before the first message, so a jail "
		"can't cut it off"), judge_connection, "syslog"},
	{"not-writable-by-others", true,
	    N_("others can't write the log file"), judge_others},
	{"keeps-the-log-it-has", true,
	    N_("when the log can't be opened again, since a symbolic link has "
		"its name, it goes on with the old file"), judge_kept},
	{"not-writable-by-the-group", false,
	    N_("the group can't write the log file"), judge_group,
	    .advice = N_("don't let the group write the log file")},
	{"closed-on-exec", false,
	    N_("the descriptor of the log file is closed on exec"),
	    judge_exec,
	    .advice = N_("have the log file's descriptor closed on exec")},
	{"knows-the-time-zone", false,
	    N_("it knows the time zone before the first message, so a jail "
		"can't change it"), judge_zone,
	    .advice = N_("learn the time zone before the first message")},
	{NULL, false, NULL, NULL},
};
