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
client_new(const struct bbconf *conf, int in, int out, const char *address,
    int is_too_many)
{
	struct client *c = malloc(sizeof *c + conf->line + conf->backlog);

	if (c == NULL)
		return NULL;
	*c = (struct client){.in = in, .out = out, .input_max = conf->line,
	    .output = c->input + conf->line, .output_max = conf->backlog,
	    .may_write = bbconf_may_write(conf, address),
	    .leaving = is_too_many, .progress = 1};
	reply(c, is_too_many ? "421 too many clients"
	    : "220 bbserve: USER READ WRITE REPLACE LIST QUIT");
	return c;
}

/* Returns what board_read does. */
static int
show(struct client *c, const char *code, unsigned long number)
{
	char record[RECORD_MAX];
	const int length = (int)board_read(number, record);

	if (length > 0)
		reply(c, "%s%.*s", code, length, record);
	return length;
}

/* The next line of the list; what can't be shown is passed over. */
static int
list_more(struct client *c)
{
	(void)show(c, "212-", c->listing);
	if (c->listing++ >= board_count) {
		reply(c, "212 that is all");
		c->listing = 0;
	}
	return 1;
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
	else if (number > board_count)
		reply(c, "550 no message %lu", number);
	else
		c->posted = board_post(number, c->user, text);
}

static void
obey(struct client *c, char *line)
{
	char *text = line + strcspn(line, " "), *behind;
	unsigned long number;
	int length = 0;

	if (*text == ' ')
		*text++ = '\0';
	number = strtoul(text, &behind, 10); /* if the command has one */
	if (strcasecmp(line, "USER") == 0) {
		(void)sscanf(text, "%*32[A-Za-z0-9._-]%n", &length);
		if (length == 0 || text[length] != '\0')
			reply(c, "501 USER NAME: 1 to 32 of A-Z a-z 0-9 . _ -");
		else
			reply(c, "250 hello %s", (char *)
			    memcpy(c->user, text, (size_t)length + 1));
	} else if (strcasecmp(line, "READ") == 0) {
		if (behind == text || *behind != '\0')
			reply(c, "501 READ NUMBER");
		else if ((length = show(c, "211 ", number)) <= 0)
			reply(c, length == 0 ? "550 no message %lu"
			    : "451 message %lu can't be read", number);
	} else if (strcasecmp(line, "WRITE") == 0) {
		post(c, 0, text);
	} else if (strcasecmp(line, "REPLACE") == 0) {
		post(c, number, number > 0 && *behind == ' ' ? behind + 1 : "");
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
	    c->output_size + REPLY_MAX <= c->output_max &&
	    (c->listing > 0 ? list_more(c) : obey_line(c)))
		c->progress = 1;
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
