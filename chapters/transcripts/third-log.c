/* third-log.c - the third article's three lines, in a program */
#include <syslog.h>

int
main(int argc, char *argv[])
{
	(void)argc;
	openlog(argv[0], LOG_NOWAIT|LOG_PID, LOG_USER);
	syslog(LOG_NOTICE, "Successfully started daemon\n");
	closelog();
}
