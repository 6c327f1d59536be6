/*
 * term-kept-ignored - SIGTERM is handled only when it was not ignored
 *
 * The rule of old for interactive programs. Started by a script that has said
 * trap "" TERM, the daemon can be ended by SIGKILL only; the contract names
 * both signals.
 *
 * fails: pid-file-no-longer-names-it started-with-sigterm-blocked
 * cause: 09-signals.term-ignored
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
	struct sigaction found;
	sigset_t ours;

	if (sigaction(SIGTERM, NULL, &found) == -1)
		return -1;
	if (found.sa_handler != SIG_IGN &&
	    react(SIGTERM, request_stop) == -1)
		return -1;
	if (react(SIGHUP, request_reload) == -1 ||
	    react(SIGPIPE, SIG_IGN) == -1)
		return -1;
	sigemptyset(&ours);
	sigaddset(&ours, SIGTERM);
	sigaddset(&ours, SIGHUP);
	return sigprocmask(SIG_UNBLOCK, &ours, NULL);
}
