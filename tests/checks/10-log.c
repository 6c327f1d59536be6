/*
 * 10-log - judges the lines of the log file, and what reaches syslog
 */
#define _POSIX_C_SOURCE 200809L

#include <ctype.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#include "checks/check.h"
#include "checks/helpers.h"
#include "language.h"

enum {
	BY_GROUP = 020,
	BY_OTHERS = 02,
	WRITERS = 2,
	MESSAGES = 500,		/* of each writer: --messages 500 */
	HARMLESS = 3,		/* bytes that begin no other message */
	SHOWN = 5,		/* bad lines quoted as evidence */
	EPOCH_DIGITS = 9,
	DAEMON = LOG_DAEMON >> 3,
	USER = LOG_USER >> 3
};

/* What probably happened, as a question, and what to do next. */
struct cause {
	const char *key, *question, *action;
};

static const struct cause no_file = {
	"10-log.no-file",
	N_("Is the log opened with O_CREAT, under the path that was given, "
	    "and the result tested?"),
	N_("Open path in open_log and return -1 when that fails; see "
	    "chapters/en/10-log.md"),
};
static const struct cause not_written = {
	"10-log.not-written",
	N_("Is the message written to the file at once, or does it wait in a "
	    "stdio buffer?"),
	N_("Write each line with one write(2); see chapters/en/10-log.md"),
};
static const struct cause format = {
	"10-log.format",
	N_("Was the text of a message used as a format? Whoever chooses the "
	    "text can then read and write the memory."),
	N_("Give it as an argument: syslog(priority, \"%s\", text); see "
	    "chapters/en/10-log.md"),
};
static const struct cause no_time = {
	"10-log.no-time",
	N_("Does the line say when it happened?"),
	N_("Begin each line with date and time, by strftime; see "
	    "chapters/en/10-log.md"),
};
static const struct cause no_ident = {
	"10-log.no-ident",
	N_("Does the line say which program wrote it?"),
	N_("Copy ident in open_log, and put it into each line; see "
	    "chapters/en/10-log.md"),
};
static const struct cause no_pid = {
	"10-log.no-pid",
	N_("Does the line say which process wrote it?"),
	N_("Put getpid() into each line; see chapters/en/10-log.md"),
};
static const struct cause split = {
	"10-log.split",
	N_("Does the message stand in a line of its own, from the time to a "
	    "newline?"),
	N_("Put the whole line together, then write it once; see "
	    "chapters/en/10-log.md"),
};
static const struct cause cut = {
	"10-log.cut",
	N_("Is the buffer of the line too short? A message of up to 1,000 "
	    "bytes has to land whole."),
	N_("Make room for the longest message and what stands before it; see "
	    "chapters/en/10-log.md"),
};
static const struct cause no_append = {
	"10-log.no-append",
	N_("Is the file opened without O_APPEND? Each process writes where it "
	    "stopped, over what the others wrote."),
	N_("Open with O_WRONLY | O_CREAT | O_APPEND; see "
	    "chapters/en/10-log.md"),
};
static const struct cause torn = {
	"10-log.torn",
	N_("Is a line written with more than one call, or when a buffer is "
	    "full? Another process writes in between."),
	N_("Put the whole line together, then write it once; see "
	    "chapters/en/10-log.md"),
};
static const struct cause twice = {
	"10-log.twice",
	N_("Is a message written twice, or kept in a buffer that is flushed "
	    "twice?"),
	N_("Write each line with one write(2), without stdio; see "
	    "chapters/en/10-log.md"),
};
static const struct cause lost = {
	"10-log.lost",
	N_("Is the old file closed before the new one is open, or emptied "
	    "when it is opened?"),
	N_("Open the new file first, without O_TRUNC, then dup2 it over the "
	    "old one; see chapters/en/10-log.md"),
};
static const struct cause not_reopened = {
	"10-log.not-reopened",
	N_("Does reopen_log open the path again? A renamed file keeps its "
	    "descriptor, and gets all the lines."),
	N_("Open path again in reopen_log and use the new descriptor; see "
	    "chapters/en/10-log.md"),
};
static const struct cause leak = {
	"10-log.old-file-open",
	N_("Is the old descriptor left open when the log is opened again? "
	    "The disk space of a removed log stays taken."),
	N_("Close the old descriptor, or dup2 the new one over it; see "
	    "chapters/en/10-log.md"),
};
static const struct cause no_syslog = {
	"10-log.no-syslog",
	N_("Is syslog called for each message?"),
	N_("Call openlog in open_log, and syslog in log_message; see "
	    "chapters/en/10-log.md"),
};
static const struct cause facility_user = {
	"10-log.facility-user",
	N_("Was LOG_USER given to openlog, or syslog called before openlog?"),
	N_("Give LOG_DAEMON to openlog, before the first message; see "
	    "chapters/en/10-log.md"),
};
static const struct cause facility_other = {
	"10-log.facility",
	N_("Which facility does openlog get, or the priority carry?"),
	N_("Give LOG_DAEMON to openlog; see chapters/en/10-log.md"),
};
static const struct cause severity = {
	"10-log.severity",
	N_("Does syslog get the priority that log_message was given?"),
	N_("Pass priority on as it is; see chapters/en/10-log.md"),
};
static const struct cause no_log_pid = {
	"10-log.syslog-no-pid",
	N_("Is LOG_PID missing in openlog?"),
	N_("Give LOG_PID | LOG_NDELAY to openlog; see "
	    "chapters/en/10-log.md"),
};
static const struct cause ident_path = {
	"10-log.ident-path",
	N_("Was argv[0] given to openlog, with its directories?"),
	N_("Give openlog the ident that open_log received; see "
	    "chapters/en/10-log.md"),
};
static const struct cause ident_other = {
	"10-log.ident",
	N_("openlog keeps only a pointer. Does what it points to still hold "
	    "the ident?"),
	N_("Copy ident into a static array, and give that to openlog; see "
	    "chapters/en/10-log.md"),
};
static const struct cause no_delay = {
	"10-log.no-ndelay",
	N_("Is LOG_NDELAY missing in openlog? It connects at the first "
	    "message then, and in the jail there is no /dev/log."),
	N_("Give LOG_PID | LOG_NDELAY to openlog; see "
	    "chapters/en/10-log.md"),
};
static const struct cause world_writable = {
	"10-log.world-writable",
	N_("With which mode is the file made? Now anybody may rewrite the "
	    "log."),
	N_("Give open the mode 0640; fopen always asks for 0666; see "
	    "chapters/en/10-log.md"),
};
static const struct cause group_writable = {
	"10-log.group-writable",
	N_("Must a whole group be able to rewrite the log?"),
	N_("Give open the mode 0640; see chapters/en/10-log.md"),
};
static const struct cause no_cloexec = {
	"10-log.no-cloexec",
	N_("Is O_CLOEXEC missing? Any program that the daemon starts could "
	    "write into its log."),
	N_("Open with O_CLOEXEC; see chapters/en/10-log.md"),
};

static void
accuse(struct verdict *verdict, const struct cause *cause)
{
	blame(verdict, cause->key, "%s", _(cause->question));
	advise_action(verdict, "%s", _(cause->action));
}

/* A fact that a judge needs, or NULL with the verdict given. */
static const char *
needed_fact(const struct run *run, struct verdict *verdict, const char *name)
{
	const char *value = find_fact(run, name);
	char *skipped = text("%s.skipped", name);
	const char *reason = find_fact(run, skipped);

	free(skipped);
	if (reason != NULL)
		cannot_tell(verdict, "%s", _(reason));
	else if (value == NULL)
		harness_fault(verdict, _("run %s has no fact %s"),
		    run->name ? run->name : "?", name);
	else
		return value;
	return NULL;
}

/* A regular file of "after", or NULL with the verdict given. */
static const struct file *
log_file(const struct run *run, struct verdict *verdict, const char *path)
{
	const struct snapshot *shot = find_snapshot(run, "after");
	const struct file *file =
	    shot != NULL && path != NULL ? find_file(shot, path) : NULL;

	if (file == NULL || file->type == NULL) {
		harness_fault(verdict, _("snapshot %s of run %s lacks the "
		    "file %s"), "after", run->name ? run->name : "?",
		    path ? path : "?");
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
	found(verdict, _("no regular file (%s)"), file->type);
	show_file(verdict, file);
	accuse(verdict, &no_file);
	return NULL;
}

/* What the program calls itself: main.c gives its short name to open_log. */
static const char *
ident_of(const struct observation *seen)
{
	const char *program = find_setting(seen, "program"), *slash;

	if (program == NULL)
		return seen->step;
	slash = strrchr(program, '/');
	return slash != NULL ? slash + 1 : program;
}

/* A line of a text, without its newline; a copy to be freed. */
static char *
line_at(const char *start)
{
	return text("%.*s", (int)strcspn(start, "\n"), start);
}

/* The line after this one, or NULL. */
static const char *
next_line(const char *line)
{
	const char *end = strchr(line, '\n');

	return end != NULL && end[1] != '\0' ? end + 1 : NULL;
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

/* A number by itself: not a part of a time, a date or a longer number. */
static bool
has_number(const char *line, int number)
{
	char *digits = text("%d", number);
	const size_t length = strlen(digits);
	const char *at = line;
	bool there = false;

	while (!there && (at = strstr(at, digits)) != NULL) {
		const char before = at > line ? at[-1] : ' ';
		const char *after = at + length;

		there = strchr("0123456789:.+-T/", before) == NULL &&
		    !isdigit((unsigned char)*after) &&
		    !(*after == ':' && isdigit((unsigned char)after[1]));
		at++;
	}
	free(digits);
	return there;
}

/* The line of the log that holds a text, as a copy; or NULL. */
static char *
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
	size_t lines = 0, number = 0;

	for (const char *line = file->content; line != NULL && *line != '\0';
	    line = next_line(line))
		lines++;
	for (const char *line = file->content; line != NULL && *line != '\0';
	    line = next_line(line))
		if (++number + SHOWN > lines)
			evidence(verdict, "%s: %.*s", file->path,
			    (int)strcspn(line, "\n"), line);
	show_file(verdict, file);
}

/*
 * The traced daemon's log and the message that it was told to write; false
 * with the verdict given.  A message that killed it has its own cause.
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
	told->log = log_file(told->run, verdict,
	    find_setting(seen, "log-file"));
	return told->log != NULL;
}

/*
 * The part of a message before its first conversion: it stays when the rest
 * is obeyed.  A copy; the whole message where that part is too common.
 */
static char *
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

/* Did a message come out short?  Else it was changed. */
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

/*
 * A message used as a format may kill: %s reads, %n writes where nobody
 * knows.  True once blamed; the log was open, so open_log is innocent.
 */
static bool
blames_crash(const struct observation *seen, struct verdict *verdict)
{
	const struct run *run = find_run(seen, "traced");
	const char *message = run ? find_fact(run, "message") : NULL;
	const char *path = find_setting(seen, "log-file");
	bool is_open = false;

	if (message == NULL || path == NULL || strchr(message, '%') == NULL)
		return false;
	for (size_t i = 0; i < run->event_count; i++) {
		const struct event *event = &run->events[i];

		if (names_call(event, "open openat openat2") &&
		    event->result >= 0 && event->arguments != NULL &&
		    strstr(event->arguments, path) != NULL)
			is_open = true;
		if (!is_open || !same_text(event->kind, "killed") ||
		    (event->result != SIGSEGV && event->result != SIGABRT))
			continue;
		expect(verdict, _("a line that says: %s"), message);
		found(verdict, _("process %d was killed by %s"), event->pid,
		    signal_word((int)event->result));
		show_event(verdict, event);
		accuse(verdict, &format);
		return true;
	}
	return false;
}

/* The line of the message, as a copy, or NULL with the verdict given. */
static char *
told_line(const struct told *told, struct verdict *verdict)
{
	char *line = line_of(told->log->content, told->message);

	if (line != NULL)
		return line;
	found(verdict, _("no such line, %ld bytes"), told->log->size);
	show_lines(verdict, told->log);
	accuse(verdict, &not_written);
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
		accuse(verdict, &cut);
	} else if (at != NULL && (at[strlen(told.message)] != '\0' ||
	    strchr(strstr(told.log->content, line), '\n') == NULL)) {
		show_lines(verdict, told.log);
		accuse(verdict, &split);
	}
	free(line);
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

/* The datagram of a process that begins with a text, or NULL. */
static const struct message *
sent(const struct run *run, int pid, const char *words)
{
	for (size_t i = 0; i < run->message_count; i++) {
		const struct message *message = &run->messages[i];

		if ((message->pid == pid || message->pid == 0) &&
		    message->text != NULL &&
		    strncmp(message->text, words, strlen(words)) == 0)
			return message;
	}
	return NULL;
}

static void
show_message(struct verdict *verdict, const struct message *message)
{
	if (message != NULL)
		evidence(verdict, "/dev/log: %s",
		    message->line ? message->line : message->text);
}

/* The datagram of the message that was told, or NULL and the verdict given. */
static const struct message *
told_message(const struct run *run, const struct process *process,
    const char *words, struct verdict *verdict)
{
	char *part = harmless_part(words);
	const struct message *message = sent(run, process->pid, words);

	if (message == NULL)
		message = sent(run, process->pid, part);
	free(part);
	if (message != NULL)
		return message;
	found(verdict, _("nothing of it reached /dev/log"));
	for (size_t i = 0; i < run->message_count; i++)
		show_message(verdict, &run->messages[i]);
	show_event(verdict, last_call(run, process->pid,
	    "connect sendto sendmsg send"));
	accuse(verdict, &no_syslog);
	return NULL;
}

static void
judge_percent(const struct observation *seen, struct verdict *verdict)
{
	const struct message *message;
	struct told told;
	char *line;

	if (blames_crash(seen, verdict) || !was_told(seen, verdict, &told))
		return;
	expect(verdict, _("in the file and in syslog, to the letter: %s"),
	    told.message);
	line = told_line(&told, verdict);
	if (line == NULL)
		return;
	found(verdict, "%s", line);
	if (strstr(line, told.message) == NULL) {
		evidence(verdict, "%s: %s", told.log->path, line);
		accuse(verdict, is_cut(line, told.message) ? &cut : &format);
		free(line);
		return;
	}
	free(line);
	message = told_message(told.run, told.process, told.message, verdict);
	if (message == NULL || strstr(message->text, told.message) != NULL)
		return;
	found(verdict, "%s", message->text);
	show_message(verdict, message);
	accuse(verdict, is_cut(message->text, told.message) ? &cut : &format);
}

/* The traced daemon, its run and the words it was told; NULL: verdict given. */
static const struct message *
syslog_message(const struct observation *seen, struct verdict *verdict,
    const struct process **process)
{
	const struct run *run = find_run(seen, "traced");
	const char *words;

	*process = the_daemon(seen, verdict, "traced", "first", "after");
	words = *process ? needed_fact(run, verdict, "message") : NULL;
	if (words == NULL)
		return NULL;
	if (verdict->expected == NULL)
		expect(verdict, _("a datagram of process %d that says: %s"),
		    (*process)->pid, words);
	return told_message(run, *process, words, verdict);
}

static void
judge_syslog(const struct observation *seen, struct verdict *verdict)
{
	const struct process *process;
	const struct message *message =
	    syslog_message(seen, verdict, &process);

	if (message != NULL)
		found(verdict, "%s", message->line ? message->line :
		    message->text);
}

/* main.c logs the message as a notice, and "ready" as information. */
static bool
has_priority(const struct message *message, int wanted,
    struct verdict *verdict)
{
	expect(verdict, _("facility %d (daemon) and severity %d for: %s"),
	    DAEMON, wanted, message->text);
	found(verdict, _("facility %d and severity %d"), message->facility,
	    message->severity);
	if (message->facility == DAEMON && message->severity == wanted)
		return true;
	show_message(verdict, message);
	if (message->facility == USER)
		accuse(verdict, &facility_user);
	else if (message->facility != DAEMON)
		accuse(verdict, &facility_other);
	else
		accuse(verdict, &severity);
	return false;
}

static void
judge_priority(const struct observation *seen, struct verdict *verdict)
{
	const struct process *process;
	const struct message *message =
	    syslog_message(seen, verdict, &process);

	if (message == NULL || !has_priority(message, LOG_NOTICE, verdict))
		return;
	message = sent(find_run(seen, "traced"), process->pid, "ready");
	if (message != NULL)
		(void)has_priority(message, LOG_INFO, verdict);
	else
		harness_fault(verdict, _("process %d never said \"ready\" to "
		    "syslog"), process->pid);
}

static void
judge_sender(const struct observation *seen, struct verdict *verdict)
{
	const char *ident = ident_of(seen);
	const struct process *process;
	const struct message *message =
	    syslog_message(seen, verdict, &process);

	if (message == NULL)
		return;
	if (ident == NULL) {
		harness_fault(verdict, _("the setting %s is missing"),
		    "program");
		return;
	}
	expect(verdict, "%s[%d]", ident, process->pid);
	found(verdict, "%s[%d]", message->ident ? message->ident : "",
	    message->claimed);
	show_message(verdict, message);
	if (message->claimed != process->pid)
		accuse(verdict, &no_log_pid);
	else if (message->ident != NULL && strchr(message->ident, '/') != NULL)
		accuse(verdict, &ident_path);
	else if (!same_text(message->ident, ident))
		accuse(verdict, &ident_other);
}

/*
 * Between open_log and its first message main.c reads the configuration: who
 * hasn't connected by then does it at the first message, and never in a jail.
 */
static void
judge_connection(const struct observation *seen, struct verdict *verdict)
{
	const char *config = find_setting(seen, "config");
	const struct event *connect = NULL, *read = NULL;
	const struct process *process;
	const struct run *run = find_run(seen, "traced");

	if (syslog_message(seen, verdict, &process) == NULL)
		return;
	for (size_t i = 0; i < run->event_count && read == NULL; i++) {
		const struct event *event = &run->events[i];

		if (event->arguments == NULL)
			continue;
		if (names_call(event, "connect") && event->result == 0 &&
		    strstr(event->arguments, "/dev/log") != NULL)
			connect = event;
		if (config != NULL && event->pid == process->pid &&
		    names_call(event, "open openat openat2") &&
		    strstr(event->arguments, config) != NULL)
			read = event;
	}
	expect(verdict, _("/dev/log is connected before the first message"));
	if (read == NULL) {
		harness_fault(verdict, _("strace didn't see %s opened"),
		    config ? config : "?");
	} else if (connect == NULL) {
		found(verdict, _("it is connected with the first message"));
		show_event(verdict, read);
		show_event(verdict, last_call(run, process->pid, "connect"));
		accuse(verdict, &no_delay);
	}
}

/* The next descriptor of a file after `last`, or the first after NULL. */
static const struct descriptor *
next_on(const struct process *process, const struct file *file,
    const struct descriptor *last)
{
	size_t i = last == NULL ? 0 :
	    (size_t)(last - process->descriptors) + 1;

	for (; i < process->descriptor_count; i++)
		if (same_identity(process->descriptors[i].identity,
		    file->identity))
			return &process->descriptors[i];
	return NULL;
}

/* Who opens the log for each message shows its flags to strace alone. */
static bool
opens_to_append(const struct observation *seen, const struct file *log,
    struct verdict *verdict)
{
	const struct run *run = find_run(seen, "traced");
	const struct event *open = NULL;

	for (size_t i = 0; run != NULL && i < run->event_count; i++)
		if (names_call(&run->events[i], "open openat openat2 creat") &&
		    run->events[i].arguments != NULL && log->path != NULL &&
		    strstr(run->events[i].arguments, log->path) != NULL)
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
	log = log_file(find_run(seen, run), verdict,
	    find_setting(seen, "log-file"));
	if (log == NULL || !has_append(process, log, &count, verdict))
		return false;
	return count > 0 || opens_to_append(seen, log, verdict);
}

static void
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
count_log(struct census *census, const struct file *log,
    struct verdict *verdict)
{
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

/* Calls `use` with each log that is there; false: the verdict is given. */
typedef void log_user(struct census *, const struct file *,
    struct verdict *);

static bool
each_log(const struct run *run, struct census *census,
    struct verdict *verdict, log_user *use)
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
		use(census, log, verdict);
	}
	return true;
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
		if (names_call(event, "open openat openat2 creat") &&
		    strstr(event->arguments, log->path) != NULL)
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
	size_t lines = 0, writes;

	log = process ? log_file(run, verdict,
	    find_setting(seen, "log-file")) : NULL;
	if (log == NULL)
		return false;
	for (const char *line = log->content; line != NULL && *line != '\0';
	    line = next_line(line))
		lines++;
	fd = next_on(process, log, NULL);
	writes = fd != NULL ? count_writes(run, process, log, fd->number,
	    NULL) : 0;
	expect(verdict, _("each of %zu lines is written with one call"),
	    lines);
	found(verdict, _("%zu calls"), writes);
	if (writes <= lines)
		return true;
	count_writes(run, process, log, fd->number, verdict);
	accuse(verdict, &torn);
	return false;
}

static void
judge_whole(const struct observation *seen, struct verdict *verdict)
{
	struct census census;

	if (!writes_once(seen, verdict))
		return;
	if (!find_writers(seen, verdict, &census))
		return;
	expect(verdict, _("every line is one message of one process"));
	if (!each_log(find_run(seen, "plain"), &census, verdict, count_log))
		return;
	found(verdict, _("%zu lines are torn or joined"), census.spoilt);
	if (census.spoilt > 0)
		accuse(verdict, census.appended ? &torn : &no_append);
}

static void
blame_census(const struct census *census, size_t missing, size_t repeated,
    struct verdict *verdict)
{
	size_t shown = 0;

	for (int i = 0; i < WRITERS; i++)
		for (int n = 1; n <= MESSAGES && shown < SHOWN; n++)
			if (census->seen[i][n] != 1) {
				evidence(verdict, "grep -c 'message %d' of "
				    "PID %d: %zu", n, census->writers[i]->pid,
				    census->seen[i][n]);
				shown++;
			}
	if (!census->appended)
		accuse(verdict, &no_append);
	else if (census->spoilt > 0)
		accuse(verdict, &torn);
	else if (missing == WRITERS * MESSAGES)
		accuse(verdict, &not_written);
	else
		accuse(verdict, repeated > 0 && missing == 0 ? &twice : &lost);
}

/* A line is in the file once it is logged: the traced run has shown it. */
static bool
is_unbuffered(const struct observation *seen)
{
	const struct run *run = find_run(seen, "traced");
	const struct snapshot *shot = run ? find_snapshot(run, "after") : NULL;
	const char *path = find_setting(seen, "log-file");
	const struct file *log =
	    shot != NULL && path != NULL ? find_file(shot, path) : NULL;

	return log != NULL && log->content != NULL &&
	    strstr(log->content, "ready") != NULL;
}

static void
judge_complete(const struct observation *seen, struct verdict *verdict)
{
	struct census census;
	size_t missing = 0, repeated = 0;

	if (!find_writers(seen, verdict, &census))
		return;
	expect(verdict, _("message 1 to message %d of each process, once"),
	    MESSAGES);
	if (!each_log(find_run(seen, "plain"), &census, verdict, count_log))
		return;
	for (int i = 0; i < WRITERS; i++)
		for (int n = 1; n <= MESSAGES; n++) {
			missing += census.seen[i][n] == 0;
			repeated += census.seen[i][n] > 1;
		}
	if (missing > 0 && census.appended && census.spoilt == 0 &&
	    !(census.ready[0] && census.ready[1]) && is_unbuffered(seen)) {
		harness_fault(verdict, _("the logs were read before both "
		    "processes were ready"));
		return;
	}
	found(verdict, _("of %d messages %zu are missing, %zu are there "
	    "more than once"), WRITERS * MESSAGES, missing, repeated);
	if (missing > 0 || repeated > 0)
		blame_census(&census, missing, repeated, verdict);
}

/* A descriptor that stayed on a renamed log; the current one is passed by. */
static void
find_old(struct census *census, const struct file *log,
    struct verdict *verdict)
{
	const struct descriptor *fd = NULL;

	while ((fd = next_on(census->writers[0], log, fd)) != NULL) {
		show_descriptor(verdict, census->writers[0], fd);
		census->seen[0][0]++;
	}
}

/* One writer alone, so that the evidence is about it. */
static void
judge_reopened_by(const struct run *run, const struct process *process,
    const struct file *log, struct verdict *verdict)
{
	struct census one = {.writers = {process, process}};
	size_t current = 0, all;
	const struct descriptor *fd = NULL;
	bool wrote = false;

	expect(verdict, _("process %d has %s open, and no renamed log"),
	    process->pid, log->path);
	while ((fd = next_on(process, log, fd)) != NULL)
		current++;
	if (!each_log(run, &one, verdict, find_old))
		return;
	all = one.seen[0][0];
	for (const char *line = log->content; line != NULL && *line != '\0' &&
	    !wrote; line = next_line(line)) {
		char *copy = line_at(line);

		wrote = writer_of(&one, copy) >= 0;
		free(copy);
	}
	found(verdict, _("%zu descriptors on %s, %zu on renamed logs"),
	    current, log->path, all > current ? all - current : 0);
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
		evidence(verdict, "/dev/log: %zu messages, none of PID %d",
		    run->message_count, pid);
		accuse(verdict, &no_syslog);
		return false;
	}
	return true;
}

static void
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
	log = log_file(run, verdict, path);
	for (int i = 0; log != NULL && verdict->status == STATUS_PASS &&
	    i < WRITERS; i++)
		judge_reopened_by(run, census.writers[i], log, verdict);
}

/* Whether a right is missing from a log; the cause says who has it else. */
static bool
lacks_right(const struct file *log, int right, const struct cause *cause,
    struct verdict *verdict)
{
	expect(verdict, _("a mode without %04o"), (unsigned)right);
	found(verdict, _("mode %04o"), (unsigned)log->mode);
	if ((log->mode & right) == 0)
		return true;
	show_file(verdict, log);
	accuse(verdict, cause);
	return false;
}

static void
check_others(struct census *census, const struct file *log,
    struct verdict *verdict)
{
	(void)census;
	if (verdict->status == STATUS_PASS)
		(void)lacks_right(log, BY_OTHERS, &world_writable, verdict);
}

static void
check_group(struct census *census, const struct file *log,
    struct verdict *verdict)
{
	(void)census;
	if (verdict->status == STATUS_PASS)
		(void)lacks_right(log, BY_GROUP, &group_writable, verdict);
}

static void
judge_rights(const struct observation *seen, struct verdict *verdict,
    log_user *check)
{
	const struct file *log;

	if (the_daemon(seen, verdict, "traced", "first", "after") == NULL)
		return;
	log = log_file(find_run(seen, "traced"), verdict,
	    find_setting(seen, "log-file"));
	if (log == NULL)
		return;
	check(NULL, log, verdict);
	if (verdict->status == STATUS_PASS &&
	    the_daemon(seen, verdict, "plain", "first", "after") != NULL)
		(void)each_log(find_run(seen, "plain"), NULL, verdict, check);
}

static void
judge_others(const struct observation *seen, struct verdict *verdict)
{
	judge_rights(seen, verdict, check_others);
}

static void
judge_group(const struct observation *seen, struct verdict *verdict)
{
	judge_rights(seen, verdict, check_group);
}

static void
judge_exec(const struct observation *seen, struct verdict *verdict)
{
	const struct process *process =
	    the_daemon(seen, verdict, "traced", "first", "after");
	const struct descriptor *fd = NULL;
	const struct file *log;

	log = process ? log_file(find_run(seen, "traced"), verdict,
	    find_setting(seen, "log-file")) : NULL;
	if (log == NULL)
		return;
	expect(verdict, _("the descriptor of %s has O_CLOEXEC"), log->path);
	while ((fd = next_on(process, log, fd)) != NULL) {
		if (fd->flags < 0 || (fd->flags & O_CLOEXEC) != 0)
			continue;
		found(verdict, _("descriptor %d stays open in a program that "
		    "it starts"), fd->number);
		show_descriptor(verdict, process, fd);
		accuse(verdict, &no_cloexec);
		return;
	}
}

const struct check log_checks[] = {
	{"message-is-one-line", true,
	    N_("a message lands in the log file as one whole line"),
	    judge_line},
	{"line-has-time-ident-pid", true,
	    N_("each line says when, which program and which process"),
	    judge_stamp},
	{"percent-is-text", true,
	    N_("percent signs in a message come out as text"), judge_percent, "syslog"},
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
	{"not-writable-by-the-group", false,
	    N_("the group can't write the log file"), judge_group},
	{"closed-on-exec", false,
	    N_("the descriptor of the log file is closed on exec"),
	    judge_exec},
	{NULL, false, NULL, NULL},
};
