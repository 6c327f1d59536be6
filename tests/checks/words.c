/*
 * words - what stands in a text: numbers, signals, lines
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checks/words.h"
#include "language.h"
#include "observe/observation.h"

/* Device numbers of terminals, the kernel's devices.txt. */
enum { TTY_MAJOR = 4, FIRST_SERIAL = 64, PTS_MAJOR = 136, PTS_LAST = 143 };

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

const char *
type_words(const char *type)
{
	static const struct {
		const char *type, *words;
	} types[] = {
		{ "file", N_("a regular file") },
		{ "directory", N_("a directory") },
		{ "character", N_("a character device") },
		{ "block", N_("a block device") },
		{ "pipe", N_("a pipe") },
		{ "socket", N_("a socket") },
		{ "link", N_("a symbolic link") },
	};

	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (same_text(types[i].type, type))
			return _(types[i].words);
	return type != NULL ? type : "?";
}

/* proc(5): "the minor device number is contained in the combination of bits
 * 31 to 20 and 7 to 0; the major device number is in bits 15 to 8". */
char *
terminal_name(int number)
{
	const unsigned bits = (unsigned)number;
	const unsigned major = bits >> 8 & 0xff;
	const unsigned minor = (bits >> 12 & 0xfff00) | (bits & 0xff);

	if (major >= PTS_MAJOR && major <= PTS_LAST)
		return text("pts/%u", (major - PTS_MAJOR) * 256 + minor);
	if (major == TTY_MAJOR && minor < FIRST_SERIAL)
		return text("tty%u", minor);
	if (major == TTY_MAJOR)
		return text("ttyS%u", minor - FIRST_SERIAL);
	return text("%u:%u", major, minor);
}

/* A state's letter, proc(5), about a process. */
static const char *
state_format(char state)
{
	switch (state) {
	case 'R':
		return _("process %d is running");
	case 'T':
	case 't':
		return _("process %d is stopped");
	case 'Z':
	case 'X':
		return _("process %d has ended");
	default:
		return _("process %d sleeps");
	}
}

char *
timeout_words(const char *timeout)
{
	static const char word[] = "PID ";
	char *all = text("%s", ""), *one, *longer;
	char state;
	int pid;

	for (const char *at = strstr(timeout, word); at != NULL;
	    at = strstr(at + 1, word)) {
		if (sscanf(at, "PID %d %c", &pid, &state) != 2)
			continue;
		one = text(state_format(state), pid);
		longer = text("%s%s%s", all, *all != '\0' ? ", " : "", one);
		free(one);
		free(all);
		all = longer;
	}
	longer = *all == '\0' ? text("%s", timeout) :
	    text("%s%s", all, strstr(timeout, ", ...") ? ", ..." : "");
	free(all);
	return longer;
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
