/* unsafe - a handler that says what it has caught */
#include <signal.h>
#include <syslog.h>

static void
caught(int signo)
{
	syslog(LOG_INFO, "signal %d", signo);
}

int
main(void)
{
	signal(SIGUSR1, caught);
	for (;;)
		syslog(LOG_INFO, "working");
}
