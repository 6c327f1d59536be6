/*
 * syslog-in-handler - the handler of SIGTERM logs and returns, as in a much
 * copied daemon.c
 *
 * One handler for all signals that says which one came. syslog takes a lock
 * that the interrupted code may hold; and since nothing else is done the
 * daemon lives on, until somebody says kill -9.
 *
 * fails: ends-on-sigterm pid-file-no-longer-names-it handlers-are-safe started-with-sigterm-blocked
 * cause: 09-signals.term-survived
 */
#define _POSIX_C_SOURCE 200809L /* sigaction */

#include <signal.h>
#include <stddef.h>
#include <syslog.h>

#include "daemon.h"

volatile sig_atomic_t stop_requested;
volatile sig_atomic_t reload_requested;

static void
signal_handler(int signo)
{
	switch (signo) {
	case SIGHUP:
		reload_requested = 1;
		break;
	case SIGTERM:
		syslog(LOG_INFO, "terminate signal caught");
		break;
	}
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

	if (react(SIGTERM, signal_handler) == -1 ||
	    react(SIGHUP, signal_handler) == -1 ||
	    react(SIGPIPE, SIG_IGN) == -1)
		return -1;
	sigemptyset(&ours);
	sigaddset(&ours, SIGTERM);
	sigaddset(&ours, SIGHUP);
	return sigprocmask(SIG_UNBLOCK, &ours, NULL);
}
