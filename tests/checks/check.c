/*
 * check - how a judge speaks, and what it says where no daemon is left
 */
#define _GNU_SOURCE		/* vasprintf */

#include <sys/wait.h>

#include <ctype.h>
#include <err.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checks/check.h"
#include "checks/helpers.h"
#include "language.h"

enum { HARNESS_FAULT = 99 };

/* A cause is a key that outlives the verdict, so each is written here. */
#define CAUSES(name) { name, { \
	[WHY_NOT_WRITTEN] = name ".not-written", \
	[WHY_SAID_NO] = name ".said-no", \
	[WHY_EARLIER_STEP] = name ".earlier-step", \
	[WHY_CRASHED] = name ".crashed", \
	[WHY_NO_SETTLE] = name ".does-not-settle", \
	[WHY_ENDED] = name ".ended-early", \
	[WHY_NOBODY] = name ".nobody-lives", \
} }

static const struct {
	const char *name;
	const char *causes[WHY_COUNT];
} names[] = {
	CAUSES("01-fork"), CAUSES("02-setsid"), CAUSES("03-refork"),
	CAUSES("04-close"), CAUSES("05-devnull"), CAUSES("06-chdir"),
	CAUSES("07-umask"), CAUSES("08-lock"), CAUSES("09-signals"),
	CAUSES("10-log"), CAUSES("11-chroot"), CAUSES("12-setuid"),
	CAUSES("capstone"),
};
enum { NAMES = sizeof(names) / sizeof(names[0]) };

/* Who knows more of a step that said -1 than its errno tells. */
static const struct {
	const char *step;
	explainer *explain;
} explainers[] = {
	{ "02-setsid", explain_setsid },
	{ "05-devnull", explain_devnull },
};

/* A sentence of main.c: "05-devnull: 03-refork: Function not implemented". */
struct saying {
	int step;		/* index into names */
	const char *line;
	int length;
	const char *reason;
	int reason_length;
	bool logged;		/* through /dev/log, not on the terminal */
};

static char *
format_text(const char *format, va_list arguments)
{
	char *result;

	if (vasprintf(&result, format, arguments) == -1)
		err(HARNESS_FAULT, "a judge");
	return result;
}

static void
replace(char **old, char *new)
{
	free(*old);
	*old = new;
}

void
expect(struct verdict *verdict, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	replace(&verdict->expected, format_text(format, arguments));
	va_end(arguments);
}

void
found(struct verdict *verdict, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	replace(&verdict->found, format_text(format, arguments));
	va_end(arguments);
}

void
evidence(struct verdict *verdict, const char *format, ...)
{
	char **line = observation_add(verdict, evidence, evidence_count);
	va_list arguments;

	va_start(arguments, format);
	*line = format_text(format, arguments);
	va_end(arguments);
}

/* The harness's fault and a first blame stay: what came after may follow
 * from them. */
static bool
accuse(struct verdict *verdict, const char *cause)
{
	if (verdict->status != STATUS_PASS)
		return false;
	verdict->status = verdict->check == NULL || verdict->check->required ?
	    STATUS_FAIL : STATUS_ADVICE;
	verdict->cause = cause;
	return true;
}

void
blame(struct verdict *verdict, const char *cause, const char *question, ...)
{
	va_list arguments;

	if (!accuse(verdict, cause))
		return;
	va_start(arguments, question);
	replace(&verdict->cause_text, format_text(question, arguments));
	va_end(arguments);
}

void
blame_again(struct verdict *verdict, const char *cause)
{
	accuse(verdict, cause);
}

void
advise_action(struct verdict *verdict, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	replace(&verdict->action, format_text(format, arguments));
	va_end(arguments);
}

void
cannot_tell(struct verdict *verdict, const char *format, ...)
{
	va_list arguments;

	if (verdict->status != STATUS_PASS)
		return;
	verdict->status = STATUS_SKIP;
	va_start(arguments, format);
	replace(&verdict->found, format_text(format, arguments));
	va_end(arguments);
}

void
harness_fault(struct verdict *verdict, const char *format, ...)
{
	va_list arguments;

	verdict->status = STATUS_ERROR;
	verdict->cause = NULL;
	replace(&verdict->cause_text, NULL);
	replace(&verdict->action, NULL);
	va_start(arguments, format);
	replace(&verdict->found, format_text(format, arguments));
	va_end(arguments);
}

/*
 * Small questions about what was seen.
 */

int
step_number(const struct observation *seen)
{
	if (seen->step == NULL)
		return 0;
	return strcmp(seen->step, "capstone") == 0 ? 13 : atoi(seen->step);
}

const char *
step_cause(const struct observation *seen, enum why why)
{
	int number = step_number(seen);

	if (number < 1 || number > NAMES)
		return "common.no-daemon";
	return names[number - 1].causes[why];
}

const char *
setting_of(const struct observation *seen, const char *run, const char *name)
{
	const char *value;
	char *own;

	if (strcmp(run, "plain") == 0) {
		own = text("plain.%s", name);
		value = find_setting(seen, own);
		free(own);
		if (value != NULL)
			return value;
	}
	return find_setting(seen, name);
}

const char *
opened_at_start(const struct observation *seen, const struct run *run)
{
	const char *opened = find_fact(run, "opened");

	return opened != NULL ? opened :
	    find_fact(find_run(seen, "traced"), "opened");
}

bool
same_text(const char *one, const char *other)
{
	return one != NULL && other != NULL && strcmp(one, other) == 0;
}

bool
same_identity(struct identity one, struct identity other)
{
	return one.device == other.device && one.inode == other.inode;
}

bool
known_identity(struct identity identity)
{
	return identity.device > 0 && identity.inode > 0;
}

int
signal_in(const char *set, int number)
{
	unsigned long long bits;
	char *end;

	if (set == NULL || !isxdigit((unsigned char)*set) || number < 1 ||
	    number > 64)
		return -1;
	bits = strtoull(set, &end, 16);
	if (*end != '\0')
		return -1;
	return (int)(bits >> (number - 1) & 1);
}

bool
number_in(const char *list, int number)
{
	char *end;
	long value;

	while (list != NULL && *list != '\0') {
		value = strtol(list, &end, 10);
		if (end == list)
			return false;
		if (value == number)
			return true;
		list = end;
	}
	return false;
}

const char *
signal_word(int number)
{
	/* Of all signals that a lab meets; a real-time one keeps a number. */
	static const char *const words[] = { "signal 0", "SIGHUP", "SIGINT",
	    "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE",
	    "SIGKILL", "SIGUSR1", "SIGSEGV", "SIGUSR2", "SIGPIPE", "SIGALRM",
	    "SIGTERM", "SIGSTKFLT", "SIGCHLD", "SIGCONT", "SIGSTOP",
	    "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGURG", "SIGXCPU", "SIGXFSZ",
	    "SIGVTALRM", "SIGPROF", "SIGWINCH", "SIGIO", "SIGPWR", "SIGSYS" };

	if (number < 0 || number >= (int)(sizeof(words) / sizeof(words[0])))
		return "a real-time signal";
	return words[number];
}

bool
is_program(const struct process *process)
{
	return process != NULL && same_text(process->role, "program");
}

bool
is_alive(const struct process *process)
{
	return process != NULL && (process->state == NULL ||
	    strchr("ZXx", process->state[0]) == NULL ||
	    process->state[0] == '\0');
}

const struct process *
find_role(const struct snapshot *shot, const char *role)
{
	for (size_t i = 0; shot != NULL && i < shot->process_count; i++)
		if (same_text(shot->processes[i].role, role))
			return &shot->processes[i];
	return NULL;
}

const struct process *
process_before(const struct run *run, const char *name)
{
	const struct snapshot *shot = find_snapshot(run, "before");
	const struct start *start = find_start(run, name);
	const struct process *process;

	if (shot == NULL || start == NULL)
		return NULL;
	process = find_process(shot, start->launcher);
	return is_program(process) ? process : find_role(shot, "program");
}

const struct ending *
find_ending(const struct run *run, int pid)
{
	for (size_t i = 0; i < run->ending_count; i++)
		if (run->endings[i].pid == pid)
			return &run->endings[i];
	return NULL;
}

/*
 * Calls.
 */

bool
names_call(const struct event *event, const char *list)
{
	size_t length;

	if (event->name == NULL || !same_text(event->kind, "call"))
		return false;
	for (; *list != '\0'; list += length) {
		list += strspn(list, " ");
		length = strcspn(list, " ");
		if (length > 0 && strlen(event->name) == length &&
		    strncmp(event->name, list, length) == 0)
			return true;
	}
	return false;
}

bool
of_program(const struct run *run, const struct event *event)
{
	bool launcher = false;

	for (size_t i = 0; i < run->start_count; i++)
		launcher = launcher || run->starts[i].launcher == event->pid;
	/* Is its first execve still to come?  Then the shell did this. */
	for (const struct event *one = run->events; launcher && one < event;
	    one++)
		if (one->pid == event->pid && one->error == NULL &&
		    names_call(one, "execve execveat"))
			return true;
	for (const struct event *one = event; launcher &&
	    one < run->events + run->event_count; one++)
		if (one->pid == event->pid && one->error == NULL &&
		    names_call(one, "execve execveat"))
			return false;
	return true;
}

static bool
is_call_of(const struct run *run, const struct event *event, int pid,
    const char *list)
{
	return (pid == 0 || event->pid == pid) && names_call(event, list) &&
	    of_program(run, event);
}

const struct event *
last_call(const struct run *run, int pid, const char *list)
{
	for (size_t i = run->event_count; i > 0; i--)
		if (is_call_of(run, &run->events[i - 1], pid, list))
			return &run->events[i - 1];
	return NULL;
}

const struct event *
first_call(const struct run *run, int pid, const char *list)
{
	for (size_t i = 0; i < run->event_count; i++)
		if (is_call_of(run, &run->events[i], pid, list))
			return &run->events[i];
	return NULL;
}

size_t
count_calls(const struct run *run, int pid, const char *list)
{
	size_t count = 0;

	for (size_t i = 0; i < run->event_count; i++)
		count += is_call_of(run, &run->events[i], pid, list);
	return count;
}

const struct event *
last_success(const struct run *run, int pid, const char *list)
{
	for (size_t i = run->event_count; i > 0; i--) {
		const struct event *event = &run->events[i - 1];

		if (is_call_of(run, event, pid, list) && event->finished &&
		    event->error == NULL && event->result >= 0)
			return event;
	}
	return NULL;
}

const struct event *
first_failure(const struct run *run, int pid, const char *list,
    const char *error)
{
	for (size_t i = 0; i < run->event_count; i++) {
		const struct event *event = &run->events[i];

		if (is_call_of(run, event, pid, list) && event->finished &&
		    event->error != NULL &&
		    (error == NULL || strcmp(event->error, error) == 0))
			return event;
	}
	return NULL;
}

/*
 * Witnesses, quoted.
 */

void
show_process(struct verdict *verdict, const struct process *process)
{
	if (process == NULL)
		return;
	evidence(verdict, "/proc/%d/stat: pid %d ppid %d pgrp %d session %d "
	    "tty_nr %d", process->pid, process->pid, process->ppid,
	    process->pgid, process->sid, process->terminal);
}

void
show_row(struct verdict *verdict, const struct row *row)
{
	if (row == NULL)
		return;
	if (row->line != NULL)
		evidence(verdict, "ps: %s", row->line);
	else
		evidence(verdict, "ps: %d %d %d %d %s", row->pid, row->ppid,
		    row->pgid, row->sid, row->terminal ? row->terminal : "");
}

void
show_event(struct verdict *verdict, const struct event *event)
{
	if (event == NULL)
		return;
	if (event->line != NULL)
		evidence(verdict, "strace: %s", event->line);
	else
		evidence(verdict, "strace: %d %s(%s) = %ld%s%s", event->pid,
		    event->name ? event->name : "",
		    event->arguments ? event->arguments : "", event->result,
		    event->error ? " " : "", event->error ? event->error : "");
}

void
show_descriptor(struct verdict *verdict, const struct process *process,
    const struct descriptor *descriptor)
{
	if (process == NULL || descriptor == NULL)
		return;
	evidence(verdict, "/proc/%d/fd/%d -> %s (flags: 0%o)", process->pid,
	    descriptor->number, descriptor->target ? descriptor->target : "?",
	    (unsigned)descriptor->flags);
}

/* Each line that its terminal received, without the terminal's own "\r". */
void
show_output(struct verdict *verdict, const struct start *start)
{
	const char *line = start != NULL ? start->output : NULL;
	size_t length;

	while (line != NULL && *line != '\0') {
		length = strcspn(line, "\r\n");
		if (length > 0)
			evidence(verdict, "terminal: %.*s", (int)length, line);
		line += length;
		line += strspn(line, "\r\n");
	}
}

void
show_file(struct verdict *verdict, const struct file *file)
{
	if (file == NULL)
		return;
	evidence(verdict, "stat: %s %s %04o %d %d %ld",
	    file->path ? file->path : "?", file->type ? file->type : "?",
	    (unsigned)file->mode, file->uid, file->gid, file->size);
}

void
show_ending(struct verdict *verdict, const struct ending *ending)
{
	if (ending == NULL)
		return;
	if (WIFSIGNALED(ending->status))
		evidence(verdict, "wait: %d killed by %s", ending->pid,
		    signal_word(WTERMSIG(ending->status)));
	else
		evidence(verdict, "wait: %d exit status %d", ending->pid,
		    WEXITSTATUS(ending->status));
}

void
show_both(struct verdict *verdict, const struct snapshot *shot,
    const struct process *process)
{
	show_process(verdict, process);
	if (process != NULL && shot != NULL)
		show_row(verdict, find_row(shot, process->pid));
}

bool
witnesses_agree(const struct run *run, const struct snapshot *shot,
    const struct process *process, struct verdict *verdict)
{
	const struct row *row = find_row(shot, process->pid);

	if (row == NULL) {
		if (run->traced || !same_text(shot->moment, "after"))
			return true;
		harness_fault(verdict, _("ps has no row for process %d"),
		    process->pid);
		return false;
	}
	if (row->ppid == process->ppid && row->pgid == process->pgid &&
	    row->sid == process->sid && row->terminal != NULL &&
	    same_text(row->terminal, "?") == (process->terminal == 0))
		return true;
	harness_fault(verdict, _("ps and /proc don't agree about process %d"),
	    process->pid);
	show_both(verdict, shot, process);
	return false;
}

bool
both_runs(const struct observation *seen, struct verdict *verdict,
    run_judge *judge)
{
	if (!judge(seen, verdict, "traced"))
		return false;
	if (judge(seen, verdict, "plain"))
		return true;
	/* The two starts differ: say which one it is about. */
	if (verdict->status == STATUS_FAIL)
		evidence(verdict, _("(so in the start that was not traced)"));
	return false;
}

/*
 * The daemon, or why there is none.
 */

/* PIDs of a box ascend: those of a start lie below the next one's shell. */
static bool
belongs(const struct run *run, const struct start *start, int pid)
{
	if (pid < start->launcher)
		return false;
	for (size_t i = 0; i < run->start_count; i++) {
		const struct start *other = &run->starts[i];

		if (pid == other->shell || (pid >= other->launcher &&
		    other->launcher > start->launcher))
			return false;
	}
	return true;
}

/* Where a step's name begins a sentence: ": NAME: reason", or a log's text. */
static const char *
find_name(const char *words, const char *name, bool logged)
{
	char *mark = text(": %s: ", name);
	const char *at = strstr(words, mark);

	if (at != NULL)
		at += 2;
	else if (logged && strncmp(words, mark + 2, strlen(mark + 2)) == 0)
		at = words;
	free(mark);
	return at;
}

/* Finds "05-devnull: 03-refork: reason"; a log's text lacks the program. */
static bool
find_saying(const char *words, bool logged, struct saying *saying)
{
	const char *at;

	for (int i = 0; words != NULL && i < NAMES; i++) {
		at = find_name(words, names[i].name, logged);
		if (at == NULL)
			continue;
		saying->step = i;
		saying->reason = at + strlen(names[i].name) + 2;
		saying->reason_length =
		    (int)strcspn(saying->reason, "\r\n");
		while (at > words && at[-1] != '\n')
			at--;
		saying->line = at;
		saying->length = (int)strcspn(at, "\r\n");
		saying->logged = logged;
		return true;
	}
	return false;
}

static bool
what_it_said(const struct run *run, const struct start *start,
    struct saying *saying)
{
	if (find_saying(start->output, false, saying))
		return true;
	for (size_t i = 0; i < run->message_count; i++) {
		const struct message *message = &run->messages[i];

		if ((message->pid == 0 || belongs(run, start, message->pid)) &&
		    find_saying(message->text, true, saying))
			return true;
	}
	return false;
}

static bool
blame_earlier(const struct observation *seen, const struct saying *saying,
    struct verdict *verdict)
{
	const char *name = names[saying->step].name;

	if (saying->step + 1 == step_number(seen))
		return false;
	blame(verdict, step_cause(seen, WHY_EARLIER_STEP),
	    _("Does make %.2s still pass? This step stands on %s."),
	    name, name);
	advise_action(verdict, _("Solve steps/%s.c first: make %.2s "
	    "(chapters/en/%s.md)."), name, name, name);
	return true;
}

static void
blame_saying(const struct observation *seen, const struct run *run,
    const struct start *start, const struct saying *saying,
    struct verdict *verdict)
{
	const char *name = names[saying->step].name;

	found(verdict, _("%s said -1: %.*s"), name, saying->reason_length,
	    saying->reason);
	evidence(verdict, saying->logged ? "/dev/log: %.*s" : "terminal: %.*s",
	    saying->length, saying->line);
	if (blame_earlier(seen, saying, verdict))
		return;
	if (strncmp(saying->reason, "Function not implemented", 24) == 0) {
		blame(verdict, step_cause(seen, WHY_NOT_WRITTEN),
		    _("Is the TODO in steps/%s.c still there?"), name);
		advise_action(verdict, _("Read chapters/en/%s.md, then write "
		    "the function in steps/%s.c."), name, name);
		return;
	}
	for (size_t i = 0; i < sizeof(explainers) / sizeof(*explainers); i++)
		if (strcmp(explainers[i].step, name) == 0 &&
		    explainers[i].explain(run, start, verdict))
			return;
	blame(verdict, step_cause(seen, WHY_SAID_NO),
	    _("Which system call of steps/%s.c failed, and with what "
	    "arguments?"), name);
	advise_action(verdict, _("Look at the failing call with make "
	    "trace-%.2s (chapters/en/%s.md)."), name, name);
}

/* The last process of a start that ended in another way than with 0. */
static const struct ending *
bad_ending(const struct run *run, const struct start *start)
{
	for (size_t i = run->ending_count; i > 0; i--) {
		const struct ending *ending = &run->endings[i - 1];

		if (!belongs(run, start, ending->pid) ||
		    ending->status == 0 || same_text(ending->comm, "ps"))
			continue;
		/* What was waited for in vain, the harness kills itself. */
		if (run->timeout != NULL && WIFSIGNALED(ending->status) &&
		    WTERMSIG(ending->status) == 9)
			continue;
		return ending;
	}
	return NULL;
}

/* What main.c says of its own, of an experiment say, goes to syslog too. */
static void
show_messages(struct verdict *verdict, const struct run *run, int pid)
{
	for (size_t i = 0; i < run->message_count; i++)
		if (run->messages[i].pid == pid && run->messages[i].line)
			evidence(verdict, "/dev/log: %s",
			    run->messages[i].line);
}

static void
blame_ending(const struct observation *seen, const struct run *run,
    const struct start *start, const struct ending *ending,
    struct verdict *verdict)
{
	const char *name = seen->step != NULL ? seen->step : "?";
	int pid = ending->pid, status = ending->status;

	show_ending(verdict, ending);
	show_output(verdict, start);
	show_messages(verdict, run, pid);
	if (WIFSIGNALED(status)) {
		found(verdict, _("process %d was killed by %s"), pid,
		    signal_word(WTERMSIG(status)));
		blame(verdict, step_cause(seen, WHY_CRASHED),
		    _("Which line of steps/%s.c sends or gets that signal?"),
		    name);
	} else {
		found(verdict, _("process %d ended with status %d and no "
		    "sentence about a step"), pid, WEXITSTATUS(status));
		blame(verdict, step_cause(seen, WHY_ENDED),
		    _("Does steps/%s.c leave the program itself, instead of "
		    "returning?"), name);
	}
	advise_action(verdict, _("Watch how it ends with make trace-%.2s "
	    "(chapters/en/%s.md)."), name, name);
}

/* What hangs: the states of its processes, and the calls they are in. */
static void
blame_waiting(const struct observation *seen, const struct run *run,
    const struct snapshot *shot, struct verdict *verdict)
{
	const char *name = seen->step != NULL ? seen->step : "?";

	found(verdict, _("it neither serves nor ends: %s"), run->timeout);
	for (size_t i = 0; shot != NULL && i < shot->process_count; i++)
		if (is_program(&shot->processes[i]))
			evidence(verdict, "/proc/%d/status: State: %s",
			    shot->processes[i].pid, shot->processes[i].state ?
			    shot->processes[i].state : "?");
	for (size_t i = 0; i < run->event_count; i++)
		if (!run->events[i].finished &&
		    same_text(run->events[i].kind, "call"))
			show_event(verdict, &run->events[i]);
	blame(verdict, step_cause(seen, WHY_NO_SETTLE),
	    _("Is there a loop without end, or a call that waits for "
	    "something, in steps/%s.c?"), name);
	advise_action(verdict, _("See its last call with make trace-%.2s "
	    "(chapters/en/%s.md)."), name, name);
}

static void
blame_nobody(const struct observation *seen, const struct start *start,
    struct verdict *verdict)
{
	const char *name = seen->step != NULL ? seen->step : "?";

	found(verdict, _("the launcher ended with status 0 and no process of "
	    "the program lives"));
	evidence(verdict, "wait: %d exit status 0", start->launcher);
	blame(verdict, step_cause(seen, WHY_NOBODY),
	    _("Do both the parent and the child leave?"));
	advise_action(verdict, _("Follow both processes with make trace-%.2s: "
	    "who ends, and after which call? (chapters/en/%s.md)"), name,
	    name);
}

static void
explain_absence(const struct observation *seen, const struct run *run,
    const struct start *start, const struct snapshot *shot,
    struct verdict *verdict)
{
	const struct ending launcher = { .pid = start->launcher,
		.status = start->status };
	const struct ending *ending = bad_ending(run, start);
	struct saying saying;

	if (what_it_said(run, start, &saying))
		blame_saying(seen, run, start, &saying, verdict);
	else if (ending != NULL)
		blame_ending(seen, run, start, ending, verdict);
	else if (start->ended && start->status > 0)
		blame_ending(seen, run, start, &launcher, verdict);
	else if (run->timeout != NULL)
		blame_waiting(seen, run, shot, verdict);
	else if (start->ended && start->status == 0 && shot != NULL)
		blame_nobody(seen, start, verdict);
	else
		harness_fault(verdict, _("start %s of run %s neither serves "
		    "nor ended, and nobody timed it out"),
		    start->name ? start->name : "?",
		    run->name ? run->name : "?");
}

/*
 * One check tells the whole story: common_checks' first one, which looks at
 * both runs' first start.  Elsewhere the same story is cut to its key.
 */
static void
shorten(struct verdict *verdict, const char *run, const char *start)
{
	if (verdict->cause == NULL || verdict->check == NULL ||
	    verdict->check == &common_checks[0] ||
	    strcmp(start, "first") != 0 ||
	    (strcmp(run, "traced") != 0 && strcmp(run, "plain") != 0))
		return;
	found(verdict, _("no daemon to look at"));
	replace(&verdict->cause_text, NULL);
	replace(&verdict->action, NULL);
	/* No advice on what isn't there: one line will do. */
	if (verdict->status != STATUS_ADVICE)
		return;
	replace(&verdict->expected, NULL);
	while (verdict->evidence_count > 0)
		free(verdict->evidence[--verdict->evidence_count]);
}

const struct run *
the_run(const struct observation *seen, struct verdict *verdict,
    const char *name)
{
	const struct run *run = find_run(seen, name);

	if (run == NULL)
		harness_fault(verdict, _("run %s is missing"), name);
	else if (run->fault != NULL)
		harness_fault(verdict, _("run %s: %s"), name, run->fault);
	else if (run->skipped != NULL)
		cannot_tell(verdict, "%s", _(run->skipped));
	else
		return run;
	return NULL;
}

const struct process *
the_daemon(const struct observation *seen, struct verdict *verdict,
    const char *run_name, const char *start_name, const char *moment)
{
	const struct run *run = the_run(seen, verdict, run_name);
	const struct start *start;
	const struct snapshot *shot;
	const struct process *process = NULL;

	if (run == NULL)
		return NULL;
	start = find_start(run, start_name);
	shot = find_snapshot(run, moment);
	if (start == NULL) {
		harness_fault(verdict, _("start %s of run %s is missing"),
		    start_name, run_name);
		return NULL;
	}
	if (shot != NULL && start->daemon > 0)
		process = find_process(shot, start->daemon);
	if (process != NULL && is_alive(process) && is_program(process))
		return process;
	if (process != NULL && is_alive(process)) {
		harness_fault(verdict, _("process %d is not the program's"),
		    process->pid);
		return NULL;
	}
	if (verdict->expected == NULL)
		expect(verdict, _("a process of the program that waits for "
		    "signals"));
	explain_absence(seen, run, start, shot, verdict);
	shorten(verdict, run_name, start_name);
	return NULL;
}
