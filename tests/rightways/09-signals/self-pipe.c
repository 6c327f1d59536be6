/*
 * self-pipe - a self-pipe beside the flags, for a loop that polls
 *
 * The handlers write one byte as well, without waiting and with errno kept;
 * write(2) is async-signal-safe. The pipe is closed on exec.
 */
#define _GNU_SOURCE /* pipe2 */

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

#include "daemon.h"

volatile sig_atomic_t stop_requested;
volatile sig_atomic_t reload_requested;

static int wake[2] = {-1, -1};

static void
note(int signo)
{
	const int saved = errno;

	if (signo == SIGTERM)
		stop_requested = 1;
	else
		reload_requested = 1;
	if (write(wake[1], "", 1) == -1)
		errno = 0; /* the pipe is full: it is awake already */
	errno = saved;
}

static int
react(int signo, void (*handler)(int))
{
	struct sigaction action = {.sa_handler = handler};

	sigemptyset(&action.sa_mask);
	return sigaction(signo, &action, NULL);
}

int
install_signals(void)
{
	sigset_t ours;

	if (pipe2(wake, O_CLOEXEC | O_NONBLOCK) == -1)
		return -1;
	if (react(SIGTERM, note) == -1 ||
	    react(SIGHUP, note) == -1 ||
	    react(SIGPIPE, SIG_IGN) == -1)
		return -1;
	sigemptyset(&ours);
	sigaddset(&ours, SIGTERM);
	sigaddset(&ours, SIGHUP);
	return sigprocmask(SIG_UNBLOCK, &ours, NULL);
}
