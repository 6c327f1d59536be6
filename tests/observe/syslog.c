/*
 * syslog - reads one datagram of /dev/log
 *
 * "<30>Nov 21 08:15:30 ident[123]: text": RFC 3164, chapter 4.1.  Each part
 * may be missing; what comes after the last one understood is the text.
 */
#define _GNU_SOURCE
#include "observe/syslog.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define HIGHEST_PRIORITY	(23 << 3 | 7)	/* local7.debug */

/* The datagram as a string: NULs shown as '?', none at the end. */
static char *
as_string(const char *bytes, size_t length)
{
	char *string;

	while (length > 0 &&
	    (bytes[length - 1] == '\0' || bytes[length - 1] == '\n'))
		length--;
	string = malloc(length + 1);
	if (string == NULL)
		memory_exhausted();
	memcpy(string, bytes, length);
	for (size_t i = 0; i < length; i++)
		if (string[i] == '\0')
			string[i] = '?';
	string[length] = '\0';
	return string;
}

/*
 * Reads a number between two marks, "<30>" or "[123]"; returns what follows
 * it, or NULL.
 */
static const char *
marked_number(const char *p, char open, char close, int highest, int *value)
{
	long read;
	char *end;

	if (p[0] != open || !isdigit((unsigned char)p[1]))
		return NULL;
	read = strtol(p + 1, &end, 10);
	if (*end != close || read > highest)
		return NULL;
	*value = (int)read;
	return end + 1;
}

/* What follows "Nov 21 08:15:30 ", or p itself where that isn't there. */
static const char *
after_time(const char *p)
{
	/* A: a letter, 0: a digit, _: a digit or a blank; else itself. */
	const char *pattern = "AAA _0 00:00:00 ";
	size_t i;

	for (i = 0; pattern[i] != '\0'; i++) {
		unsigned char byte = (unsigned char)p[i];

		if (pattern[i] == 'A' ? !isalpha(byte) :
		    pattern[i] == '0' ? !isdigit(byte) :
		    pattern[i] == '_' ? !isdigit(byte) && byte != ' ' :
		    byte != (unsigned char)pattern[i])
			return p;
	}
	return p + i;
}

/* Reads "ident[123]: " or "ident: "; returns what follows it, or p. */
static const char *
read_ident(struct message *message, const char *p)
{
	size_t length = strcspn(p, " :[");
	const char *end = p + length, *after;
	int claimed = -1;

	after = marked_number(end, '[', ']', INT_MAX, &claimed);
	if (after != NULL)
		end = after;
	if (length == 0 || *end != ':')
		return p;
	message->ident = text("%.*s", (int)length, p);
	message->claimed = claimed;
	return end[1] == ' ' ? end + 2 : end + 1;
}

void
syslog_parse(struct message *message, const char *datagram, size_t length)
{
	const char *rest;
	int priority;

	message->line = as_string(datagram, length);
	message->facility = message->severity = message->claimed = -1;
	rest = marked_number(message->line, '<', '>', HIGHEST_PRIORITY,
	    &priority);
	if (rest == NULL) {
		rest = message->line;
	} else {
		message->facility = priority >> 3;
		message->severity = priority & 7;
		rest = read_ident(message, after_time(rest));
	}
	message->text = text("%s", rest);
}
