/*
 * attach - a strace of one start alone
 *
 * Faults are injected this way: a box that strace itself has started would
 * have them in its init too.  Many starts, each with a fault of its own, then
 * share one box, and its snapshot.  (strace -p can't use --seccomp-bpf: every
 * call stops, which a start that is about one call can bear.)
 */
#define _GNU_SOURCE
#include <sys/prctl.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "box/state.h"
#include "observe/proc.h"

static struct follower *
find_follower(struct box *box, int start)
{
	for (int i = 0; i < box->follower_count; i++)
		if (box->followers[i].start == start)
			return &box->followers[i];
	return NULL;
}

/* Becomes strace; never returns. */
static void
become_strace(int host, const char *calls, const char *fault, int output,
    int errors, pid_t parent)
{
	char path[32], number[16], trace[512], inject[128];
	const char *inject_option = fault == NULL ? "signal=none" : inject;

	/* Whom it follows would live on, but the box ends with the worker. */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == -1 ||
	    getppid() != parent)
		_exit(99);
	box_keep_only(output, errors);
	dup2(errors, STDERR_FILENO);
	close(errors);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", output);
	snprintf(number, sizeof(number), "%d", host);
	snprintf(trace, sizeof(trace), "trace=%s", calls);
	snprintf(inject, sizeof(inject), "inject=%s", fault ? fault : "");
	/* With signal=none it wouldn't tell either of a death by one. */
	execlp("strace", "strace", "-f", "-s", "256", "-e", trace, "-e",
	    inject_option, "-o", path, "-p", number, (char *)NULL);
	_exit(99);
}

int
box_follow(struct box *box, int start, const char *calls, const char *fault)
{
	int host = box_host_pid(box, box->run->starts[start].launcher);
	int told[2], said[2];
	pid_t parent = getpid();

	if (host <= 0 || box->follower_count == MOST_FOLLOWERS) {
		errno = host <= 0 ? ESRCH : EAGAIN;
		return -1;
	}
	if (pipe2(told, O_CLOEXEC) == -1 || pipe2(said, O_CLOEXEC) == -1)
		return -1;
	pid_t pid = fork();
	if (pid == 0)
		become_strace(host, calls, fault, told[1], said[1], parent);
	close(told[1]);
	close(said[1]);
	box->followers[box->follower_count++] = (struct follower){
		.pid = pid, .start = start, .pipe = told[0],
		.errors = said[0], .reader = strace_open(),
	};
	/* Nothing here is about PIDs of the box: a host's are told. */
	strace_learn(box->followers[box->follower_count - 1].reader, host,
	    host);
	return pid == -1 ? -1 : 0;
}

/* "strace: Process 123 attached"; anything else says why it can't. */
bool
box_followed(struct box *box, int start)
{
	struct follower *follower = find_follower(box, start);
	char said[512];
	size_t length = 0;
	ssize_t got = 1;

	if (follower == NULL)
		return false;
	struct pollfd fd = { follower->errors, POLLIN, 0 };
	while (got > 0 && length < sizeof(said) - 1 &&
	    poll(&fd, 1, PATIENCE * 1000) > 0) {
		got = read(fd.fd, said + length,
		    sizeof(said) - 1 - length);
		length += got > 0 ? (size_t)got : 0;
		said[length] = '\0';
		if (strstr(said, "attached") != NULL)
			return true;
	}
	return false;
}

int
box_follower_of(const struct box *box, int pid)
{
	int tracer = proc_tracer(box_host_pid(box, pid));

	for (int i = 0; i < box->follower_count && tracer != 0; i++)
		if (box->followers[i].pid == tracer)
			return box->followers[i].start;
	return -1;
}

/* What has come; or, where it has nobody left to follow, all of it. */
static void
read_told(struct follower *follower, bool over)
{
	struct pollfd fd = { follower->pipe, POLLIN, 0 };
	char bytes[16384];
	ssize_t got;

	while (poll(&fd, 1, over ? PATIENCE * 1000 : 0) > 0) {
		got = read(follower->pipe, bytes, sizeof(bytes));
		if (got <= 0)
			return;
		strace_feed(follower->reader, bytes, (size_t)got);
	}
}

void
box_told(struct box *box, int start, bool over, struct run *told)
{
	struct follower *follower = find_follower(box, start);

	memset(told, 0, sizeof(*told));
	if (follower == NULL)
		return;
	read_told(follower, over);
	strace_finish(follower->reader, told, NULL, 0);
}

void
box_dismiss_followers(struct box *box)
{
	int status;

	for (int i = 0; i < box->follower_count; i++) {
		struct follower *follower = &box->followers[i];

		kill(follower->pid, SIGKILL);
		while (waitpid(follower->pid, &status, 0) == -1 &&
		    errno == EINTR)
			;
		close(follower->pipe);
		close(follower->errors);
		strace_close(follower->reader);
	}
	box->follower_count = 0;
}
