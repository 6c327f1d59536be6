/*
 * strace - strace's lines: torn anywhere they mean the same, none makes two
 * events, and an event's own line is understood as that event
 */
#define _GNU_SOURCE
#include "observe/strace.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"

#define MOST	64

/*
 * Reads it all in pieces of that size.  What begins the recording is the
 * box's init, 1; every other unknown process is told, the rest is inferred.
 */
static struct strace *
feed(const uint8_t *bytes, size_t length, size_t piece)
{
	struct strace *s = strace_open();
	const char *words = (const char *)bytes;
	int hosts[MOST];
	size_t count;

	for (size_t at = 0; at < length; at += piece)
		strace_feed(s, words + at,
		    length - at < piece ? length - at : piece);
	count = strace_unknown(s, hosts, MOST);
	promise(count == MOST || strace_unknown(s, hosts + count,
	    MOST - count) == 0, "asked twice for a process");
	for (size_t i = 0; i < count; i += 2)
		strace_learn(s, hosts[i], i == 0 ? 1 : hosts[i] / 2 + 2);
	return s;
}

/* A result without an error is a number that stands in the line. */
static bool
says_result(const struct event *e)
{
	const char *p = e->line;
	char *end;

	while ((p = strstr(p, "= ")) != NULL) {
		p += strlen("= ");
		if (strtol(p, &end, 0) == e->result && end != p)
			return true;
	}
	return false;
}

static void
look_at(const struct event *e)
{
	bool call = strcmp(e->kind, "call") == 0;

	promise(call || strcmp(e->kind, "signal") == 0 ||
	    strcmp(e->kind, "exit") == 0 || strcmp(e->kind, "killed") == 0,
	    "kind %s", e->kind);
	promise(e->pid >= STRACE_OUTSIDE, "pid %d", e->pid);
	promise(e->name != NULL && e->arguments != NULL, "half an event: %s",
	    e->line);
	promise(strchr(e->line, '\n') == NULL, "two lines: %s", e->line);
	promise(!call || (e->name[0] != '\0' &&
	    strstr(e->line, e->name) != NULL &&
	    strstr(e->line, e->arguments) != NULL), "%s(%s) isn't of %s",
	    e->name, e->arguments, e->line);
	promise(call || (e->finished && e->error == NULL && !e->injected),
	    "not a call, but %s", e->line);
	promise(!call || !e->finished || e->error != NULL || says_result(e),
	    "result %ld of %s", e->result, e->line);
	promise(e->finished || (e->result == -1 && e->error == NULL),
	    "a result before the end: %s", e->line);
	promise(e->error == NULL || (e->error[0] == 'E' && e->result == -1 &&
	    strchr(e->error, ' ') == NULL), "error %s", e->error);
}

/* The lines of what has ended, fed where box PIDs are host PIDs. */
static void
read_again(const struct run *run)
{
	struct run ended = { 0 }, again = { 0 };
	struct strace *s = strace_open();
	struct event *copy;

	strace_learn(s, 1, 1);
	for (size_t i = 0; i < run->event_count; i++) {
		const struct event *event = &run->events[i];
		if (!event->finished || event->pid <= 0)
			continue;
		copy = observation_add(&ended, events, event_count);
		*copy = *event;
		strace_feed(s, event->line, strlen(event->line));
		strace_feed(s, "\n", 1);
	}
	strace_finish(s, &again, NULL, 0);
	strace_close(s);
	promise_same(&again, &ended, "its own lines mean the same");
	free(ended.events);	/* what they hold is the run's */
	run_free(&again);
}

static void
look_at_all(const struct run *run, const uint8_t *bytes, size_t length)
{
	const char *comment = " in strace's PID NS */";
	size_t lines = 1;

	for (size_t i = 0; i < length; i++)
		lines += bytes[i] == '\n';
	promise(run->event_count <= lines, "%zu events of %zu lines",
	    run->event_count, lines);
	for (size_t i = 0; i < run->event_count; i++)
		look_at(&run->events[i]);
	/* A comment on a PID is gone from the line, and may leave another. */
	if (memmem(bytes, length, comment, strlen(comment)) == NULL)
		read_again(run);
}

static void
hide_init(struct strace *s, const struct run *all)
{
	static const int hidden[] = { 1 };
	struct run run = { 0 };
	size_t others = 0;

	strace_finish(s, &run, hidden, 1);
	for (size_t i = 0; i < all->event_count; i++)
		others += all->events[i].pid != 1;
	promise(run.event_count == others, "%zu events, expected %zu",
	    run.event_count, others);
	for (size_t i = 0; i < run.event_count; i++)
		promise(run.events[i].pid != 1, "%s", run.events[i].line);
	run_free(&run);
}

/* How often a host has entered the call that it waits in; 0 if it doesn't. */
static unsigned
entered(const struct strace *s, int host)
{
	unsigned after = 0;

	while (strace_settled(s, host, after + 1) == host)
		after++;
	return after;
}

/* Who waits is the same torn, has settled, and is passed over if excepted. */
static int
look_at_waiting(const struct strace *whole, const struct strace *torn)
{
	int host = strace_waiting(whole, NULL, 0);

	promise(strace_waiting(torn, NULL, 0) == host, "host %d", host);
	if (host == 0)
		return 0;
	promise(entered(whole, host) > 0, "host %d", host);
	promise(entered(torn, host) == entered(whole, host),
	    "host %d: %u, torn %u", host, entered(whole, host),
	    entered(torn, host));
	promise(strace_waiting(whole, &host, 1) != host, "host %d", host);
	return host;
}

/* Where somebody waits, a call has not returned. */
static void
look_for_wait(const struct run *run)
{
	for (size_t i = 0; i < run->event_count; i++)
		if (strcmp(run->events[i].name, "rt_sigsuspend") == 0 &&
		    !run->events[i].finished)
			return;
	promise_broken("it waits", "no event says so");
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	size_t piece = length == 0 ? 1 : 1 + bytes[length / 2] % 61;
	struct strace *whole = feed(bytes, length, length + 1);
	struct strace *torn = feed(bytes, length, piece);
	struct strace *half = feed(bytes, length, length + 1);
	struct run run = { 0 }, pieces = { 0 };
	int waiting = look_at_waiting(whole, torn);

	strace_finish(whole, &run, NULL, 0);
	strace_finish(torn, &pieces, NULL, 0);
	promise_same(&pieces, &run, "torn, it means the same");
	look_at_all(&run, bytes, length);
	if (waiting != 0)
		look_for_wait(&run);
	hide_init(half, &run);
	strace_close(whole);
	strace_close(torn);
	strace_close(half);
	run_free(&run);
	run_free(&pieces);
	return 0;
}
