/*
 * signal-reinstalled - the handlers are installed with signal(), and install
 * themselves again
 *
 * System V's own remedy. Between the delivery and the call of signal the
 * default action stands: a SIGHUP that falls into that gap kills, in a storm
 * of them perhaps, and perhaps not; so all that the untraced daemon has to do
 * after the storm may go either way.
 *
 * fails: none
 * either: pid-file-no-longer-names-it started-with-sigterm-blocked started-with-sighup-ignored loses-no-signal
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
	signal(signo, request_reload);
	reload_requested = 1;
}

int
install_signals(void)
{
	sigset_t ours;

	if (signal(SIGTERM, request_stop) == SIG_ERR ||
	    signal(SIGHUP, request_reload) == SIG_ERR ||
	    signal(SIGPIPE, SIG_IGN) == SIG_ERR)
		return -1;
	sigemptyset(&ours);
	sigaddset(&ours, SIGTERM);
	sigaddset(&ours, SIGHUP);
	return sigprocmask(SIG_UNBLOCK, &ours, NULL);
}
