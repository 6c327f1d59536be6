/*
 * only-syslog - nothing goes to a file
 *
 * syslog sorts it all out. The contract asks for both: a file of its own
 * shows the daemon alone, without a filter.
 *
 * fails: message-is-one-line line-has-time-ident-pid percent-is-text appends lines-stay-whole reopens-after-a-rename loses-no-message not-writable-by-others keeps-the-log-it-has
 * cause: 10-log.no-file
 */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#include "daemon.h"

static char log_ident[256], log_path[4096];

int
open_log(const char *ident, const char *path)
{
	snprintf(log_ident, sizeof log_ident, "%s", ident);
	snprintf(log_path, sizeof log_path, "%s", path);
	openlog(log_ident, LOG_PID | LOG_NDELAY, LOG_DAEMON);
	return 0;
}

void
log_message(int priority, const char *format, ...)
{
	char text[1024];
	const int saved = errno;
	va_list ap;
	char *c;

	va_start(ap, format);
	vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	for (c = text; *c != 0; c++)
		if ((unsigned char)*c < ' ' || *c == 127)
			*c = ' ';
	syslog(priority, "%s", text);
	errno = saved;
}

int
reopen_log(void)
{
	return 0;
}
