/*
 * words - what stands in a text: numbers, signals, lines
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checks/words.h"
#include "observe/observation.h"

bool
same_text(const char *one, const char *other)
{
	return one != NULL && other != NULL && strcmp(one, other) == 0;
}

bool
number_in(const char *list, int number)
{
	char *end;
	long value;

	while (list != NULL && *list != '\0') {
		value = strtol(list, &end, 10);
		if (end == list)
			return false;
		if (value == number)
			return true;
		list = end;
	}
	return false;
}

bool
names_number(const char *words, int number)
{
	char *end;

	while (words != NULL && *words != '\0') {
		if (!isdigit((unsigned char)*words)) {
			words++;
			continue;
		}
		if (strtol(words, &end, 10) == number)
			return true;
		words = end;
	}
	return false;
}

int
signal_in(const char *set, int number)
{
	unsigned long long bits;
	char *end;

	if (set == NULL || !isxdigit((unsigned char)*set) || number < 1 ||
	    number > 64)
		return -1;
	bits = strtoull(set, &end, 16);
	if (*end != '\0')
		return -1;
	return (int)(bits >> (number - 1) & 1);
}

const char *
signal_word(int number)
{
	/* Of all signals that a lab meets; a real-time one keeps a number. */
	static const char *const words[] = { "signal 0", "SIGHUP", "SIGINT",
	    "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE",
	    "SIGKILL", "SIGUSR1", "SIGSEGV", "SIGUSR2", "SIGPIPE", "SIGALRM",
	    "SIGTERM", "SIGSTKFLT", "SIGCHLD", "SIGCONT", "SIGSTOP",
	    "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGURG", "SIGXCPU", "SIGXFSZ",
	    "SIGVTALRM", "SIGPROF", "SIGWINCH", "SIGIO", "SIGPWR", "SIGSYS" };

	if (number < 0 || number >= (int)(sizeof(words) / sizeof(words[0])))
		return "a real-time signal";
	return words[number];
}

const char *
short_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

char *
quoted(const char *content)
{
	char *quote = NULL, *end;
	size_t size = 0;

	for (const char *c = content; *c != '\0'; c++)
		size += isprint((unsigned char)*c) ? 2 : 4;
	quote = text("%*s", (int)size + 2, "");
	end = quote;
	*end++ = '"';
	for (; *content != '\0'; content++) {
		if (*content == '\n')
			end += sprintf(end, "\\n");
		else if (*content == '"' || *content == '\\')
			end += sprintf(end, "\\%c", *content);
		else if (isprint((unsigned char)*content))
			*end++ = *content;
		else
			end += sprintf(end, "\\%03o",
			    (unsigned)(unsigned char)*content);
	}
	*end++ = '"';
	*end = '\0';
	return quote;
}
