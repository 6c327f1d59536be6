/*
 * syslog - datagrams of /dev/log: no byte of the text is lost, and one that
 * says the same is understood as the same
 */
#define _GNU_SOURCE
#include "observe/syslog.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"

static void
look_at(const struct message *m, size_t length)
{
	size_t line = strlen(m->line), end = strlen(m->text);

	promise(line <= length, "%zu bytes became %zu", length, line);
	promise(end <= line && strcmp(m->line + line - end, m->text) == 0,
	    "the line doesn't end with its text: %s", m->text);
	promise((m->facility == -1) == (m->severity == -1), "%d and %d",
	    m->facility, m->severity);
	promise(m->facility >= -1 && m->facility <= 23 && m->severity >= -1 &&
	    m->severity <= 7, "facility %d, severity %d", m->facility,
	    m->severity);
	promise(m->claimed >= -1, "claimed %d", m->claimed);
	promise(m->facility != -1 || (m->ident == NULL &&
	    end == line), "understood without a priority: %s", m->line);
	if (m->ident == NULL)
		promise(m->claimed == -1, "%d without name", m->claimed);
	else
		promise(m->ident[0] != '\0' && strpbrk(m->ident, " :[") ==
		    NULL, "ident %s", m->ident);
}

/* The same message as the C library would send it. */
static char *
compose(const struct message *m)
{
	if (m->facility == -1)
		return text("%s", m->text);
	if (m->ident == NULL)
		return text("<%d>Nov 21 08:15:30 %s",
		    m->facility << 3 | m->severity, m->text);
	if (m->claimed == -1)
		return text("<%d>Nov 21 08:15:30 %s: %s",
		    m->facility << 3 | m->severity, m->ident, m->text);
	return text("<%d>Nov 21 08:15:30 %s[%d]: %s",
	    m->facility << 3 | m->severity, m->ident, m->claimed, m->text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct run run = { 0 }, again = { 0 };
	struct message *message = observation_add(&run, messages,
	    message_count);
	struct message *copy = observation_add(&again, messages,
	    message_count);
	char *composed;

	syslog_parse(message, (const char *)bytes, length);
	look_at(message, length);
	composed = compose(message);
	syslog_parse(copy, composed, strlen(composed));
	free(message->line);
	free(copy->line);
	message->line = copy->line = NULL;
	promise_same(&again, &run, composed);
	free(composed);
	run_free(&run);
	run_free(&again);
	return 0;
}
