/*
 * sigpipe-default - SIGPIPE is forgotten
 *
 * It never comes while one tries the program by hand. The first client that
 * leaves early kills the daemon; here it dies in the run in which a pipe
 * breaks, so nothing more can be seen of that run.
 *
 * fails: starts-and-serves leaves-one-process leaves-the-rest-alone same-traced-and-untraced pid-file-no-longer-names-it survives-a-broken-pipe started-with-sigterm-blocked started-with-sighup-ignored loses-no-signal no-keyboard-reaches-it
 * cause: 09-signals.sigpipe
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
	    react(SIGHUP, request_reload) == -1)
		return -1;
	sigemptyset(&ours);
	sigaddset(&ours, SIGTERM);
	sigaddset(&ours, SIGHUP);
	return sigprocmask(SIG_UNBLOCK, &ours, NULL);
}
