/*
 * strace - reads strace's lines, piece by piece
 *
 * A line is a host PID and one of
 *	setsid()                          = 4
 *	wait4(-1,  <unfinished ...>
 *	<... wait4 resumed>NULL, 0, NULL) = 2
 *	--- SIGCHLD {si_signo=SIGCHLD, ...} ---
 *	+++ exited with 0 +++
 * and everything else is passed over.  Where the program sees other PIDs
 * than strace, strace adds to each a comment, "2747 in strace's PID NS".
 */
#define _GNU_SOURCE
#include "observe/strace.h"

#include <ctype.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "observe/shape.h"

#define LONGEST_LINE	((size_t)1 << 20)	/* the rest of it is dropped */
#define MOST_INFERRED	256
#define UNFINISHED	" <unfinished ...>"

struct tracee {
	int host;
	int pid;		/* in the box; 0 while unknown */
	unsigned entered;	/* how often it has called what it waits in */
	bool waiting;		/* it is in that call */
	bool asked;		/* strace_unknown has handed it out */
	char *pending;		/* the call that was interrupted, or NULL */
};

struct strace {
	char *line;		/* what came of the current line */
	size_t length, size;
	bool counted;		/* its wait is in `entered` */
	char *wait, *resumed;	/* "rt_sigsuspend(", "<... rt_sigsuspend " */
	bool same;		/* box PIDs are host PIDs */
	struct tracee *tracees;
	size_t tracee_count;
	struct event *events;	/* with host PIDs, lines without any */
	size_t event_count;
};

/* --- The processes ---------------------------------------------------- */

/* A pointer for the moment: the next new process may move them all. */
static struct tracee *
tracee(struct strace *s, int host)
{
	struct tracee *t;

	for (size_t i = 0; i < s->tracee_count; i++)
		if (s->tracees[i].host == host)
			return &s->tracees[i];
	t = observation_add(s, tracees, tracee_count);
	t->host = host;
	return t;
}

void
strace_learn(struct strace *s, int host, int pid)
{
	tracee(s, host)->pid = pid;
	if (host == pid)
		s->same = true;
}

size_t
strace_unknown(struct strace *s, int *hosts, size_t room)
{
	size_t count = 0;

	for (size_t i = 0; i < s->tracee_count && count < room; i++) {
		struct tracee *t = &s->tracees[i];
		if (t->pid == 0 && !t->asked && !s->same)
			hosts[count++] = t->host;
		t->asked = true;
	}
	return count;
}

static int
box_pid(struct strace *s, int host)
{
	int pid = tracee(s, host)->pid;

	return pid == 0 && s->same ? host : pid;
}

int
strace_settled(const struct strace *s, int host, unsigned after)
{
	const struct tracee *t;

	for (size_t i = 0; i < s->tracee_count; i++) {
		t = &s->tracees[i];
		if (t->host == host)
			return t->waiting && t->entered >= after ? host : 0;
	}
	return 0;
}

static bool
listed(int number, const int *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (list[i] == number)
			return true;
	return false;
}

int
strace_waiting(const struct strace *s, const int *except, size_t count)
{
	for (size_t i = 0; i < s->tracee_count; i++)
		if (s->tracees[i].waiting &&
		    !listed(s->tracees[i].host, except, count))
			return s->tracees[i].host;
	return 0;
}

/* --- Words ------------------------------------------------------------ */

static bool
starts(const char *string, const char *prefix)
{
	return strncmp(string, prefix, strlen(prefix)) == 0;
}

/* Cuts the suffix off, if it is there. */
static bool
cut(char *string, const char *suffix)
{
	size_t length = strlen(string), end = strlen(suffix);

	if (length < end || strcmp(string + length - end, suffix) != 0)
		return false;
	string[length - end] = '\0';
	return true;
}

/*
 * Reads a positive number; returns what follows it, or NULL where there is
 * none.
 */
static const char *
number(const char *string, int *value)
{
	char *end;
	long read;

	if (!isdigit((unsigned char)*string))
		return NULL;
	read = strtol(string, &end, 10);
	if (read <= 0 || read > INT_MAX)
		return NULL;
	*value = (int)read;
	return end;
}

/* What follows the host PID and its blanks, or NULL. */
static const char *
after_pid(const char *line, int *host)
{
	const char *rest = number(line, host);

	if (rest == NULL || *rest != ' ')
		return NULL;
	return rest + strspn(rest, " ");
}

/* As strace writes it: "SIGTERM", "SIGRTMIN", "SIGRT_4"; 0 if unknown. */
static int
signal_number(const char *name)
{
	const char *known;
	int real_time;

	if (!starts(name, "SIG"))
		return 0;
	for (int i = 1; i < NSIG; i++) {
		known = sigabbrev_np(i);
		if (known != NULL && strcmp(known, name + 3) == 0)
			return i;
	}
	if (strcmp(name, "SIGIO") == 0)
		return SIGIO;
	/* The kernel's 32, not SIGRTMIN, which leaves out the C library's. */
	if (strcmp(name, "SIGRTMIN") == 0)
		return 32;
	if (starts(name, "SIGRT_") &&
	    number(name + strlen("SIGRT_"), &real_time) != NULL &&
	    real_time <= 32)
		return 32 + real_time;
	return 0;
}

/* --- Texts: strings and brackets -------------------------------------- */

/* The end of the string that begins there, after its closing quote. */
static const char *
after_string(const char *p)
{
	for (p++; *p != '\0' && *p != '"'; p++)
		if (*p == '\\' && p[1] != '\0')
			p++;
	return *p == '"' ? p + 1 : p;
}

/* The end of a comment on a PID that begins there, or NULL. */
static const char *
after_comment(const char *p, int *host)
{
	const char *tail = " in strace's PID NS */";

	if (!starts(p, " /* "))
		return NULL;
	p = number(p + strlen(" /* "), host);
	return p != NULL && starts(p, tail) ? p + strlen(tail) : NULL;
}

/* The number that ends before a point of the text, or 0. */
static int
number_before(const char *begin, const char *end)
{
	const char *p = end;
	int value;

	while (p > begin && isdigit((unsigned char)p[-1]))
		p--;
	return number(p, &value) == NULL ? 0 : value;
}

/* A copy without the comments on PIDs; what they tell is learned. */
static char *
without_comments(struct strace *s, const char *from)
{
	char *copy = text("%s", from), *to = copy;
	const char *next;
	int host, pid;

	while (*from != '\0') {
		*to = '\0';	/* the number before a comment ends here */
		next = after_comment(from, &host);
		if (next != NULL) {
			pid = number_before(copy, to);
			if (pid != 0)
				strace_learn(s, host, pid);
			from = next;
			continue;
		}
		next = *from == '"' ? after_string(from) : from + 1;
		memmove(to, from, (size_t)(next - from));
		to += next - from;
		from = next;
	}
	*to = '\0';
	return copy;
}

/* The parenthesis that closes what was opened before p, or NULL. */
static const char *
closing(const char *p)
{
	size_t depth = 1;

	while (*p != '\0') {
		if (*p == '"') {
			p = after_string(p);
			continue;
		}
		if (strchr("([{", *p) != NULL)
			depth++;
		else if (strchr(")]}", *p) != NULL && --depth == 0)
			return p;
		p++;
	}
	return NULL;
}

/* --- Events ----------------------------------------------------------- */

static struct event *
add_event(struct strace *s, int host, const char *kind, char *line)
{
	struct event *event = observation_add(s, events, event_count);

	event->pid = host;
	event->kind = text("%s", kind);
	event->line = line;
	event->result = -1;
	return event;
}

/*
 * "= 3", "= 0x8002 (flags ...)", "= 022" (umask's), "= ?" (it never will
 * return), "= ? ERESTARTSYS (...)", "= -1 EPERM (...) (INJECTED)".
 */
static void
set_result(struct event *event, const char *tail)
{
	const char *error;
	char *end;

	if (!starts(tail, "= "))
		return;
	tail += strlen("= ");
	event->injected = strstr(tail, "(INJECTED)") != NULL;
	if (*tail == '?') {
		error = tail + 1;
	} else {
		event->result = strtol(tail, &end, 0);
		event->finished = end != tail;
		if (!event->finished)
			event->result = -1;
		error = event->result == -1 ? end : "";
	}
	if (starts(error, " E")) {
		error++;
		event->error = text("%.*s", (int)strcspn(error, " "), error);
		event->finished = true;
	}
}

/* "name(arguments": what may stand before the parenthesis, or 0. */
static size_t
name_length(const char *call)
{
	size_t length = 0;

	while (isalnum((unsigned char)call[length]) || call[length] == '_')
		length++;
	return call[length] == '(' ? length : 0;
}

/* Adds a call, which takes all that one, or two joined, lines say. */
static void
add_call(struct strace *s, int host, const char *joined, bool returned)
{
	char *call = without_comments(s, joined);
	size_t name = name_length(call);
	const char *begin = call + name + 1, *close, *tail;
	struct event *event;
	char *arguments;

	if (name == 0) {
		free(call);
		return;
	}
	close = closing(begin);
	tail = close == NULL ? "" : close + 1 + strspn(close + 1, " ");
	returned = returned && close != NULL;
	arguments = text("%.*s", close == NULL ? (int)strlen(begin) :
	    (int)(close - begin), begin);
	event = add_event(s, host, "call", returned ?
	    text("%.*s(%s) %s", (int)name, call, arguments, tail) :
	    text("%.*s(%s" UNFINISHED, (int)name, call, arguments));
	event->name = text("%.*s", (int)name, call);
	cut(arguments, UNFINISHED);	/* killed: "(-1,  <unfinished ...>)" */
	while (cut(arguments, " ") || cut(arguments, ","))
		continue;
	event->arguments = arguments;
	if (returned)
		set_result(event, tail);
	free(call);
}

/* Gives up the hope that an interrupted call will return. */
static void
drop_pending(struct strace *s, int host)
{
	char *pending = tracee(s, host)->pending;

	if (pending == NULL)
		return;
	tracee(s, host)->pending = NULL;
	add_call(s, host, pending, false);
	free(pending);
}

static void
set_pending(struct strace *s, int host, char *call)
{
	drop_pending(s, host);
	tracee(s, host)->pending = call;
}

/* "<... wait4 resumed>NULL, 0, NULL) = 2" joined with what was pending. */
static char *
join(struct strace *s, int host, const char *resumed)
{
	struct tracee *t = tracee(s, host);
	const char *name = resumed + strlen("<... ");
	size_t length = strcspn(name, " ");
	const char *rest = strchr(name, '>');
	char *joined;

	rest = rest == NULL ? "" : rest + 1;
	if (t->pending == NULL || name_length(t->pending) != length ||
	    strncmp(t->pending, name, length) != 0)
		return text("%.*s(%s", (int)length, name, rest);
	joined = text("%s%s", t->pending, rest);
	free(t->pending);
	t->pending = NULL;
	return joined;
}

static void
take_call(struct strace *s, int host, const char *rest)
{
	char *call = starts(rest, "<... ") ? join(s, host, rest) :
	    text("%s", rest);

	if (name_length(call) != 0 && cut(call, UNFINISHED)) {
		set_pending(s, host, call);
		return;
	}
	add_call(s, host, call, true);
	free(call);
}

/* "--- SIGCHLD {si_signo=SIGCHLD, ...} ---", but not "--- stopped by". */
static void
take_signal(struct strace *s, int host, const char *rest)
{
	char *line = without_comments(s, rest);
	const char *name = line + strlen("--- ");
	size_t length = strcspn(name, " ");
	struct event *event;

	if (!starts(name, "SIG")) {
		free(line);
		return;
	}
	event = add_event(s, host, "signal", line);
	event->name = text("%.*s", (int)length, name);
	event->arguments = text("%s", name + length +
	    strspn(name + length, " "));
	cut(event->arguments, "---");
	cut(event->arguments, " ");
	event->result = signal_number(event->name);
	event->finished = true;
}

/* "+++ exited with 3 +++", "+++ killed by SIGSEGV (core dumped) +++". */
static void
take_end(struct strace *s, int host, const char *rest)
{
	const char *exited = "+++ exited with ", *killed = "+++ killed by ";
	struct event *event;

	if (starts(rest, exited)) {
		event = add_event(s, host, "exit", text("%s", rest));
		event->name = text("%s", "");
		event->result = atoi(rest + strlen(exited));
	} else if (starts(rest, killed)) {
		event = add_event(s, host, "killed", text("%s", rest));
		rest += strlen(killed);
		event->name = text("%.*s", (int)strcspn(rest, " "), rest);
		event->result = signal_number(event->name);
	} else
		return;
	event->arguments = text("%s", "");
	event->finished = true;
}

/* --- Lines ------------------------------------------------------------ */

/*
 * Keeps account of who waits, as far as the current line has come: strace
 * writes "rt_sigsuspend([], 8" when the call begins, the rest when it ends.
 */
static void
watch(struct strace *s)
{
	struct tracee *t;
	const char *rest;
	int host;

	if (s->length == 0 || (rest = after_pid(s->line, &host)) == NULL)
		return;
	if (starts(rest, s->wait)) {
		t = tracee(s, host);
		if (!s->counted)
			t->entered++;
		s->counted = true;
		t->waiting = closing(rest + strlen(s->wait)) == NULL;
	} else if (starts(rest, s->resumed) || starts(rest, "+++ "))
		tracee(s, host)->waiting = false;
}

static void
end_line(struct strace *s)
{
	s->length = 0;
	s->counted = false;
}

static void
take_line(struct strace *s)
{
	const char *rest;
	int host;

	watch(s);
	if (s->length > 0 && (rest = after_pid(s->line, &host)) != NULL) {
		if (starts(rest, "+++ "))
			take_end(s, host, rest);
		else if (starts(rest, "--- "))
			take_signal(s, host, rest);
		else
			take_call(s, host, rest);
	}
	end_line(s);
}

static void
append(struct strace *s, const char *bytes, size_t length)
{
	char *end;

	if (length > LONGEST_LINE - s->length)
		length = LONGEST_LINE - s->length;
	if (s->length + length + 1 > s->size) {
		s->size = 2 * (s->length + length + 1);
		s->line = realloc(s->line, s->size);
		if (s->line == NULL)
			memory_exhausted();
	}
	end = s->line + s->length;
	memcpy(end, bytes, length);
	end[length] = '\0';
	/* strace writes none, but what it writes isn't ours. */
	while ((end = memchr(end, '\0', (size_t)(s->line + s->length + length -
	    end))) != NULL)
		*end = '?';
	s->length += length;
}

void
strace_feed(struct strace *s, const char *bytes, size_t length)
{
	const char *newline;
	size_t piece;

	while (length > 0) {
		newline = memchr(bytes, '\n', length);
		piece = newline == NULL ? length : (size_t)(newline - bytes);
		append(s, bytes, piece);
		if (newline != NULL) {
			take_line(s);
			piece++;
		}
		bytes += piece;
		length -= piece;
	}
	watch(s);
}

/* --- Life ------------------------------------------------------------- */

struct strace *
strace_open(void)
{
	struct strace *s = calloc(1, sizeof(*s));

	if (s == NULL)
		memory_exhausted();
	strace_wait_in(s, "rt_sigsuspend(");
	return s;
}

void
strace_wait_in(struct strace *s, const char *call)
{
	free(s->wait);
	free(s->resumed);
	s->wait = text("%s", call);
	s->resumed = text("<... %.*s ", (int)strcspn(call, "("), call);
}

/* Half a line at the end is a call that has not returned, or nothing. */
static void
take_rest(struct strace *s)
{
	const char *rest;
	int host;

	if (s->length > 0 && (rest = after_pid(s->line, &host)) != NULL &&
	    name_length(rest) != 0)
		set_pending(s, host, text("%s", rest));
	end_line(s);
}

static bool
is_known(const struct strace *s, int pid)
{
	for (size_t i = 0; i < s->tracee_count; i++)
		if (s->tracees[i].pid == pid)
			return true;
	return false;
}

static bool
is_outside(const struct strace *s, int host)
{
	for (size_t i = 0; i < s->tracee_count; i++)
		if (s->tracees[i].host == host)
			return s->tracees[i].pid == STRACE_OUTSIDE;
	return false;
}

static int
ascending(const void *a, const void *b)
{
	const int *one = a, *other = b;

	return (*one > *other) - (*one < *other);
}

/* The box PIDs that some fork returned and that nobody is known to have.
 * What is outside the box forks too: its child's PID is a host's. */
static size_t
unclaimed(const struct strace *s, int *pids, size_t room)
{
	static const char *const forks[] = { "fork", "vfork", "clone",
		"clone3" };
	size_t count = 0;

	for (size_t i = 0; i < s->event_count && count < room; i++) {
		const struct event *event = &s->events[i];
		bool fork = false;

		for (size_t j = 0; j < sizeof(forks) / sizeof(*forks); j++)
			fork = fork || strcmp(event->name, forks[j]) == 0;
		if (fork && event->result > 0 && event->result <= INT_MAX &&
		    !is_outside(s, event->pid) &&
		    !is_known(s, (int)event->result))
			pids[count++] = (int)event->result;
	}
	qsort(pids, count, sizeof(*pids), ascending);
	return count;
}

enum { UNKNOWN_END = -1, DUMPED = 0x80 };

/* The wait status that strace's last word about a host PID stands for. */
static int
told_end(const struct strace *s, int host)
{
	for (size_t i = 0; i < s->event_count; i++) {
		const struct event *event = &s->events[i];

		if (event->pid != host)
			continue;
		if (strcmp(event->kind, "exit") == 0)
			return (int)event->result << 8;
		if (strcmp(event->kind, "killed") == 0)
			return (int)event->result;
	}
	return UNKNOWN_END;
}

/* The one that init, or its shell, has waited for. */
static int
seen_end(const struct run *run, int pid)
{
	for (size_t i = 0; i < run->ending_count; i++)
		if (run->endings[i].pid == pid)
			return run->endings[i].status & ~DUMPED;
	for (size_t i = 0; i < run->start_count; i++)
		if (run->starts[i].launcher == pid && run->starts[i].ended)
			return run->starts[i].status & ~DUMPED;
	return UNKNOWN_END;
}

static bool
can_be(const struct strace *s, const struct run *run, int host, int pid)
{
	int told = told_end(s, host), seen = seen_end(run, pid);

	return told == UNKNOWN_END || seen == UNKNOWN_END || told == seen;
}

/*
 * Two forks at the same time may get their PIDs outside in one order and
 * inside in the other: then their ends tell them apart.
 */
static void
untangle(const struct strace *s, const struct run *run, const int *hosts,
    int *pids, size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (size_t j = i + 1; j < count &&
		    !can_be(s, run, hosts[i], pids[i]); j++)
			if (can_be(s, run, hosts[i], pids[j]) &&
			    can_be(s, run, hosts[j], pids[i])) {
				int pid = pids[i];

				pids[i] = pids[j];
				pids[j] = pid;
			}
}

/* PIDs grow with time, outside as inside: the same rank, the same process. */
static void
infer(struct strace *s, const struct run *run)
{
	int pids[MOST_INFERRED], hosts[MOST_INFERRED];
	size_t count = 0;

	if (s->same)
		return;
	for (size_t i = 0; i < s->tracee_count && count < MOST_INFERRED; i++)
		if (s->tracees[i].pid == 0)
			hosts[count++] = s->tracees[i].host;
	qsort(hosts, count, sizeof(*hosts), ascending);
	if (count == 0 || unclaimed(s, pids, MOST_INFERRED) != count)
		return;
	untangle(s, run, hosts, pids, count);
	for (size_t i = 0; i < count; i++)
		strace_learn(s, hosts[i], pids[i]);
}

void
strace_finish(struct strace *s, struct run *run, const int *hidden,
    size_t hidden_count)
{
	struct event *event;
	char *line;

	take_rest(s);
	infer(s, run);
	for (size_t i = 0; i < s->tracee_count; i++)
		drop_pending(s, s->tracees[i].host);
	for (size_t i = 0; i < s->event_count; i++) {
		event = &s->events[i];
		event->pid = box_pid(s, event->pid);
		if (listed(event->pid, hidden, hidden_count)) {
			shape_free(&event_shape, event);
			continue;
		}
		line = event->line;
		event->line = text("%d %s", event->pid, line);
		free(line);
		*observation_add(run, events, event_count) = *event;
	}
	free(s->events);
	s->events = NULL;
	s->event_count = 0;
}

void
strace_close(struct strace *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < s->event_count; i++)
		shape_free(&event_shape, &s->events[i]);
	for (size_t i = 0; i < s->tracee_count; i++)
		free(s->tracees[i].pending);
	free(s->events);
	free(s->tracees);
	free(s->wait);
	free(s->resumed);
	free(s->line);
	free(s);
}
