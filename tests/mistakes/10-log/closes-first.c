/*
 * closes-first - reopen_log closes the old file, then opens the new one
 *
 * One after the other, as it reads best; only the main loop logs, so nobody
 * can speak in between. When the new one can't be opened (no right, no space,
 * something else of that name) there is no log any more, and the sentence
 * that would say so is the first that is lost.
 *
 * fails: keeps-the-log-it-has
 * cause: 10-log.given-up
 */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#include "daemon.h"

static char log_ident[256], log_path[4096];
static int log_file = -1;

static int
open_file(void)
{
	return open(log_path,
	    O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0640);
}

int
open_log(const char *ident, const char *path)
{
	snprintf(log_ident, sizeof log_ident, "%s", ident);
	snprintf(log_path, sizeof log_path, "%s", path);
	log_file = open_file();
	if (log_file == -1)
		return -1;
	tzset();
	openlog(log_ident, LOG_PID | LOG_NDELAY, LOG_DAEMON);
	return 0;
}

void
log_message(int priority, const char *format, ...)
{
	char text[1024], stamp[32], line[2048];
	const int saved = errno;
	const time_t now = time(NULL);
	struct tm tm;
	va_list ap;
	int length;
	char *c;

	va_start(ap, format);
	vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	for (c = text; *c != 0; c++)
		if ((unsigned char)*c < ' ' || *c == 127)
			*c = ' ';
	localtime_r(&now, &tm);
	strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%S%z", &tm);
	length = snprintf(line, sizeof line, "%s %s[%ld]: %s\n", stamp,
	    log_ident, (long)getpid(), text);
	if (write(log_file, line, (size_t)length) == -1)
		syslog(LOG_ERR, "%s: %s", log_path, strerror(errno));
	syslog(priority, "%s", text);
	errno = saved;
}

int
reopen_log(void)
{
	close(log_file);
	log_file = open_file();
	return log_file == -1 ? -1 : 0;
}
