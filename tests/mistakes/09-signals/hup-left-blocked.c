/*
 * hup-left-blocked - only SIGTERM is unblocked
 *
 * SIGHUP is forgotten, as what is tried first is whether the daemon can be
 * ended. Started with SIGHUP blocked it never reloads; the contract names
 * both signals.
 *
 * fails: started-with-sighup-ignored loses-no-signal
 * cause: 09-signals.hup-left-blocked
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

	if (react(SIGTERM, request_stop) == -1 ||
	    react(SIGHUP, request_reload) == -1 ||
	    react(SIGPIPE, SIG_IGN) == -1)
		return -1;
	sigemptyset(&ours);
	sigaddset(&ours, SIGTERM);
	return sigprocmask(SIG_UNBLOCK, &ours, NULL);
}
