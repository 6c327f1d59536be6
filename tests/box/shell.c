/*
 * shell - the session leader that starts a program: it has the terminal, it
 * has no job control, and it waits as a shell does
 *
 * That is the way of `xterm -e` and of `ssh -t host command`.  An interactive
 * bash would take the terminal's foreground back, and a daemon that never
 * left its session would survive the hang-up by luck.
 */
#define _GNU_SOURCE
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "box/init.h"

enum {
	LEAK_FILE = 9,		/* among the first ten, */
	LEAK_PIPE = 100,	/* above Stevens' 64, */
	LEAK_FAR = 5000,	/* above 1024, */
	LEAK_ABOVE = 6000,	/* above the soft limit when it starts */
	LOWERED_LIMIT = 5500,
	PARKED = 200,		/* where the harness's own descriptors wait */
	NO_EXEC = 127
};

/* What limits a program that forks, writes or computes without end. */
static const struct {
	__rlimit_resource_t resource;
	rlim_t limit;
} limits[] = {
	{ RLIMIT_NPROC, 128 },
	{ RLIMIT_FSIZE, 64L << 20 },
	{ RLIMIT_CPU, 2 },	/* a daemon needs some milliseconds */
	{ RLIMIT_CORE, 0 },
	{ RLIMIT_MSGQUEUE, 0 },
};

static void
give_up(const struct init *init, const char *what)
{
	init_trouble(init, what);
	_exit(NO_EXEC);
}

static void
default_signals(void)
{
	/* Those that the launcher ignores; box.c has reset the others. */
	static const int numbers[] = {
		SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGPIPE
	};
	struct sigaction action;
	sigset_t none;

	memset(&action, 0, sizeof(action));
	action.sa_handler = SIG_DFL;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		sigaction(numbers[i], &action, NULL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static void
odd_signals(const struct init *init, const struct start_request *request)
{
	struct sigaction ignore;
	sigset_t blocked;

	memset(&ignore, 0, sizeof(ignore));
	ignore.sa_handler = SIG_IGN;
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGURG);
	if (request->block) {
		sigaddset(&blocked, SIGTERM);
		sigaddset(&blocked, SIGHUP);
	}
	if (sigaction(SIGUSR2, &ignore, NULL) == -1 ||
	    (request->ignore && (sigaction(SIGHUP, &ignore, NULL) == -1 ||
	    sigaction(SIGTERM, &ignore, NULL) == -1)) ||
	    sigprocmask(SIG_SETMASK, &blocked, NULL) == -1)
		give_up(init, "set the signals of the start");
}

/* A file opened as descriptor `number`; left out above the hard limit. */
static void
leak_file(const struct init *init, int number)
{
	char path[512];

	snprintf(path, sizeof(path), "%s/tmp/leak-%d", init->prefix, number);
	int fd = open(path, O_RDWR | O_CREAT, 0600);
	if (fd == -1)
		give_up(init, "open a file to leak");
	if (fd == number)
		return;
	if (dup2(fd, number) == -1 && errno != EBADF)
		give_up(init, "place a file to leak");
	close(fd);
}

static void
odd_descriptors(const struct init *init, const int *fds)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) == -1)
		give_up(init, "read the limit of descriptors");
	limit.rlim_cur = limit.rlim_max;
	if (setrlimit(RLIMIT_NOFILE, &limit) == -1)
		give_up(init, "raise the limit of descriptors");
	leak_file(init, LEAK_FILE);
	leak_file(init, LEAK_FAR);
	leak_file(init, LEAK_ABOVE);
	if (fds[START_PIPE] != -1 && dup2(fds[START_PIPE], LEAK_PIPE) == -1)
		give_up(init, "place a pipe to leak");
	if (limit.rlim_cur > LOWERED_LIMIT)
		limit.rlim_cur = LOWERED_LIMIT;
	if (setrlimit(RLIMIT_NOFILE, &limit) == -1)
		give_up(init, "lower the limit of descriptors");
}

static void
set_stdio(const struct init *init, const struct start_request *request,
    const int *fds)
{
	for (int number = 0; number < 3; number++) {
		int from = -1;

		switch (request->stdio[number]) {
		case STDIO_CLOSED:
			close(number);
			continue;
		case STDIO_TERMINAL:
			from = open(request->terminal, O_RDWR | O_NOCTTY |
			    O_CLOEXEC);
			break;
		case STDIO_FILE:
			from = open(request->output, O_WRONLY | O_CREAT |
			    O_APPEND | O_CLOEXEC, 0600);
			break;
		case STDIO_PASSED:
			from = fds[number == 0 ? START_INPUT : START_OUTPUT];
			break;
		}
		if (from == -1)
			give_up(init, "open the standard descriptors");
		if (from == number)	/* it was the lowest that is free */
			from = fcntl(number, F_SETFD, 0) == -1 ? -1 : number;
		else
			from = dup2(from, number);
		if (from == -1)
			give_up(init, "place the standard descriptors");
	}
}

static void
set_limits(const struct init *init, const struct start_request *request)
{
	for (size_t i = 0; i < sizeof(limits) / sizeof(*limits); i++) {
		/* SIGXCPU at the one, SIGKILL at the other. */
		struct rlimit limit = { limits[i].limit, limits[i].limit + 1 };

		/* Outside a box NPROC counts all of the user's processes. */
		if (limits[i].resource == RLIMIT_NPROC && !init->namespaces)
			continue;
		/* EPERM: the hard limit is lower already. */
		if (setrlimit(limits[i].resource, &limit) == -1 &&
		    errno != EPERM)
			give_up(init, "set a limit");
	}
	struct rlimit none = { 1, 1 };
	if (request->no_fork && setrlimit(RLIMIT_NPROC, &none) == -1)
		give_up(init, "forbid to fork");
}

static void
set_privileges(const struct init *init, const struct start_request *request)
{
	static const gid_t groups[] = { 4, 20, 27 };

	if (request->tool || request->interactive)
		return;
	/* EPERM or EINVAL where one id only is mapped: its groups stay. */
	if (geteuid() == 0 && setgroups(3, groups) == -1 && errno != EPERM &&
	    errno != EINVAL)
		give_up(init, "set the groups of the start");
	if (request->drop_capability != -1 &&
	    prctl(PR_CAPBSET_DROP, request->drop_capability, 0, 0, 0) == -1)
		give_up(init, "take a capability away");
	/* What the box runs never gains privileges by exec. */
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1)
		give_up(init, "forbid new privileges");
}

/* Parks a descriptor out of the way of the numbers that are set up. */
static int
park(int fd)
{
	int parked = fcntl(fd, F_DUPFD_CLOEXEC, PARKED);

	close(fd);
	return parked;
}

/* Tells that the program is about to run, and waits until it may. */
static void
wait_at_gate(const struct init *init, int number, int gate)
{
	struct parcel parcel;
	char byte;
	ssize_t got;

	/* The tool looks at what the program inherits: let it read.  It asks
	 * for that in a box where nobody else's program runs yet. */
	if (gate != -1)
		prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
	/* Yama lets only ancestors trace, which the tool's strace is not. */
	if (gate != -1 && !init->namespaces)
		prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY, 0, 0, 0);
	parcel_head(&parcel, EVENT_LAUNCHED, getpid(), 0);
	parcel.number = number;
	parcel_send(init->control, &parcel, NULL, 0);
	if (gate == -1)
		return;
	do
		got = read(gate, &byte, 1);
	while (got == -1 && errno == EINTR);
	if (got != 1)
		give_up(init, "pass the gate");
	close(gate);
}

/*
 * strace counts calls for each process, the loader's too: a fault that is
 * meant for the fifth of a descendant would hit this process's fifth first.
 * With arguments of -1 each call that is ever failed is refused, or changes
 * nothing; setsid and fork are, where they come first, the fault itself.
 */
static void
make_dummies(const struct start_request *request)
{
	for (int i = 0; i < request->dummies; i++)
		(void)syscall(request->dummy, -1L, -1L, -1L, -1L, -1L, -1L);
}

static void
run_program(const struct init *outer, const struct start_request *request,
    const int *passed)
{
	static char *arguments[64], *environment[64];
	static char strings[sizeof(request->strings)];
	struct init init = *outer;
	int fds[START_FDS];

	init.control = park(init.control);
	for (int i = 0; i < START_FDS; i++)
		fds[i] = passed[i] == -1 ? -1 : park(passed[i]);
	memcpy(strings, request->strings, sizeof(strings));
	char *string = strings;
	for (int i = 0; i < request->argc && i < 63; i++) {
		arguments[i] = string;
		string += strlen(string) + 1;
	}
	for (int i = 0; i < request->envc && i < 63; i++) {
		environment[i] = string;
		string += strlen(string) + 1;
	}
	if (!request->tool && !request->interactive) {
		odd_descriptors(&init, fds);
		odd_signals(&init, request);
	}
	set_stdio(&init, request, fds);
	set_limits(&init, request);
	set_privileges(&init, request);
	umask(request->mask);
	if (chdir(request->directory) == -1)
		give_up(&init, "enter the start directory");
	wait_at_gate(&init, request->number, fds[START_GATE]);
	make_dummies(request);
	execve(request->program, arguments, environment);
	give_up(&init, "run the program");
}

/* A session of its own, and the terminal that the request names. */
static void
lead_session(const struct init *init, const struct start_request *request)
{
	if (setsid() == -1)
		give_up(init, "start a session");
	if (request->terminal[0] == '\0')
		return;
	int terminal = open(request->terminal, O_RDWR | O_CLOEXEC);
	if (terminal == -1 || ioctl(terminal, TIOCSCTTY, 0) == -1)
		give_up(init, "take the terminal");
	/* Its number stays open: a shell keeps its terminal. */
}

/*
 * Waits for the program's first process, then keeps the terminal.  A person's
 * shell leads its session itself: this is the terminal's window then.
 */
static void
play_shell(const struct init *init, const struct start_request *request,
    const int *fds)
{
	struct parcel parcel;
	int status;

	default_signals();
	init_call_self(init, request->interactive ? "window" : "sh");
	if (!request->tool && !request->interactive)
		lead_session(init, request);
	pid_t child = fork();
	if (child == -1)
		give_up(init, "fork the program");
	if (child == 0) {
		if (request->interactive)
			lead_session(init, request);
		run_program(init, request, fds);
	}
	for (int i = 0; i < START_FDS; i++)
		if (fds[i] != -1)
			close(fds[i]);
	while (waitpid(child, &status, 0) == -1)
		if (errno != EINTR)
			give_up(init, "wait for the program");
	parcel_head(&parcel, EVENT_ENDED, child, status);
	parcel.number = request->number;
	parcel_send(init->control, &parcel, NULL, 0);
	if (request->tool || request->interactive)
		_exit(0);
	for (;;)
		pause();
}

pid_t
shell_start(const struct init *init, const struct start_request *request,
    const int *fds)
{
	pid_t shell = fork();

	if (shell == 0)
		play_shell(init, request, fds);
	return shell;
}
