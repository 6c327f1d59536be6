/*
 * term-left-blocked - the signal mask is left as it was found
 *
 * The handlers are there and all is well from a terminal. Whoever starts it
 * with SIGTERM blocked, as a program of many threads may, gets a daemon that
 * never hears it: the mask is inherited. A start with SIGHUP blocked too
 * would show the same for that one.
 *
 * fails: pid-file-no-longer-names-it started-with-sigterm-blocked
 * either: started-with-sighup-ignored loses-no-signal
 * cause: 09-signals.term-left-blocked
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
	if (react(SIGTERM, request_stop) == -1 ||
	    react(SIGHUP, request_reload) == -1 ||
	    react(SIGPIPE, SIG_IGN) == -1)
		return -1;
	return 0;
}
