/*
 * signal-sysv - the handlers are installed with signal() under -std=c17
 *
 * Every old text does it, the slides among them, and with gnu17 it is right.
 * Under -std=c17 the C library gives the semantics of System V: the first
 * SIGHUP puts the default action back, and the second kills.
 *
 * fails: reloads-five-times ends-on-sigterm pid-file-no-longer-names-it started-with-sigterm-blocked started-with-sighup-ignored loses-no-signal
 * cause: 09-signals.second-hup
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
