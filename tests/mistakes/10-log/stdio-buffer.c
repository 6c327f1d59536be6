/*
 * stdio-buffer - the file is written through stdio, and nothing flushes it
 *
 * fprintf returns as if it had written. The lines wait in a buffer of 4096
 * bytes: what was said last, which one wants to know after a crash, is not in
 * the file, and lines are cut where the buffer is full.
 * Where all renames come late, closing the old file writes the rest of it.
 *
 * fails: message-is-one-line line-has-time-ident-pid percent-is-text keeps-the-log-it-has
 * either: lines-stay-whole loses-no-message reopens-after-a-rename
 * cause: 10-log.not-written
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
static FILE *log_file;

int
open_log(const char *ident, const char *path)
{
	snprintf(log_ident, sizeof log_ident, "%s", ident);
	snprintf(log_path, sizeof log_path, "%s", path);
	log_file = fdopen(open(log_path, O_WRONLY | O_CREAT | O_APPEND |
	    O_CLOEXEC | O_NOFOLLOW, 0640), "a");
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
	syslog(priority, "%s", text);
	errno = saved;
}

int
reopen_log(void)
{
	FILE *file = fdopen(open(log_path, O_WRONLY | O_CREAT | O_APPEND |
	    O_CLOEXEC | O_NOFOLLOW, 0640), "a");

	if (file == NULL)
		return -1;
	fclose(log_file);
	log_file = file;
	return 0;
}
