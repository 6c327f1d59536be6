/*
 * garbage - random and mutated lines; the server must stand, and serve others
 *
 *   garbage BBSERVE CONF BOARD LINES [SEED]
 *
 * Lines go out through a few connections, which end by QUIT, by a half-close
 * or by a reset. Each reply line must look like one. Now and then an honest
 * client looks in. Prints "LINES REPLIES"; status 1 when a reply was garbage
 * too, the honest client wasn't served, or the server didn't end with 0.
 */
#define _GNU_SOURCE /* for the headers */

#include <sys/socket.h>

#include <ctype.h>
#include <err.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "serve.h"

enum { CONNECTION = 500, LINE_MAX = 3000, REPLY = 8192 };

static struct server server;
static unsigned long lines, replies;

/* A line from the grammar, and then changed, or made of nothing but chance. */
static size_t
make_line(char line[LINE_MAX + 64])
{
	static const char *const starts[] = {"USER ", "READ ", "WRITE ",
	    "REPLACE ", "REPLACE 1 ", "LIST", "QUIT", "user bob", "read 1",
	    "", " ", "READ 99999999999999999999999", "REPLACE -1 x",
	    "USER bob\nWRITE "};
	const char *start =
	    starts[(size_t)random() % (sizeof starts / sizeof *starts)];
	size_t size = (size_t)snprintf(line, LINE_MAX, "%s", start), i;
	size_t more = random() % 50 == 0 ? (size_t)random() % LINE_MAX / 2
	                                 : (size_t)random() % 40;
	int chance = (int)(random() % 4);

	for (i = 0; i < more; i++)
		line[size++] = (char)(chance > 1 ? random() % 256
		                                 : 'a' + random() % 26);
	if (chance == 1 && size > 0)
		line[(size_t)random() % size] = (char)(random() % 256);
	if (random() % 3 == 0)
		line[size++] = '\r';
	line[size++] = '\n';
	return size;
}

/* Three digits, then a blank or a hyphen; no control characters. */
static int
is_reply(const char *line, size_t size)
{
	size_t i;

	if (size < 5 || !isdigit((unsigned char)line[0]) ||
	    !isdigit((unsigned char)line[1]) ||
	    !isdigit((unsigned char)line[2]) ||
	    (line[3] != ' ' && line[3] != '-') || line[size - 1] != '\r')
		return 0;
	for (i = 0; i < size - 1; i++)
		if (iscntrl((unsigned char)line[i]))
			return 0;
	return 1;
}

/* Takes what has come; -1 at the end of the connection. */
static int
hear(int fd, char text[REPLY], size_t *size)
{
	ssize_t n = recv(fd, text + *size, REPLY - *size, MSG_DONTWAIT);
	char *newline;

	if (n == 0 || (n == -1 && *size == REPLY))
		return -1;
	*size += n > 0 ? (size_t)n : 0;
	while ((newline = memchr(text, '\n', *size)) != NULL) {
		const size_t length = (size_t)(newline - text);

		if (!is_reply(text, length))
			errx(1, "no reply: %.*s", (int)length, text);
		replies++;
		*size -= length + 1;
		memmove(text, newline + 1, *size);
	}
	return 0;
}

static void
one_connection(unsigned long most)
{
	const struct linger reset = {.l_onoff = 1};
	char line[LINE_MAX + 64], text[REPLY] = "";
	size_t size = 0;
	int fd = server_connect(&server), alive = 1;

	while (alive && most-- > 0) {
		size_t length = make_line(line);

		struct pollfd ready = {.fd = fd, .events = POLLIN | POLLOUT};

		poll(&ready, 1, -1);
		if (ready.revents & POLLOUT)
			alive = send(fd, line, length,
			    MSG_NOSIGNAL | MSG_DONTWAIT) != -1;
		lines++;
		alive = hear(fd, text, &size) == 0 && alive;
	}
	switch (random() % 3) {
	case 0:
		(void)!send(fd, "\nQUIT\n", 6, MSG_NOSIGNAL | MSG_DONTWAIT);
		/* FALLTHROUGH */
	case 1:
		shutdown(fd, SHUT_WR);
		while (alive) {
			struct pollfd ready = {.fd = fd, .events = POLLIN};

			poll(&ready, 1, -1);
			alive = hear(fd, text, &size) == 0 &&
			    (ready.revents & (POLLERR | POLLHUP)) == 0;
		}
		break;
	default:
		setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
	}
	close(fd);
}

static void
look_in(void)
{
	static const char commands[] = "USER honest\nWRITE still here\nQUIT\n";
	FILE *stream = fdopen(server_connect(&server), "r+");
	char line[REPLY];
	unsigned long number = 0;

	if (stream == NULL || fputs(commands, stream) == EOF ||
	    fflush(stream) == EOF)
		errx(1, "the honest client can't write");
	while (fgets(line, sizeof line, stream) != NULL)
		(void)sscanf(line, "250 %lu", &number);
	if (number == 0 || strcmp(line, "221 goodbye\r\n") != 0)
		errx(1, "the honest client was told: %s", line);
	fclose(stream);
}

int
main(int argc, char *argv[])
{
	unsigned long most;
	int status;

	if (argc < 5)
		errx(2, "usage: garbage BBSERVE CONF BOARD LINES [SEED]");
	server = (struct server){argv[1], argv[2], argv[3], 0, 0, 0, 0};
	most = strtoul(argv[4], NULL, 10);
	srandom(argc > 5 ? (unsigned int)atoi(argv[5]) : 1);
	server_bind(&server);
	server_start(&server);
	if (server_await(&server) == -1)
		errx(1, "the server didn't start");
	while (lines < most) {
		one_connection(1 + (unsigned long)random() % CONNECTION);
		look_in();
	}
	status = server_end(&server, SIGTERM);
	printf("%lu %lu\n", lines, replies);
	if (status != 0)
		errx(1, "the server ended with %d", status);
	return 0;
}
