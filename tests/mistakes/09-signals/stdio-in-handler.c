/*
 * stdio-in-handler - the handler of SIGHUP reads a file with stdio
 *
 * The reload is done where the signal is met. fopen calls malloc: a signal
 * that comes in the middle of another malloc finds its lists half done.
 *
 * fails: handlers-are-safe
 * cause: 09-signals.unsafe-handler
 */
#define _POSIX_C_SOURCE 200809L /* sigaction */

#include <signal.h>
#include <stddef.h>
#include <stdio.h>

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
	FILE *file = fopen("/etc/group", "r");
	char line[128];

	(void)signo;
	if (file != NULL) {
		if (fgets(line, sizeof line, file) == NULL)
			line[0] = 0;
		fclose(file);
	}
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
	    react(SIGHUP, request_reload) == -1 ||
	    react(SIGPIPE, SIG_IGN) == -1)
		return -1;
	sigemptyset(&ours);
	sigaddset(&ours, SIGTERM);
	sigaddset(&ours, SIGHUP);
	return sigprocmask(SIG_UNBLOCK, &ours, NULL);
}
