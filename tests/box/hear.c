/*
 * hear - what the box says: init's parcels, strace's lines, the terminals
 */
#define _GNU_SOURCE
#include <sys/prctl.h>
#include <sys/socket.h>

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "box/state.h"
#include "observe/proc.h"
#include "observe/syslog.h"

static double
now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* How much slower than idle this machine is just now: what can run, for each
 * core.  (The load average still speaks of the last minute.) */
static double
stretch(void)
{
	int running = 1;
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	FILE *load = fopen("/proc/loadavg", "re");

	if (load != NULL) {
		if (fscanf(load, "%*f %*f %*f %d", &running) != 1)
			running = 1;
		fclose(load);
	}
	if (cores < 1 || running <= cores)
		return 1;
	double slowness = (double)running / (double)cores;
	return slowness < MOST_STRETCH ? slowness : MOST_STRETCH;
}

/* Adds to what a start printed; a string holds no NUL. */
static void
append(struct start *start, char *bytes, size_t length)
{
	const char *before = start->output == NULL ? "" : start->output;
	size_t had = strlen(before);

	if (had >= MOST_OUTPUT)
		return;
	if (length > MOST_OUTPUT - had)
		length = MOST_OUTPUT - had;
	for (size_t i = 0; i < length; i++)
		if (bytes[i] == '\0')
			bytes[i] = '?';
	char *longer = text("%s%.*s", before, (int)length, bytes);
	free(start->output);
	start->output = longer;
}

static void
note_ready(struct box *box, const struct parcel *parcel)
{
	static const char ready[] = "READY=1";
	size_t i = 0;

	while (i < box->ready_count && box->ready[i].pid != parcel->pid)
		i++;
	if (i == MOST_ROUNDS)
		return;
	if (i == box->ready_count)
		box->ready[box->ready_count++].pid = parcel->pid;
	box->ready[i].news++;
	box->ready[i].rounds += parcel->length >= sizeof(ready) - 1 &&
	    memcmp(parcel->data, ready, sizeof(ready) - 1) == 0;
}

static void
note_message(struct box *box, const struct parcel *parcel)
{
	if (box->run->message_count >= MOST_MESSAGES) {
		if (!box->dropped)
			run_fact(box->run, "messages.dropped", "yes");
		box->dropped = true;
		return;
	}
	struct message *message = observation_add(box->run, messages,
	    message_count);
	syslog_parse(message, parcel->data, parcel->length);
	message->pid = parcel->pid;
}

static void
note_ending(struct box *box, const struct parcel *parcel)
{
	struct ending *ending = observation_add(box->run, endings,
	    ending_count);

	ending->pid = parcel->pid;
	ending->status = parcel->status;
	ending->comm = text("%.*s", (int)parcel->length, parcel->data);
	/* A launcher whose shell is dead is init's child: nobody else tells. */
	for (size_t i = 0; i < box->run->start_count; i++) {
		struct start *start = &box->run->starts[i];

		if (start->launcher == parcel->pid && !start->ended) {
			start->ended = true;
			start->status = parcel->status;
		}
	}
}

static struct start *
start_of(struct box *box, const struct parcel *parcel)
{
	size_t number = (size_t)parcel->number;

	return number < box->run->start_count ?
	    &box->run->starts[number] : NULL;
}

static void
note_start(struct box *box, const struct parcel *parcel)
{
	struct start *start = start_of(box, parcel);

	if (start == NULL)
		return;
	switch (parcel->kind) {
	case EVENT_SHELL:
		start->shell = parcel->pid;
		break;
	case EVENT_LAUNCHED:
		start->launcher = parcel->pid;
		break;
	default:
		start->ended = true;
		start->status = parcel->status;
	}
}

/* The user namespace is joined, and what is outside is out of reach. */
static void
enter(struct box *box, int space)
{
	pid_t parent = getppid();

	if (box->mode == BOX_PLAIN)
		return;
	if (setns(space, CLONE_NEWUSER) == -1 ||
	    (box->mode == BOX_RANGE && setgroups(0, NULL) == -1) ||
	    setresgid(0, 0, 0) == -1 || setresuid(0, 0, 0) == -1)
		box_fault(box, "join the box's user namespace");
	/* Both were cleared by the change of ids. */
	prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	if (getppid() != parent)
		_exit(99);
}

static void
note_built(struct box *box, const struct parcel *parcel, int *fds)
{
	box->root = fds[0];
	fds[0] = -1;
	if (box->reader != NULL)
		strace_learn(box->reader, box->init, parcel->pid);
	enter(box, fds[1]);
	box->built = true;
}

static void
note_terminal(struct box *box, const struct parcel *parcel, int *fds)
{
	struct terminal *terminal = &box->terminals[box->terminal_count++];

	terminal->master = fds[0];
	terminal->start = -1;
	fds[0] = -1;
	fcntl(terminal->master, F_SETFL, O_RDWR | O_NONBLOCK);
	free(box->last_path);
	box->last_path = text("%.*s", (int)parcel->length, parcel->data);
}

static void
take(struct box *box, const struct parcel *parcel, int *fds)
{
	switch (parcel->kind) {
	case EVENT_BORN:
		box->init = parcel->pid;
		snprintf(box->ready_name, sizeof(box->ready_name),
		    box->mode == BOX_PLAIN ? "@lab-ready-%d" : "@lab-ready",
		    box->init);
		box->pidfd = fds[0];
		if (box->reader != NULL)
			strace_learn(box->reader, parcel->number,
			    STRACE_OUTSIDE);
		fds[0] = -1;
		break;
	case EVENT_LIMITED:
		box->limited = true;
		break;
	case EVENT_BUILT:
		note_built(box, parcel, fds);
		break;
	case EVENT_TERMINAL:
		note_terminal(box, parcel, fds);
		break;
	case EVENT_SHELL:
	case EVENT_LAUNCHED:
	case EVENT_ENDED:
		note_start(box, parcel);
		break;
	case EVENT_REAPED:
		note_ending(box, parcel);
		break;
	case EVENT_SYSLOG:
		note_message(box, parcel);
		break;
	case EVENT_READY:
		note_ready(box, parcel);
		break;
	case EVENT_SYNCED:
		box->synced = true;
		break;
	case EVENT_UNMOUNTED:
		box->unmounted = true;
		box->unmount_error = parcel->status;
		break;
	default:
		box->broken = true;
		if (box->run->fault == NULL)
			box->run->fault = text("%.*s", (int)parcel->length,
			    parcel->data);
	}
}

void
box_hear(struct box *box)
{
	struct parcel parcel;
	int fds[PARCEL_FDS];

	for (;;) {
		int got = parcel_receive(box->control, &parcel, fds,
		    MSG_DONTWAIT);
		if (got == -1 && errno == EAGAIN)
			return;
		if (got <= 0) {
			errno = ECONNRESET;
			box_fault(box, "hear from the box's init");
			return;
		}
		take(box, &parcel, fds);
		for (int i = 0; i < PARCEL_FDS; i++)
			if (fds[i] != -1)
				close(fds[i]);
	}
}

static void
read_terminal(struct box *box, struct terminal *terminal)
{
	char bytes[4096];
	ssize_t got = read(terminal->master, bytes, sizeof(bytes));

	/* EIO: nobody has the other end open just now; somebody may yet. */
	if (got > 0 && terminal->start != -1)
		append(&box->run->starts[terminal->start], bytes, (size_t)got);
}

/* The box PIDs of those that strace has begun to speak of. */
static void
look_up(struct box *box)
{
	int hosts[16];
	size_t count = strace_unknown(box->reader, hosts, 16);

	for (size_t i = 0; i < count; i++) {
		int pid = proc_box_pid(hosts[i]);
		/* The launcher is outside: it has the same PID there. */
		if (pid != 0 && pid != hosts[i])
			strace_learn(box->reader, hosts[i], pid);
	}
}

void
box_read_trace(struct box *box)
{
	char bytes[65536];
	ssize_t got = read(box->pipe, bytes, sizeof(bytes));

	if (got > 0) {
		/* Beyond the limit it's read on and thrown away: init is
		 * traced too, and a full pipe would stop it. */
		if (box->traced_bytes > MOST_TRACED)
			return;
		box->traced_bytes += (size_t)got;
		strace_feed(box->reader, bytes, (size_t)got);
		look_up(box);
	} else if (got == 0) {
		close(box->pipe);
		box->pipe = -1;
	}
}

/* All that can be waited for; the terminals follow the first two. */
static nfds_t
gather(const struct box *box, struct pollfd *fds)
{
	nfds_t count = 2;

	fds[0] = (struct pollfd){ box->control, POLLIN, 0 };
	fds[1] = (struct pollfd){ box->pipe, POLLIN, 0 };
	for (int i = 0; i < box->terminal_count; i++)
		fds[count++] = (struct pollfd){ box->terminals[i].master,
		    POLLIN, 0 };
	return count;
}

/* One round of poll(2); false where nothing came in that time. */
static bool
pump(struct box *box, int milliseconds)
{
	struct pollfd fds[2 + MOST_TERMINALS];
	nfds_t count = gather(box, fds);
	bool something = false;

	/* A terminal that nobody has open is "hung up" until somebody opens
	 * it again: poll would come back at once, so look past it. */
	if (poll(fds, count, 0) > 0) {
		for (nfds_t i = 2; i < count; i++)
			if ((fds[i].revents & (POLLIN | POLLHUP)) == POLLHUP)
				fds[i].fd = -1;
	}
	if (poll(fds, count, milliseconds) <= 0)
		return false;
	/* Terminals first: what a process printed is older than its end. */
	for (nfds_t i = 2; i < count; i++)
		if (fds[i].fd != -1 && (fds[i].revents & POLLIN) != 0) {
			read_terminal(box, &box->terminals[i - 2]);
			something = true;
		}
	if (fds[1].revents != 0)
		box_read_trace(box);
	if (fds[0].revents != 0)
		box_hear(box);
	return something || fds[0].revents != 0 || fds[1].revents != 0;
}

void
box_catch_up(struct box *box)
{
	/* Bounded, for a program may write faster than this reads: what was
	 * there when it began fits in far fewer rounds. */
	for (int i = 0; i < MOST_PUMPS && !box->broken && pump(box, 0); i++)
		;
}

static bool
wait_for(struct box *box, box_condition *condition, const void *argument,
    double seconds, bool flood_ends_it)
{
	double start = now(), slowness = stretch();

	while (!condition(box, argument)) {
		double left = start + seconds * slowness - now();
		double slower = left <= 0 ? stretch() : 0;
		if (slower > slowness) {	/* others came meanwhile */
			slowness = slower;
			continue;
		}
		if (box->broken || left <= 0 ||
		    (flood_ends_it && box->traced_bytes > MOST_TRACED))
			return false;
		pump(box, (int)(left * 1000) + 1);
	}
	return true;
}

bool
box_wait(struct box *box, box_condition *condition, const void *argument,
    double seconds)
{
	return wait_for(box, condition, argument, seconds, true);
}

bool
box_await(struct box *box, box_condition *condition, const void *argument,
    const char *what)
{
	if (box->broken)
		return false;
	if (wait_for(box, condition, argument, PATIENCE, false))
		return true;
	if (!box->broken)
		errno = ETIMEDOUT;
	box_fault(box, what);
	return false;
}

static bool
is_synced(const struct box *box, const void *unused)
{
	(void)unused;
	return box->synced;
}

/* A message that a program has sent may still wait in init's socket. */
void
box_sync(struct box *box)
{
	box->synced = false;
	box_request(box, REQUEST_SYNC, "");
	box_await(box, is_synced, NULL, "catch up with the box's init");
	box_catch_up(box);
}
