/*
 * verdict - how a judge speaks
 */
#define _GNU_SOURCE		/* vasprintf */

#include <err.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "checks/check.h"
#include "checks/verdict.h"
#include "language.h"
#include "observe/observation.h"

enum { HARNESS_FAULT = 99 };

static char *
format_text(const char *format, va_list arguments)
{
	char *result;

	if (vasprintf(&result, format, arguments) == -1)
		err(HARNESS_FAULT, "a judge");
	return result;
}

static void
replace(char **old, char *new)
{
	free(*old);
	*old = new;
}

void
expect(struct verdict *verdict, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	replace(&verdict->expected, format_text(format, arguments));
	va_end(arguments);
}

void
found(struct verdict *verdict, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	replace(&verdict->found, format_text(format, arguments));
	va_end(arguments);
}

void
evidence(struct verdict *verdict, const char *format, ...)
{
	char **line = observation_add(verdict, evidence, evidence_count);
	va_list arguments;

	va_start(arguments, format);
	*line = format_text(format, arguments);
	va_end(arguments);
}

/*
 * The harness's fault and a first blame stay: what came after may follow
 * from them.
 */
void
blame(struct verdict *verdict, const char *cause, const char *question, ...)
{
	va_list arguments;

	if (verdict->status != STATUS_PASS)
		return;
	verdict->status = verdict->check == NULL || verdict->check->required ?
	    STATUS_FAIL : STATUS_ADVICE;
	verdict->cause = cause;
	va_start(arguments, question);
	replace(&verdict->cause_text, format_text(question, arguments));
	va_end(arguments);
}

void
advise_action(struct verdict *verdict, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	replace(&verdict->action, format_text(format, arguments));
	va_end(arguments);
}

void
accuse(struct verdict *verdict, const struct cause *cause)
{
	blame(verdict, cause->key, "%s", _(cause->question));
	advise_action(verdict, "%s", _(cause->action));
}

void
cannot_tell(struct verdict *verdict, const char *format, ...)
{
	va_list arguments;

	if (verdict->status != STATUS_PASS)
		return;
	verdict->status = STATUS_SKIP;
	va_start(arguments, format);
	replace(&verdict->found, format_text(format, arguments));
	va_end(arguments);
}

void
harness_fault(struct verdict *verdict, const char *format, ...)
{
	va_list arguments;

	verdict->status = STATUS_ERROR;
	verdict->cause = NULL;
	replace(&verdict->cause_text, NULL);
	replace(&verdict->action, NULL);
	va_start(arguments, format);
	replace(&verdict->found, format_text(format, arguments));
	va_end(arguments);
}

void
verdict_clear(struct verdict *verdict)
{
	while (verdict->evidence_count > 0)
		free(verdict->evidence[--verdict->evidence_count]);
	free(verdict->evidence);
	free(verdict->expected);
	free(verdict->found);
	free(verdict->cause_text);
	free(verdict->action);
	*verdict = (struct verdict){ .check = NULL };
}

void
cut_short(struct verdict *verdict)
{
	replace(&verdict->cause_text, NULL);
	replace(&verdict->action, NULL);
	/* No advice on what isn't there: one line will do. */
	if (verdict->status != STATUS_ADVICE)
		return;
	replace(&verdict->expected, NULL);
	while (verdict->evidence_count > 0)
		free(verdict->evidence[--verdict->evidence_count]);
}
