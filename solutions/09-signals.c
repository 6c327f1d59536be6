/*
 * 09-signals - stop and reload when asked, and at no other time
 *
 * What: SIGTERM and SIGHUP set a flag each; SIGPIPE is ignored.
 * Why: without a terminal nobody can type, so signals are how a daemon is
 *   told to end well and to read its configuration again. A handler runs
 *   between any two instructions, in the middle of malloc(3) for one: it can
 *   do next to nothing there, so it leaves a note, and the main loop acts.
 * Observe: build/solutions/09-signals; PID=$(pgrep -x 09-signals)
 *   grep Sig /proc/$PID/status  (SigCgt: bits 1 and 15; SigIgn: 13)
 *   strace -p $PID & kill -HUP $PID; kill -HUP $PID; kill $PID
 * See: sigaction(2), sigprocmask(2), signal-safety(7), signal(7);
 *   chapters/en/09-signals.md
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

/*
 * Not signal(2): with -std=c17 it puts the default action back at the first
 * signal, and the second SIGHUP kills.
 */
static int
react(int signo, void (*handler)(int))
{
	/* SA_RESTART: work under way goes on; sigsuspend returns anyway. */
	struct sigaction action = {
	    .sa_handler = handler,
	    .sa_flags = SA_RESTART,
	};

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

	/* A blocked signal is inherited too, and no handler would ever run. */
	sigemptyset(&ours);
	sigaddset(&ours, SIGTERM);
	sigaddset(&ours, SIGHUP);
	return sigprocmask(SIG_UNBLOCK, &ours, NULL);
}
