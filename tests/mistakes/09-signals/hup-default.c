/*
 * hup-default - SIGHUP has no handler
 *
 * Only the end was thought of. SIGHUP kills by default, and whoever wants a
 * reload gets no daemon any more. When it was ignored at the start it stays
 * so. The handler of SIGTERM has no time to show what it does.
 *
 * fails: reloads-five-times ends-on-sigterm pid-file-no-longer-names-it started-with-sighup-ignored loses-no-signal
 * either: handlers-are-safe
 * cause: 09-signals.hup-kills
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
	    react(SIGPIPE, SIG_IGN) == -1)
		return -1;
	sigemptyset(&ours);
	sigaddset(&ours, SIGTERM);
	sigaddset(&ours, SIGHUP);
	return sigprocmask(SIG_UNBLOCK, &ours, NULL);
}
