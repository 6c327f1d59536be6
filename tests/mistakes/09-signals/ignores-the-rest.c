/*
 * ignores-the-rest - every other signal is ignored, the slides' way
 *
 * Signals that are not needed should be ignored, they say. SIG_IGN is
 * inherited through execve: a program that the daemon starts has no SIGINT
 * and no SIGCHLD any more.
 *
 * fails: none
 * advice: ignores-only-sigpipe
 */
#define _POSIX_C_SOURCE 200809L /* sigaction */

#include <signal.h>
#include <stddef.h>

#include "daemon.h"

volatile sig_atomic_t stop_requested;
volatile sig_atomic_t reload_requested;

static void
request_stop(int signo)
{
	(void)signo;
	stop_requested = 1;
}

static void
request_reload(int signo)
{
	(void)signo;
	reload_requested = 1;
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
	int signo;

	for (signo = 1; signo < 32; signo++)
		if (signo != SIGKILL && signo != SIGSTOP)
			(void)react(signo, SIG_IGN);
	if (react(SIGTERM, request_stop) == -1 ||
	    react(SIGHUP, request_reload) == -1 ||
	    react(SIGPIPE, SIG_IGN) == -1)
		return -1;
	sigemptyset(&ours);
	sigaddset(&ours, SIGTERM);
	sigaddset(&ours, SIGHUP);
	return sigprocmask(SIG_UNBLOCK, &ours, NULL);
}
