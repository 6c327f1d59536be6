/*
 * unchecked - installs its handlers and doesn't ask whether it could
 *
 * With the number of a signal that can't be caught, sigaction only says so.
 *
 * fails: heeds-every-failure
 * cause: faults.ignored
 */
#define _POSIX_C_SOURCE 200809L /* sigaction */

#include <signal.h>
#include <stddef.h>

#include "daemon.h"

volatile sig_atomic_t stop_requested;
volatile sig_atomic_t reload_requested;

static void
note(int signo)
{
	if (signo == SIGTERM)
		stop_requested = 1;
	else
		reload_requested = 1;
}

int
install_signals(void)
{
	struct sigaction action = {.sa_handler = note};
	sigset_t ours;

	sigemptyset(&action.sa_mask);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGHUP, &action, NULL);
	action.sa_handler = SIG_IGN;
	sigaction(SIGPIPE, &action, NULL);
	sigemptyset(&ours);
	sigaddset(&ours, SIGTERM);
	sigaddset(&ours, SIGHUP);
	sigprocmask(SIG_UNBLOCK, &ours, NULL);
	return 0;
}
