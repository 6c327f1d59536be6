/*
 * only-first-hup - SIGHUP sets its flag once and for all
 *
 * A guard against being called again, that nobody takes away. The first
 * reload works, and no other one does.
 *
 * fails: reloads-five-times started-with-sighup-ignored loses-no-signal
 * cause: 09-signals.not-reloaded
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
	static volatile sig_atomic_t busy;

	(void)signo;
	if (!busy)
		reload_requested = 1;
	busy = 1;
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

	if (react(SIGTERM, request_stop) == -1 ||
	    react(SIGHUP, request_reload) == -1 ||
	    react(SIGPIPE, SIG_IGN) == -1)
		return -1;
	sigemptyset(&ours);
	sigaddset(&ours, SIGTERM);
	sigaddset(&ours, SIGHUP);
	return sigprocmask(SIG_UNBLOCK, &ours, NULL);
}
