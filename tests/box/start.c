/*
 * start - starts programs in a box, and tells when they serve or are over
 */
#define _GNU_SOURCE
#include <errno.h>
#include <unistd.h>

#include "box/state.h"
#include "observe/proc.h"

static bool
is_limited(const struct box *box, const void *unused)
{
	(void)unused;
	return box->limited;
}

int
box_start(struct box *box, const char *name, int terminal,
    struct start_request *request, int *fds)
{
	struct parcel parcel;
	int passed[PARCEL_FDS];
	size_t count = 0;
	int number = (int)box->run->start_count;
	struct start *start = observation_add(box->run, starts, start_count);

	start->name = text("%s", name);
	start->status = -1;
	/* Nothing of others' runs before the limits stand. */
	box_await(box, is_limited, NULL, "limit the box");
	if (terminal != -1)
		box->terminals[terminal].start = number;
	request->number = number;
	for (int i = 0; i < START_FDS; i++) {
		request->has[i] = fds[i] != -1;
		if (fds[i] != -1)
			passed[count++] = fds[i];
	}
	parcel_fill(&parcel, REQUEST_START, 0, request, sizeof(*request));
	if (!box->broken &&
	    parcel_send(box->control, &parcel, passed, count) == -1)
		box_fault(box, "start a program");
	while (count > 0)
		close(passed[--count]);
	return number;
}

bool
box_start_ended(const struct box *box, const void *argument)
{
	const int *number = argument;

	return box->run->starts[*number].ended;
}

bool
box_reaped(const struct box *box, const void *argument)
{
	const int *pid = argument;

	for (size_t i = 0; i < box->run->ending_count; i++)
		if (box->run->endings[i].pid == *pid)
			return true;
	return false;
}

/* Is it the daemon of another start? */
bool
box_is_taken(const struct box *box, int pid, int start)
{
	for (size_t i = 0; i < box->run->start_count; i++)
		if ((int)i != start && box->run->starts[i].daemon == pid)
			return true;
	return false;
}

static int
traced_waiting(const struct box *box, int start)
{
	int hosts[256];

	/* Asked at every event: the cheap question first. */
	if (strace_waiting(box->reader, NULL, 0) == 0)
		return 0;
	size_t count = proc_descendants(box->init, hosts, 256);
	for (size_t i = 0; i < count; i++) {
		if (strace_settled(box->reader, hosts[i], 1) == 0)
			continue;
		int pid = proc_box_pid(hosts[i]);
		if (pid != 0 && !box_is_taken(box, pid, start))
			return pid;
	}
	return 0;
}

int
box_waiting(const struct box *box, int start)
{
	if (box->traced)
		return traced_waiting(box, start);
	int first = 0;

	/* The oldest of several, as above: not the one that spoke first. */
	for (size_t i = 0; i < box->ready_count; i++)
		if (box->ready[i].rounds > 0 &&
		    (first == 0 || box->ready[i].pid < first) &&
		    !box_is_taken(box, box->ready[i].pid, start) &&
		    !box_reaped(box, &box->ready[i].pid))
			first = box->ready[i].pid;
	return first;
}

unsigned
box_rounds(const struct box *box, int pid)
{
	unsigned rounds = 0;

	if (box->traced) {
		int host = proc_host_pid(box->init, pid);
		while (strace_settled(box->reader, host, rounds + 1) != 0)
			rounds++;
		return rounds;
	}
	for (size_t i = 0; i < box->ready_count; i++)
		if (box->ready[i].pid == pid)
			rounds = box->ready[i].rounds;
	return rounds;
}

unsigned
box_news(const struct box *box, int pid)
{
	for (size_t i = 0; i < box->ready_count; i++)
		if (box->ready[i].pid == pid)
			return box->ready[i].news;
	return 0;
}

/*
 * How many processes the start has begun, other than its shell and what
 * belongs to other starts; `*seen` tells whether `pid` is among them.  The
 * list can miss a process whose parent ends while it is read.
 */
static size_t
left_of(const struct box *box, int start, int pid, bool *seen)
{
	int hosts[256];
	size_t count = proc_descendants(box->init, hosts, 256), left = 0;

	*seen = false;
	for (size_t i = 1; i < count; i++) {
		int one = proc_box_pid(hosts[i]);
		bool mine = one != 0 && !box_is_taken(box, one, start);
		for (size_t j = 0; j < box->run->start_count; j++)
			if (box->run->starts[j].shell == one ||
			    ((int)j != start &&
			    box->run->starts[j].launcher == one))
				mine = false;
		*seen = *seen || (mine && one == pid);
		left += mine;
	}
	return left;
}

/* How many processes wait, the shells aside; -1 where one doesn't. */
static int
count_waiting(const struct box *box)
{
	int hosts[256], waiting = 0;
	size_t count = proc_descendants(box->init, hosts, 256);

	for (size_t i = 1; i < count; i++) {
		int pid = proc_box_pid(hosts[i]);
		bool shell = false;
		for (size_t j = 0; j < box->run->start_count; j++)
			shell = shell || box->run->starts[j].shell == pid;
		if (!shell && box_rounds(box, pid) == 0)
			return -1;
		waiting += !shell;
	}
	return waiting;
}

bool
box_all_wait(const struct box *box)
{
	int waiting = count_waiting(box);

	for (size_t i = 0; i < box->run->start_count; i++)
		if (!box->run->starts[i].ended)
			return false;
	if (waiting == (int)box->run->start_count)
		return true;
	/* Fewer: some have ended, or one was missed whose parent ended while
	 * the list was read.  A second look doesn't miss the same. */
	return waiting >= 0 && count_waiting(box) == waiting;
}

bool
box_all_over(const struct box *box)
{
	int hosts[256];
	size_t left = proc_descendants(box->init, hosts, 256) - 1;

	for (size_t i = 0; i < box->run->start_count; i++) {
		if (!box->run->starts[i].ended)
			return false;
		left -= left > 0;	/* its shell keeps the terminal */
	}
	return left == 0;
}

/* Everything that the start began has ended. */
static bool
is_over(const struct box *box, int start)
{
	bool unused;

	return box->run->starts[start].ended &&
	    left_of(box, start, 0, &unused) == 0;
}

bool
box_start_launched(const struct box *box, const void *argument)
{
	const int *number = argument;

	return box->run->starts[*number].launcher != 0;
}

bool
box_start_serves(const struct box *box, const void *argument)
{
	const int *number = argument;
	const struct start *start = &box->run->starts[*number];

	if (start->launcher == 0)
		return false;
	return box_waiting(box, *number) != 0 || is_over(box, *number);
}

bool
box_start_waits(const struct box *box, const void *argument)
{
	const int *number = argument;
	const struct start *start = &box->run->starts[*number];
	int pid = box_waiting(box, *number);
	bool seen;

	if (pid == 0)
		return is_over(box, *number);
	/* The launcher and the session leader may be on their way out. */
	return (start->ended || pid == start->launcher) &&
	    left_of(box, *number, pid, &seen) == 1 && seen;
}
