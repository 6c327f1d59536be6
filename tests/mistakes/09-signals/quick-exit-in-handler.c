/*
 * quick-exit-in-handler - the handler of SIGTERM calls _exit(0)
 *
 * signal-safety(7) lists _exit, so it seems allowed. It is safe, but nothing
 * is tidied up: the pid file goes on naming a process that is gone.
 *
 * fails: pid-file-no-longer-names-it handlers-are-safe
 * cause: 09-signals.exit-in-handler
 */
#define _POSIX_C_SOURCE 200809L /* sigaction */

#include <signal.h>
#include <stddef.h>
#include <unistd.h>

#include "daemon.h"

volatile sig_atomic_t stop_requested;
volatile sig_atomic_t reload_requested;

static void
leave(int signo)
{
	(void)signo;
	_exit(0);
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
