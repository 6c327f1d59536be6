/*
 * terminal-again - makes itself a terminal, so that signals can be typed
 *
 * SIGINT and SIGQUIT come from a keyboard, and a daemon has none: so it leads
 * a session again and opens a pseudo-terminal without O_NOCTTY. Whoever holds
 * the other end can stop it, and its hang-up ends it.
 *
 * fails: no-keyboard-reaches-it
 * cause: 09-signals.keyboard
 */
#define _XOPEN_SOURCE 700 /* posix_openpt, sigaction */

#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

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
	struct sigaction action = {
	    .sa_handler = handler,
	    .sa_flags = SA_RESTART,
	};

	sigemptyset(&action.sa_mask);
	return sigaction(signo, &action, NULL);
}

static int
take_terminal(void)
{
	int master;

	if (setsid() == -1)
		return -1;
	master = posix_openpt(O_RDWR | O_NOCTTY);
	if (master == -1 || grantpt(master) == -1 || unlockpt(master) == -1)
		return -1;
	return open(ptsname(master), O_RDWR) == -1 ? -1 : 0;
}

int
install_signals(void)
{
	sigset_t ours;

	if (take_terminal() == -1)
		return -1;
	if (react(SIGTERM, request_stop) == -1 ||
	    react(SIGHUP, request_reload) == -1 ||
	    react(SIGPIPE, SIG_IGN) == -1)
		return -1;

	sigemptyset(&ours);
	sigaddset(&ours, SIGTERM);
	sigaddset(&ours, SIGHUP);
	return sigprocmask(SIG_UNBLOCK, &ours, NULL);
}
