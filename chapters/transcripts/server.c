/* server.c - a server as a supervisor wants it: in front, on standard error */
#include <signal.h>
#include <stdio.h>

int
main(void)
{
	sigset_t set;
	int number;

	sigemptyset(&set);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	fputs("server: ready\n", stderr);
	while (sigwait(&set, &number) == 0 && number == SIGHUP)
		fputs("server: reloaded\n", stderr);
	fputs("server: stopped\n", stderr);
	return 0;
}
