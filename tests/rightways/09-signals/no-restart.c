/*
 * no-restart - sigaction without SA_RESTART, and every disposition is reset
 * before
 *
 * As daemon(7) asks in its steps 2 and 3: all signals to their default
 * action, an empty mask; then what this daemon needs.
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
	sigset_t none;
	int signo;

	/* Some are refused: KILL, STOP, and those that the library keeps. */
	for (signo = 1; signo <= SIGRTMAX; signo++)
		(void)react(signo, SIG_DFL);
	if (react(SIGTERM, request_stop) == -1 ||
	    react(SIGHUP, request_reload) == -1 ||
	    react(SIGPIPE, SIG_IGN) == -1)
		return -1;
	sigemptyset(&none);
	return sigprocmask(SIG_SETMASK, &none, NULL);
}
