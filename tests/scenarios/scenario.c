/*
 * scenario - all runs of a course at once, each in a worker of its own
 *
 * A worker hands its run over as JSON through a pipe before it clears its box
 * away, so that the judges need not wait for that.  A worker that dies is the
 * harness's fault, and takes its box with it.
 */
#define _GNU_SOURCE
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <fcntl.h>

#include "observe/json.h"
#include "scenarios/scenario.h"

enum { MOST_RUNS = 8, LONGEST_RUN = 64 << 20 };

struct worker {
	pid_t pid;
	int pipe;		/* -1 once it has been read to its end */
	int orders;		/* a socket for the program's descriptor */
	char *text;
	size_t length, room;
};

static int worker_output = -1, worker_orders = -1;

static void
hand_over(const struct run *run)
{
	json_t *json = run_to_json(run);
	FILE *out = fdopen(worker_output, "w");

	if (json == NULL || out == NULL || json_dumpf(json, out, 0) == -1 ||
	    fclose(out) != 0)
		_exit(99);
	json_decref(json);
}

/* Waits for the program; the end of the socket says there is none. */
static int
take_program(void)
{
	struct parcel parcel;
	int fds[PARCEL_FDS];

	if (parcel_receive(worker_orders, &parcel, fds, 0) != 1)
		return -1;
	return fds[0];
}

/* The worker's whole life. */
static void
work(const struct course *course, const struct play *play, pid_t parent)
{
	static const struct hands hands = { take_program, hand_over };
	struct run run;

	/* Ended with the tool; its box then ends by itself. */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == -1 ||
	    getppid() != parent)
		_exit(99);
	memset(&run, 0, sizeof(run));
	stage_run(&run, course, play, &hands);
	run_free(&run);
	_exit(0);
}

static int
hire(struct worker *worker, const struct course *course,
    const struct play *play)
{
	int ends[2], orders[2];
	pid_t parent = getpid();

	if (pipe2(ends, O_CLOEXEC) == -1 || socketpair(AF_UNIX,
	    SOCK_SEQPACKET | SOCK_CLOEXEC, 0, orders) == -1)
		return -1;
	/* A bigger pipe: the worker needn't wait for its reader. */
	fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);
	worker->pid = fork();
	if (worker->pid == 0) {
		close(ends[0]);
		close(orders[0]);
		worker_output = ends[1];
		worker_orders = orders[1];
		work(course, play, parent);
	}
	close(ends[1]);
	close(orders[1]);
	worker->pipe = ends[0];
	worker->orders = orders[0];
	return worker->pid == -1 ? -1 : 0;
}

/* Reads a piece; at the end of the pipe, closes it. */
static void
listen_to(struct worker *worker)
{
	if (worker->room - worker->length < 65536) {
		size_t room = worker->room * 2 + 65536;
		char *more = room > LONGEST_RUN ? NULL :
		    realloc(worker->text, room);
		if (more == NULL) {
			close(worker->pipe);
			worker->pipe = -1;
			return;
		}
		worker->text = more;
		worker->room = room;
	}
	ssize_t got = read(worker->pipe, worker->text + worker->length,
	    worker->room - worker->length);
	if (got > 0) {
		worker->length += (size_t)got;
	} else if (got == 0 || errno != EINTR) {
		close(worker->pipe);
		worker->pipe = -1;
	}
}

static void
listen_to_all(struct worker *workers, size_t count)
{
	struct pollfd fds[MOST_RUNS];

	for (;;) {
		bool any = false;
		for (size_t i = 0; i < count; i++) {
			fds[i] = (struct pollfd){ workers[i].pipe, POLLIN, 0 };
			any = any || workers[i].pipe != -1;
		}
		if (!any)
			return;
		if (poll(fds, count, -1) == -1)
			continue;
		for (size_t i = 0; i < count; i++)
			if (fds[i].revents != 0)
				listen_to(&workers[i]);
	}
}

/* What a worker said becomes a run; silence becomes a fault. */
static void
keep(struct observation *seen, struct worker *worker, const char *name)
{
	struct run *run = observation_add(seen, runs, run_count);
	json_t *json = worker->text == NULL ? NULL :
	    json_loadb(worker->text, worker->length, JSON_ALLOW_NUL, NULL);

	if (json == NULL || run_from_json(run, json) == -1) {
		run_free(run);
		run->name = text("%s", name);
		run->fault = text("the worker of this run ended too early");
	}
	json_decref(json);
	free(worker->text);
}

static void
dismiss(struct worker *workers, size_t count)
{
	int status;

	for (size_t i = 0; i < count; i++)
		while (waitpid(workers[i].pid, &status, 0) == -1 &&
		    errno == EINTR)
			;
}

/* Gives the program to all, or the news that there is none. */
static void
send_program(struct worker *workers, size_t count, int program)
{
	struct parcel parcel;

	parcel_head(&parcel, REQUEST_PROGRAM, 0, 0);
	for (size_t i = 0; i < count; i++) {
		/* A worker that is dead already says so by its silence. */
		if (program != -1)
			parcel_send(workers[i].orders, &parcel, &program, 1);
		close(workers[i].orders);
	}
	if (program != -1)
		close(program);
}

int
scenario_play(const struct course *course, const char *only,
    int (*built)(const struct course *course), struct observation *seen)
{
	struct worker workers[MOST_RUNS];
	const struct play *played[MOST_RUNS];
	size_t count = 0;

	memset(workers, 0, sizeof(workers));
	course_settings(course, seen);
	if (only != NULL)
		observation_setting(seen, "only", "%s", only);
	for (const struct play *play = course->step->scenario->plays;
	    play->name != NULL && count < MOST_RUNS; play++) {
		if (only != NULL && strcmp(only, play->name) != 0)
			continue;
		if (hire(&workers[count], course, play) == -1) {
			int error = errno;
			send_program(workers, count, -1);
			dismiss(workers, count);
			errno = error;
			return -1;
		}
		played[count++] = play;
	}
	int program = built(course);
	send_program(workers, count, program);
	if (program == -1) {
		dismiss(workers, count);
		return 1;
	}
	listen_to_all(workers, count);
	for (size_t i = 0; i < count; i++)
		keep(seen, &workers[i], played[i]->name);
	dismiss(workers, count);
	return 0;
}
