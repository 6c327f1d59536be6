/*
 * log-file - sends 1 and 2 to a log file that nobody asked for
 *
 * Output may as well be kept, one thinks. It can't be told where, grows for
 * ever, and no SIGHUP reopens it: a log is the business of step 10.
 *
 * fails: makes-no-other-file stdio-is-dev-null output-can-be-written
 * cause: common.files
 */
#include <fcntl.h>
#include <unistd.h>

#include "daemon.h"

int
redirect_stdio(void)
{
	int null = open("/dev/null", O_RDWR), log;

	log = open("/tmp/daemon.out", O_WRONLY | O_CREAT | O_APPEND, 0640);
	if (null == -1 || log == -1)
		return -1;
	if (dup2(log, STDERR_FILENO) == -1 || dup2(null, STDIN_FILENO) == -1 ||
	    dup2(STDERR_FILENO, STDOUT_FILENO) == -1)
		return -1;
	if (null > STDERR_FILENO)
		close(null);
	if (log > STDERR_FILENO)
		close(log);
	return 0;
}
