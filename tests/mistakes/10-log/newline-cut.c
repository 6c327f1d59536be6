/*
 * newline-cut - adds the newline last, if there is room left for it
 *
 * snprintf and strncat never write too far: what doesn't fit they leave out,
 * and that is the end, the newline too. The next message goes on in the same
 * line.
 *
 * fails: message-is-one-line
 * cause: 10-log.too-long
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
	char stamp[32], line[1200], *text, *c;
	const int saved = errno;
	const time_t now = time(NULL);
	struct tm tm;
	va_list ap;

	localtime_r(&now, &tm);
	strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%S%z", &tm);
	snprintf(line, sizeof line, "%s %s[%ld]: ", stamp, log_ident,
	    (long)getpid());
	text = line + strlen(line);
	va_start(ap, format);
	vsnprintf(text, (size_t)(line + sizeof line - text), format, ap);
	va_end(ap);
	for (c = text; *c != 0; c++)
		if ((unsigned char)*c < ' ' || *c == 127)
			*c = ' ';
	syslog(priority, "%s", text);
	strncat(line, "\n", sizeof line - strlen(line) - 1);
	if (write(log_file, line, strlen(line)) == -1)
		syslog(LOG_ERR, "%s: %s", log_path, strerror(errno));
	errno = saved;
}

int
reopen_log(void)
{
	const int fd = open_file();

	if (fd == -1)
		return -1;
	close(log_file);
	log_file = fd;
	return 0;
}
