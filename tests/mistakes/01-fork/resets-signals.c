/*
 * resets-signals - all signals back to their defaults, as daemon(7) begins
 *
 * Steps 2 and 3 of daemon(7). Here signals are the business of 09; nobody
 * asked 01 to unblock SIGURG or to stop ignoring SIGUSR2.
 *
 * fails: leaves-the-rest-alone
 * cause: common.signals
 */
#define _GNU_SOURCE /* NSIG */

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
leave_parent(void)
{
	sigset_t none;
	pid_t pid;
	int number;

	for (number = 1; number < NSIG; number++)
		(void)signal(number, SIG_DFL);
	sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	pid = fork();
	if (pid > 0)
		_exit(EXIT_SUCCESS);
	return pid;
}
