/*
 * report - say what happens, to whoever listens
 */
#define _POSIX_C_SOURCE 200809L /* dprintf */

#include <stdarg.h>
#include <time.h>

#include "bbserve.h"
#include "daemon.h"
#include "notify.h"

int verbosity, has_log, launcher = -1;

void
say(int priority, const char *format, ...)
{
	char text[1024];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	if (priority > LOG_NOTICE + verbosity)
		return;
	if (has_log)
		log_message(priority, "%s", text);
	else if (launcher == -1 && getenv("JOURNAL_STREAM") != NULL)
		dprintf(STDERR_FILENO, "<%d>%s\n", priority, text);
	else if (launcher == -1)
		dprintf(STDERR_FILENO, "bbserve: %s\n", text);
	if (launcher != -1 && priority == LOG_CRIT)
		dprintf(launcher, "%s", text); /* it repeats this */
}

void
report(const char *state)
{
	struct timespec now;
	char text[64];

	clock_gettime(CLOCK_MONOTONIC, &now);
	snprintf(text, sizeof text, "%s\nMONOTONIC_USEC=%lld", state,
	    now.tv_sec * 1000000LL + now.tv_nsec / 1000);
	notify(text);
	if (launcher != -1) { /* the first state is that we serve */
		dprintf(launcher, "\n");
		close(launcher);
		launcher = -1;
	}
}
