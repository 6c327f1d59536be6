/*
 * unchecked - doesn't look at what open says of the log
 *
 * "There is always syslog." Whoever looks for the file, or has it collected,
 * learns of that weeks later.
 *
 * fails: heeds-every-failure
 * cause: faults.ignored
 */
#define _GNU_SOURCE /* dup3 */

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#include "daemon.h"

enum { MESSAGE_SIZE = 1024, LINE_SIZE = 2048 };

static char log_ident[NAME_MAX + 1]; /* openlog keeps only a pointer */
static char log_path[PATH_MAX];
static int log_file = -1;
static int log_torn; /* the last line in it has no end */

static int
open_file(const char *path)
{
	return open(path,
	    O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW,
	    0640);
}

int
open_log(const char *ident, const char *path)
{
	const size_t ident_size = strlen(ident) + 1;
	const size_t path_size = strlen(path) + 1;

	if (ident_size > sizeof log_ident || path_size > sizeof log_path) {
		errno = ENAMETOOLONG;
		return -1;
	}
	log_file = open_file(path);
	memcpy(log_ident, ident, ident_size);
	memcpy(log_path, path, path_size);
	/* Both now: neither /etc/localtime nor /dev/log is in the jail. */
	tzset();
	openlog(log_ident, LOG_PID | LOG_NDELAY, LOG_DAEMON);
	return 0;
}

/* A newline in a message would let whoever wrote it forge the next line. */
static void
blank_controls(char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text < ' ' || *text == 127)
			*text = ' ';
}

/* line starts with a newline of its own, used only after a torn line. */
static void
append(const char *line, size_t length)
{
	static int told;
	const size_t skip = log_torn ? 0 : 1;
	ssize_t written;

	do
		written = write(log_file, line + skip, length - skip);
	while (written == -1 && errno == EINTR);
	if (written == (ssize_t)(length - skip)) {
		log_torn = told = 0;
		return;
	}
	if (written > 0) {
		log_torn = 1;
		errno = ENOSPC;
	}
	/* Once, not for each message: the disk is full, and syslog's may be. */
	if (!told)
		syslog(LOG_ERR, "%s: %s", log_path, strerror(errno));
	told = 1;
}

void
log_message(int priority, const char *format, ...)
{
	char message[MESSAGE_SIZE] = "", line[LINE_SIZE], stamp[32] = "";
	const int saved = errno;
	struct tm tm;
	time_t now;
	va_list arguments;
	int length;

	/* First of all, while errno is what %m in the format means. */
	va_start(arguments, format);
	vsnprintf(message, sizeof message, format, arguments);
	va_end(arguments);
	blank_controls(message);

	now = time(NULL);
	if (localtime_r(&now, &tm) != NULL)
		strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%S%z", &tm);
	length = snprintf(line, sizeof line, "\n%s %s[%ld]: %s\n", stamp,
	    log_ident, (long)getpid(), message);
	if (length > 0 && log_file != -1)
		append(line, (size_t)length);

	/* Never syslog(priority, message): a % in it would be obeyed. */
	syslog(priority, "%s", message);
	errno = saved;
}

int
reopen_log(void)
{
	struct stat held, named;
	int fd, saved, result;

	/*
	 * If the name still leads to our file there is nothing to do, and
	 * after step 12 we may not be allowed to open what root created.
	 */
	if (fstat(log_file, &held) == -1)
		return -1;
	if (lstat(log_path, &named) == 0 && held.st_dev == named.st_dev &&
	    held.st_ino == named.st_ino)
		return 0;
	fd = open_file(log_path);
	if (fd == -1)
		return -1;
	/* The number stays: at no time are we without a log. */
	result = dup3(fd, log_file, O_CLOEXEC);
	saved = errno;
	close(fd);
	errno = saved;
	if (result == -1)
		return -1;
	log_torn = 0;
	return 0;
}
