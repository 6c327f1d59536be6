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
	const size_t input_max = conf->line + 2; /* CR, LF */
	struct client *c = malloc(sizeof *c + input_max + conf->backlog);

	if (c == NULL)
		return NULL;
	*c = (struct client){.in = in, .out = out};
	c->may_write = bbconf_may_write(conf, address);
	c->input_max = input_max;
	c->output = c->input + input_max;
	c->output_max = conf->backlog;
	reply(c, "220 bbserve: USER READ WRITE REPLACE LIST QUIT");
	return c;
}

static void
set_user(struct client *c, const char *text)
{
	char name[sizeof c->user] = "", extra;

	if (sscanf(text, "%32[A-Za-z0-9._-]%c", name, &extra) != 1) {
		reply(c, "501 USER NAME: 1 to 32 of A-Z a-z 0-9 . _ -");
		return;
	}
	memcpy(c->user, name, sizeof name);
	reply(c, "250 hello %s", name);
}

static void
read_message(struct client *c, const char *text)
{
	char record[RECORD_MAX], extra;
	unsigned long number;
	ssize_t length;

	if (sscanf(text, "%lu%c", &number, &extra) != 1) {
		reply(c, "501 READ NUMBER");
		return;
	}
	length = board_read(number, record, sizeof record);
	if (length > 0)
		reply(c, "211 %.*s", (int)length, record);
	else if (length == 0)
		reply(c, "550 no message %lu", number);
	else
		reply(c, "451 message %lu: %s", number, strerror(errno));
}

static void
list_more(struct client *c)
{
	char record[RECORD_MAX];
	ssize_t length = board_read(c->listing, record, sizeof record);

	if (length > 0)
		reply(c, "212-%.*s", (int)length, record);
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
obey(struct client *c, char *line, size_t length)
{
	const char *text = line + strcspn(line, " ");
	unsigned long number = 0;
	int digits = 0;

	while (length > 0 && !iscntrl((unsigned char)line[length - 1]))
		length--;
	if (*text == ' ')
		line[text++ - line] = '\0';
	if (length > 0) {
		reply(c, "500 no control characters, please");
	} else if (strcasecmp(line, "USER") == 0) {
		set_user(c, text);
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
	const char *newline = memchr(c->input, '\n', c->input_size);
	char line[TEXT_MAX + 1];
	size_t size, length;

	if (newline == NULL && c->input_size < c->input_max)
		return 0;
	size = newline == NULL ? c->input_size
	                       : (size_t)(newline + 1 - c->input);
	length = size - 1;
	if (length > 0 && c->input[length - 1] == '\r')
		length--;
	if (newline == NULL || length > c->input_max - 2) {
		reply(c, "500 a line has %zu bytes at most", c->input_max - 2);
		c->leaving = 1;
	} else {
		memcpy(line, c->input, length);
		line[length] = '\0';
		obey(c, line, length);
	}
	c->input_size -= size;
	memmove(c->input, c->input + size, c->input_size);
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

/* Replies, and sends what is taken: -1 when the connection is broken. */
static int
answer(struct client *c, int error)
{
	ssize_t n = 0;

	if (c->posted > 0 && error == 0)
		reply(c, "250 %lu", c->posted);
	else if (c->posted > 0)
		reply(c, error == ENOSPC || error == EDQUOT || error == EFBIG
		    ? "452 no room on the disk, try again later"
		    : "451 the board can't be written any more");
	c->posted = 0;
	if (c->output_size > 0)
		n = write(c->out, c->output, c->output_size);
	if (n == -1)
		return errno == EAGAIN ? 0 : -1;
	c->progress |= n > 0;
	c->output_size -= (size_t)n;
	memmove(c->output, c->output + n, c->output_size);
	return 0;
}

int
client_settle(struct client *c, int error)
{
	const int full = c->input_size == c->input_max;
	int events = 0;

	if (answer(c, error) == -1)
		return 0;
	if (!c->leaving && !c->at_end && !full)
		events |= EPOLLIN;
	/* Who has more to be obeyed asks for an event that comes at once. */
	if (c->output_size > 0 || (!c->leaving && (c->listing > 0 || full ||
	    memchr(c->input, '\n', c->input_size) != NULL)))
		events |= EPOLLOUT;
	return events;
}

void
client_dismiss(struct client *c, const char *word)
{
	if (c->output_size > 0)
		return;
	reply(c, "%s", word);
	(void)!write(c->out, c->output, c->output_size);
}
