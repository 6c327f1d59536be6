/*
 * exit-failure - the handler of SIGTERM ends the process with a status that
 * is not 0
 *
 * The status is taken for a way to tell that a signal came. To be stopped is
 * no failure: init would start it again, and the pid file stays.
 *
 * fails: ends-on-sigterm pid-file-no-longer-names-it handlers-are-safe started-with-sigterm-blocked
 * cause: 09-signals.term-status
 */
#define _POSIX_C_SOURCE 200809L /* sigaction */

#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

volatile sig_atomic_t stop_requested;
volatile sig_atomic_t reload_requested;

static void
leave(int signo)
{
	(void)signo;
	_exit(EXIT_FAILURE);
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

	if (react(SIGTERM, leave) == -1 ||
	    react(SIGHUP, request_reload) == -1 ||
	    react(SIGPIPE, SIG_IGN) == -1)
		return -1;
	sigemptyset(&ours);
	sigaddset(&ours, SIGTERM);
	sigaddset(&ours, SIGHUP);
	return sigprocmask(SIG_UNBLOCK, &ours, NULL);
}
