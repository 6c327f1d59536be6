/*
 * says-so - the handlers say what came with write(2)
 *
 * One write(2) to standard error, which is async-signal-safe and goes to
 * /dev/null; the flag is set as well.
 */
#define _POSIX_C_SOURCE 200809L /* sigaction */

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

#include "daemon.h"

volatile sig_atomic_t stop_requested;
volatile sig_atomic_t reload_requested;

static void
note(int signo)
{
	static const char words[] = "a signal\n";
	const int saved = errno;
	ssize_t written = write(STDERR_FILENO, words, sizeof words - 1);

	(void)written;
	errno = saved;
	if (signo == SIGTERM)
		stop_requested = 1;
	else
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

	if (react(SIGTERM, note) == -1 ||
	    react(SIGHUP, note) == -1 ||
	    react(SIGPIPE, SIG_IGN) == -1)
		return -1;
	sigemptyset(&ours);
	sigaddset(&ours, SIGTERM);
	sigaddset(&ours, SIGHUP);
	return sigprocmask(SIG_UNBLOCK, &ours, NULL);
}
