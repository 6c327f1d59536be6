/*
 * bsd-signal - signal(), with the semantics of BSD that _DEFAULT_SOURCE gives
 *
 * The call is not wrong by its name: here the handler stays, as under gnu17.
 */
#define _DEFAULT_SOURCE /* signal as in BSD */

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
