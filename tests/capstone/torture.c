/*
 * torture - what was acknowledged is there, however often the server is killed
 *
 *   torture BBSERVE CONF BOARD KILLS WRITERS [SEED]
 *
 * Again and again: starts the server, lets all writers write and replace, one
 * command at a time each, and kills it with SIGKILL at a random moment, while
 * it starts too. Then starts it again and reads every message that has been
 * touched; after 50 times all are read, and a new board is begun. A message
 * must be what was acknowledged last, or was under way when the server died.
 * Prints "KILLS ACKNOWLEDGED LOST"; status 1 when something was lost, or the
 * server didn't start.
 */
#define _GNU_SOURCE /* pipe2 */

#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/wait.h>

#include <err.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "serve.h"

enum {
	WRITERS_MAX = 200,
	LINE = 512,
	FAULT = 99,
	MOST_MS = 30,
	BOARD = 50 /* kills */
};

/* A text is the number of the command that wrote it, and a filling. */
struct message {
	unsigned long text;    /* acknowledged; 0: never seen */
	unsigned long pending; /* a replacement under way, or 0 */
	int touched;           /* since it was last read */
};

struct writer {
	int fd;
	unsigned long text;    /* of the command under way */
	unsigned long replace; /* which message; 0: a new one */
	char line[LINE];
	size_t size;
};

static struct server server;
static struct writer writers[WRITERS_MAX];
static int writers_count;
static struct message *messages;
static unsigned long count, capacity; /* of messages */
static unsigned long commands, acknowledged, lost;

static struct message *
message(unsigned long number)
{
	if (number >= capacity) {
		const unsigned long more = 2 * number + 1024;

		messages = realloc(messages, more * sizeof *messages);
		if (messages == NULL)
			err(FAULT, "messages");
		memset(messages + capacity, 0,
		    (more - capacity) * sizeof *messages);
		capacity = more;
	}
	if (number > count)
		count = number;
	return &messages[number];
}

static void
command(struct writer *w)
{
	static const char filling[] = "abcdefghijklmnopqrstuvwxyz0123456789";
	char line[LINE];
	int length = (int)(random() % (long)(sizeof filling - 1));

	w->text = ++commands;
	w->replace = count > 0 && random() % 4 == 0
	    ? 1 + (unsigned long)random() % count : 0;
	if (w->replace > 0 && message(w->replace)->pending != 0)
		w->replace = 0; /* another writer is at it */
	if (w->replace > 0) {
		message(w->replace)->pending = w->text;
		message(w->replace)->touched = 1;
		length = snprintf(line, sizeof line, "REPLACE %lu %lu %.*s\n",
		    w->replace, w->text, length, filling);
	} else {
		length = snprintf(line, sizeof line, "WRITE %lu %.*s\n",
		    w->text, length, filling);
	}
	(void)!send(w->fd, line, (size_t)length, MSG_NOSIGNAL);
}

static void
reply(struct writer *w, const char *line)
{
	unsigned long number;

	if (strncmp(line, "220 ", 4) == 0)
		return;
	if (strncmp(line, "250 hello", 9) == 0) {
		command(w);
		return;
	}
	if (sscanf(line, "250 %lu", &number) != 1 ||
	    (w->replace > 0 && number != w->replace))
		errx(1, "unexpected reply: %s", line);
	message(number)->text = w->text;
	message(number)->touched = 1;
	if (w->replace > 0)
		message(number)->pending = 0;
	acknowledged++;
	command(w);
}

/* Returns 0 at the end of the connection. */
static int
receive(struct writer *w)
{
	ssize_t n = recv(w->fd, w->line + w->size, sizeof w->line - w->size, 0);
	char *newline;

	if (n <= 0)
		return 0;
	w->size += (size_t)n;
	while ((newline = memchr(w->line, '\n', w->size)) != NULL) {
		size_t done = (size_t)(newline + 1 - w->line);

		*newline = '\0';
		reply(w, w->line);
		w->size -= done;
		memmove(w->line, newline + 1, w->size);
	}
	return 1;
}

/* Writes until the timer says so; then kills, and hears the rest. */
static void
write_and_kill(int timer)
{
	const struct itimerspec due = {
	    .it_value.tv_nsec = 1 + random() % (MOST_MS * 1000000L)};
	struct pollfd fds[WRITERS_MAX + 1];
	int i, open = writers_count;

	timerfd_settime(timer, 0, &due, NULL);
	for (i = 0; i < writers_count; i++) {
		fds[i] = (struct pollfd){.events = POLLIN};
		fds[i].fd = writers[i].fd = server_connect(&server);
		writers[i].size = 0;
		writers[i].replace = writers[i].text = 0;
		(void)!write(fds[i].fd, "USER torture\n", 13);
	}
	fds[i] = (struct pollfd){.fd = timer, .events = POLLIN};
	while (open > 0) {
		poll(fds, (nfds_t)writers_count + 1, -1);
		for (i = 0; i < writers_count; i++) {
			if (fds[i].revents == 0 || receive(&writers[i]))
				continue;
			close(fds[i].fd);
			fds[i].fd = -1;
			open--;
		}
		if (fds[writers_count].revents != 0) {
			server_end(&server, SIGKILL);
			fds[writers_count].fd = -1;
			fds[writers_count].revents = 0;
			server_turn_away(&server);
		}
	}
}

static void
verify(FILE *replies, FILE *requests, unsigned long number)
{
	struct message *m = message(number);
	char line[LINE];
	unsigned long text = 0;

	fprintf(requests, "READ %lu\n", number);
	fflush(requests);
	if (fgets(line, sizeof line, replies) == NULL)
		errx(1, "no reply to READ %lu", number);
	if (sscanf(line, "211 %*u %*s torture %lu", &text) != 1 && m->text > 0)
		warnx("message %lu: %s", number, line);
	if (m->text > 0 && text != m->text &&
	    (m->pending == 0 || text != m->pending)) {
		warnx("message %lu: %lu acknowledged, %lu under way: %s",
		    number, m->text, m->pending, line);
		lost++;
	}
	/* What it is now, it must stay. */
	m->text = text;
	m->pending = 0;
	m->touched = 0;
}

/* Starts it, and reads what was touched, or all. */
static void
start_and_verify(int all)
{
	FILE *replies, *requests;
	unsigned long i;
	char line[LINE];
	int fd;

	server_start(&server);
	if (server_await(&server) == -1)
		errx(1, "the server didn't start");
	fd = server_connect(&server);
	replies = fdopen(fd, "r");
	requests = fdopen(dup(fd), "w");
	if (replies == NULL || requests == NULL ||
	    fgets(line, sizeof line, replies) == NULL)
		errx(1, "no greeting");
	for (i = 1; i <= count; i++)
		if (all || message(i)->touched)
			verify(replies, requests, i);
	fclose(replies);
	fclose(requests);
}

static void
begin_anew(void)
{
	server_end(&server, SIGKILL);
	unlink(server.board);
	memset(messages, 0, capacity * sizeof *messages);
	count = 0;
	server_start(&server);
}

int
main(int argc, char *argv[])
{
	long kills, i;
	int timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);

	if (argc < 6)
		errx(2, "usage: torture BBSERVE CONF BOARD KILLS WRITERS "
		    "[SEED]");
	server = (struct server){argv[1], argv[2], argv[3], 0, 0, 0, 0};
	kills = atol(argv[4]);
	writers_count = atoi(argv[5]);
	if (writers_count < 1 || writers_count > WRITERS_MAX)
		errx(2, "1 to %d writers", WRITERS_MAX);
	srandom(argc > 6 ? (unsigned int)atoi(argv[6]) : 1);
	server_bind(&server);
	server_start(&server);
	for (i = 0; i < kills; i++) {
		/* Sometimes while it starts, sometimes long after. */
		if (random() % 4 != 0 && server_await(&server) == -1)
			errx(1, "the server didn't start");
		write_and_kill(timer);
		start_and_verify(i % BOARD == BOARD - 1 || i == kills - 1);
		if (i % BOARD == BOARD - 1)
			begin_anew();
	}
	if (server_await(&server) == -1 || server_end(&server, SIGTERM) != 0)
		errx(1, "the server didn't end well");
	printf("%ld %lu %lu\n", kills, acknowledged, lost);
	return lost != 0;
}
