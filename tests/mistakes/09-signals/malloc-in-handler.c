/*
 * malloc-in-handler - the handler of SIGHUP allocates memory
 *
 * To note when it came, in a list of its own. malloc is not async-signal-
 * safe: a signal in the middle of another malloc finds its lists half done.
 *
 * fails: handlers-are-safe
 * cause: 09-signals.unsafe-handler
 */
#define _POSIX_C_SOURCE 200809L /* sigaction */

#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <time.h>

#include "daemon.h"

volatile sig_atomic_t stop_requested;
volatile sig_atomic_t reload_requested;

static void
request_stop(int signo)
{
	(void)signo;
	stop_requested = 1;
}

struct note {
	struct note *next;
	time_t when;
};
static struct note *notes;

static void
request_reload(int signo)
{
	struct note *note = malloc(sizeof *note);

	(void)signo;
	if (note != NULL) {
		note->next = notes;
		note->when = time(NULL);
		notes = note;
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
