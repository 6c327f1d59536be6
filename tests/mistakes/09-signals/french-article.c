/*
 * french-article - the French article's way, numbers and all
 *
 * signal(1, ...) and signal(15, ...), a SIGHUP that does nothing yet, and
 * exit in the handler. Nothing is reloaded, and the second SIGHUP kills
 * before anybody says SIGTERM. SIGPIPE was taken care of, or the rest would
 * hide behind it.
 *
 * fails: reloads-five-times ends-on-sigterm pid-file-no-longer-names-it started-with-sigterm-blocked started-with-sighup-ignored loses-no-signal
 * fails: heeds-every-failure
 * cause: 09-signals.not-reloaded
 */
#define _POSIX_C_SOURCE 200809L /* sigaction */

#include <signal.h>
#include <stddef.h>
#include <stdlib.h>

#include "daemon.h"

volatile sig_atomic_t stop_requested;
volatile sig_atomic_t reload_requested;

static void
signal_handler(int number)
{
	switch (number) {
	case 1: /* SIGHUP */
		/* read the configuration again */
		break;
	case 15: /* SIGTERM */
		/* free what the server holds */
		exit(0);
	}
}

int
install_signals(void)
{
	sigset_t all;

	signal(1, signal_handler);
	signal(15, signal_handler);
	signal(SIGPIPE, SIG_IGN);
	sigfillset(&all);
	return sigprocmask(SIG_UNBLOCK, &all, NULL);
}
