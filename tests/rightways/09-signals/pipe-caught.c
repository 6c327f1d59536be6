/*
 * pipe-caught - SIGPIPE is caught by a handler that does nothing
 *
 * The write fails with EPIPE all the same, and a program that the daemon
 * starts gets the default action back by itself. SA_SIGINFO, and the signals
 * are unblocked before the handlers stand, so nothing is held back for long.
 */
#define _POSIX_C_SOURCE 200809L /* sigaction */

#include <signal.h>
#include <stddef.h>

#include "daemon.h"

volatile sig_atomic_t stop_requested;
volatile sig_atomic_t reload_requested;

static void
note(int signo, siginfo_t *info, void *context)
{
	(void)info;
	(void)context;
	if (signo == SIGTERM)
		stop_requested = 1;
	if (signo == SIGHUP)
		reload_requested = 1;
}

int
install_signals(void)
{
	struct sigaction action = {.sa_sigaction = note,
	    .sa_flags = SA_SIGINFO};
	sigset_t ours;

	sigemptyset(&action.sa_mask);
	if (sigaction(SIGTERM, &action, NULL) == -1 ||
	    sigaction(SIGHUP, &action, NULL) == -1 ||
	    sigaction(SIGPIPE, &action, NULL) == -1)
		return -1;
	sigemptyset(&ours);
	sigaddset(&ours, SIGTERM);
	sigaddset(&ours, SIGHUP);
	sigaddset(&ours, SIGPIPE);
	return pthread_sigmask(SIG_UNBLOCK, &ours, NULL) == 0 ? 0 : -1;
}
