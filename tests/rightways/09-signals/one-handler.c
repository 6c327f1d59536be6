/*
 * one-handler - one handler for both signals, with SA_RESTART
 *
 * A switch tells the signals apart.
 */
#define _POSIX_C_SOURCE 200809L /* sigaction */

#include <signal.h>
#include <stddef.h>

#include "daemon.h"

volatile sig_atomic_t stop_requested;
volatile sig_atomic_t reload_requested;

static void
note(int signo)
{
	switch (signo) {
	case SIGTERM:
		stop_requested = 1;
		break;
	case SIGHUP:
		reload_requested = 1;
		break;
	}
}

int
install_signals(void)
{
	static const int numbers[] = {SIGTERM, SIGHUP};
	struct sigaction action = {.sa_handler = note, .sa_flags = SA_RESTART};
	sigset_t none;
	size_t i;

	sigfillset(&action.sa_mask);
	for (i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
		if (sigaction(numbers[i], &action, NULL) == -1)
			return -1;
	action.sa_handler = SIG_IGN;
	if (sigaction(SIGPIPE, &action, NULL) == -1)
		return -1;
	sigemptyset(&none);
	return sigprocmask(SIG_SETMASK, &none, NULL);
}
