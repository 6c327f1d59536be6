/*
 * fopen-mode - the file is made by fopen, in the French article's way
 *
 * fopen asks for 0666 and leaves the rest to the umask. A daemon that was
 * told --umask 0, as daemon(7) and the article "writing a daemon in C" have
 * it, makes a log that anybody may rewrite.
 *
 * fails: not-writable-by-others keeps-the-log-it-has
 * cause: 10-log.world-writable
 */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#include "daemon.h"

static char log_ident[256], log_path[4096];
static FILE *log_file;

int
open_log(const char *ident, const char *path)
{
	snprintf(log_ident, sizeof log_ident, "%s", ident);
	snprintf(log_path, sizeof log_path, "%s", path);
	log_file = fopen(log_path, "ae");
	if (log_file == NULL)
		return -1;
	tzset();
	openlog(log_ident, LOG_PID | LOG_NDELAY, LOG_DAEMON);
	return 0;
}

void
log_message(int priority, const char *format, ...)
{
	char text[1024], stamp[32];
	const int saved = errno;
	const time_t now = time(NULL);
	struct tm tm;
	va_list ap;
	char *c;

	va_start(ap, format);
	vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	for (c = text; *c != 0; c++)
		if ((unsigned char)*c < ' ' || *c == 127)
			*c = ' ';
	localtime_r(&now, &tm);
	strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%S%z", &tm);
	fprintf(log_file, "%s %s[%ld]: %s\n", stamp, log_ident, (long)getpid(),
	    text);
	fflush(log_file);
	syslog(priority, "%s", text);
	errno = saved;
}

int
reopen_log(void)
{
	FILE *file = fopen(log_path, "ae");

	if (file == NULL)
		return -1;
	fclose(log_file);
	log_file = file;
	return 0;
}
