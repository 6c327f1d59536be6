/*
 * client - one connection, and the commands that come over it
 *
 * Whoever has posted a message waits until its round is on the disk, and so
 * do the commands behind it: each reply is about what is, and comes in order.
 */
#define _DEFAULT_SOURCE /* strcasecmp */

#include <sys/epoll.h>

#include <ctype.h>
#include <stdarg.h>
#include <strings.h>

#include "bbserve.h"

enum { REPLY_MAX = RECORD_MAX + 8 };

static void __attribute__((format(printf, 2, 3)))
reply(struct client *c, const char *format, ...)
{
	char *end = c->output + c->output_size;
	va_list arguments;

	va_start(arguments, format);
	end += vsnprintf(end, REPLY_MAX, format, arguments);
	va_end(arguments);
	*end++ = '\r';
	*end++ = '\n';
	c->output_size = (size_t)(end - c->output);
}

struct client *
client_new(const struct bbconf *conf, int in, int out, const char *address)
{
	struct client *c = malloc(sizeof *c + conf->line + conf->backlog);

	if (c == NULL)
		return NULL;
	*c = (struct client){.in = in, .out = out, .input_max = conf->line,
	    .output = c->input + conf->line, .output_max = conf->backlog};
	c->may_write = bbconf_may_write(conf, address);
	reply(c, "220 bbserve: USER READ WRITE REPLACE LIST QUIT");
	return c;
}

static ssize_t
reply_message(struct client *c, const char *code, unsigned long number)
{
	char record[RECORD_MAX];
	ssize_t length = board_read(number, record);

	if (length > 0)
		reply(c, "%s%.*s", code, (int)length, record);
	return length;
}

static void
read_message(struct client *c, const char *text)
{
	unsigned long number;
	ssize_t length;
	char more;

	if (sscanf(text, "%lu%c", &number, &more) != 1)
		reply(c, "501 READ NUMBER");
	else if ((length = reply_message(c, "211 ", number)) == 0)
		reply(c, "550 no message %lu", number);
	else if (length == -1)
		reply(c, "451 message %lu can't be read", number);
}

static void
list_more(struct client *c)
{
	(void)reply_message(c, "212-", c->listing);
	if (c->listing++ >= board_count()) {
		reply(c, "212 that is all");
		c->listing = 0;
	}
}

static void
post(struct client *c, unsigned long number, const char *text)
{
	if (*text == '\0')
		reply(c, "501 WRITE TEXT, REPLACE NUMBER TEXT");
	else if (!c->may_write)
		reply(c, "530 no writing from your address");
	else if (c->user[0] == '\0')
		reply(c, "503 USER first");
	else if (number > board_count())
		reply(c, "550 no message %lu", number);
	else
		c->posted = board_post(number, c->user, text);
}

static void
obey(struct client *c, char *line)
{
	char *text = line + strcspn(line, " "), name[sizeof c->user] = "", more;
	unsigned long number = 0;
	int digits = 0;

	if (*text == ' ')
		*text++ = '\0';
	if (strcasecmp(line, "USER") == 0) {
		if (sscanf(text, "%32[A-Za-z0-9._-]%c", name, &more) != 1) {
			reply(c, "501 USER NAME: 1 to 32 of A-Z a-z 0-9 . _ -");
			return;
		}
		memcpy(c->user, name, sizeof name);
		reply(c, "250 hello %s", name);
	} else if (strcasecmp(line, "READ") == 0) {
		read_message(c, text);
	} else if (strcasecmp(line, "WRITE") == 0) {
		post(c, 0, text);
	} else if (strcasecmp(line, "REPLACE") == 0) {
		(void)sscanf(text, "%lu%n", &number, &digits);
		post(c, number, number > 0 && text[digits] == ' '
		    ? text + digits + 1 : "");
	} else if (strcasecmp(line, "LIST") == 0) {
		c->listing = 1;
	} else if (strcasecmp(line, "QUIT") == 0) {
		reply(c, "221 goodbye");
		c->leaving = 1;
	} else {
		reply(c, "500 no such command");
	}
}

/* Returns 0 when there is no whole line. */
static int
obey_line(struct client *c)
{
	char *newline = memchr(c->input, '\n', c->input_size), *end, *p;

	if (newline == NULL && c->input_size == c->input_max) {
		reply(c, "500 a line has %zu bytes at most", c->input_max);
		c->leaving = 1;
	}
	if (newline == NULL)
		return 0;
	end = newline > c->input && newline[-1] == '\r' ? newline - 1 : newline;
	for (p = c->input; p < end && !iscntrl((unsigned char)*p); p++)
		continue;
	*end = '\0';
	if (p < end)
		reply(c, "500 no control characters, please");
	else
		obey(c, c->input);
	c->input_size -= (size_t)(newline + 1 - c->input);
	memmove(c->input, newline + 1, c->input_size);
	return 1;
}

void
client_read(struct client *c)
{
	const size_t room = c->input_max - c->input_size;
	ssize_t n = read(c->in, c->input + c->input_size, room);

	if (n > 0)
		c->input_size += (size_t)n;
	else if (room > 0 && (n == 0 || errno != EAGAIN))
		c->at_end = 1;
}

void
client_obey(struct client *c)
{
	while (!c->leaving && c->posted == 0 &&
	    c->output_size + REPLY_MAX <= c->output_max) {
		if (c->listing > 0)
			list_more(c);
		else if (!obey_line(c))
			return;
		c->progress = 1;
	}
}

int
client_settle(struct client *c, int error)
{
	const int full = c->input_size == c->input_max;
	ssize_t n;

	if (c->posted > 0 && error == 0)
		reply(c, "250 %lu", c->posted);
	else if (c->posted > 0)
		reply(c, error == ENOSPC || error == EDQUOT || error == EFBIG
		    ? "452 no room on the disk, try again later"
		    : "451 the board can't be written any more");
	c->posted = 0;
	n = c->output_size > 0 ? write(c->out, c->output, c->output_size) : 0;
	if (n == -1 && errno != EAGAIN)
		return 0;
	if (n > 0) {
		c->progress = 1;
		c->output_size -= (size_t)n;
		memmove(c->output, c->output + n, c->output_size);
	}
	/* Who has more to be obeyed asks for an event that comes at once. */
	return (c->leaving || c->at_end || full ? 0 : EPOLLIN) |
	    (c->output_size > 0 || (!c->leaving && (c->listing > 0 || full ||
	    memchr(c->input, '\n', c->input_size) != NULL)) ? EPOLLOUT : 0);
}

void
client_dismiss(struct client *c, const char *word)
{
	if (c->output_size > 0)
		return;
	reply(c, "%s", word);
	(void)!write(c->out, c->output, c->output_size);
}
