/*
 * manners - what clients of all manners get, and what the others get then
 *
 *   manners BBSERVE FOLDER [USER]
 *
 * Configurations and boards are made in FOLDER; USER is whom root becomes.
 * Prints "ok - property" or "not ok - property", and what was found.
 */
#define _GNU_SOURCE /* prlimit */

#include <sys/resource.h>
#include <sys/socket.h>

#include <err.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "serve.h"

enum { SIZE = 1 << 20, FAULT = 99, PATIENCE = 20000 };

static struct server server;
static char conf[4096], board[4096];
static const char *user;
static char heard[SIZE];
static size_t heard_size;
static int failures;

static void
expect(int right, const char *property)
{
	printf("%sok - %s\n", right ? "" : "not ", property);
	if (!right)
		printf("# %.300s\n", heard);
	fflush(stdout);
	failures += !right;
}

static void __attribute__((format(printf, 1, 2)))
configure(const char *format, ...)
{
	FILE *file = fopen(conf, "w");
	va_list arguments;

	if (file == NULL)
		err(FAULT, "%s", conf);
	if (user != NULL)
		fprintf(file, "user %s\n", user);
	va_start(arguments, format);
	vfprintf(file, format, arguments);
	va_end(arguments);
	fclose(file);
}

static void
start(void)
{
	unlink(board);
	server_start(&server);
	if (server_await(&server) == -1)
		errx(FAULT, "the server didn't start");
}

static void
tell(int fd, const char *text)
{
	(void)!send(fd, text, strlen(text), MSG_NOSIGNAL);
}

/* Hears until the last line begins so; or, for NULL, to the end. */
static int
hear(int fd, const char *last)
{
	heard_size = 0;
	for (;;) {
		struct pollfd ready = {.fd = fd, .events = POLLIN};
		const char *line;
		ssize_t n;

		heard[heard_size] = '\0';
		line = heard_size == 0 ? NULL
		    : memrchr(heard, '\n', heard_size - 1);
		line = line == NULL ? heard : line + 1;
		if (last != NULL && heard_size > 0 &&
		    heard[heard_size - 1] == '\n' &&
		    strncmp(line, last, strlen(last)) == 0)
			return 1;
		if (poll(&ready, 1, PATIENCE) != 1)
			return 0;
		n = recv(fd, heard + heard_size, SIZE - 1 - heard_size, 0);
		if (n <= 0)
			return last == NULL && n == 0;
		heard_size += (size_t)n;
	}
}

/* A client that has said who it is. */
static int
client(void)
{
	int fd = server_connect(&server);

	tell(fd, "USER ann\n");
	if (!hear(fd, "250 hello ann"))
		errx(1, "no hello: %s", heard);
	return fd;
}

static int
is_served(void)
{
	int fd = client(), served;

	tell(fd, "WRITE somebody else\n");
	served = hear(fd, "250 ");
	close(fd);
	return served;
}

static int
count(const char *word)
{
	const char *at = heard;
	int n = 0;

	while ((at = strstr(at, word)) != NULL) {
		at++;
		n++;
	}
	return n;
}

static void
test_commands(void)
{
	int fd;

	configure("write 127.\n");
	start();
	fd = server_connect(&server);
	tell(fd, "WRITE x\nuser a.b_c-9\r\nWRITE one\nREAD 1\nWRITE two  2\n"
	    "REPLACE 1 uno\nREAD 1\nREAD 3\nREPLACE 3 x\nLIST\nQUIT\nREAD 1\n");
	expect(hear(fd, NULL) && strstr(heard, "\r\n503 ") &&
	    strstr(heard, "\r\n250 hello a.b_c-9\r\n250 1\r\n211 1 ") &&
	    strstr(heard, " a.b_c-9 one\r\n250 2\r\n250 1\r\n211 1 ") &&
	    strstr(heard, " a.b_c-9 uno\r\n550 no message 3\r\n550 ") &&
	    strstr(heard, " a.b_c-9 uno\r\n212-2 ") &&
	    strstr(heard, " a.b_c-9 two  2\r\n212 that is all\r\n221 ") &&
	    count("221") == 1 && strstr(heard, "221 goodbye\r\n")[13] == '\0',
	    "pipelined commands are answered in order, up to QUIT");
	close(fd);
	fd = server_connect(&server);
	tell(fd, "USER\nUSER a b\nUSER 123456789012345678901234567890123\n"
	    "READ\nREAD x\nREAD 1 2\nWRITE\nREPLACE 1\nREPLACE x y\n"
	    "REPLACE 0 y\nREPLACE 1x\nHELP\n\nREADX 1\nQUIT\n");
	expect(hear(fd, NULL) && count("501 ") == 11 && count("500 ") == 3,
	    "a wrong command gets 500 or 501, and no more than that");
	close(fd);
	fd = client();
	(void)!send(fd, "WRITE a\0b\nWRITE \033[2J\nWRITE \x7f\nWRITE \xc3\xa9"
	    "\nREAD 3\nQUIT\n", 50, MSG_NOSIGNAL);
	expect(hear(fd, NULL) && count("500 ") == 3 &&
	    strstr(heard, "ann \xc3\xa9\r\n221"),
	    "control characters aren't written, other letters are");
	close(fd);
}

static void
test_ends(void)
{
	struct linger reset = {.l_onoff = 1};
	char line[2000];
	int fd = client(), i;

	tell(fd, "WRITE half\nREAD 1\nLIST\nWRITE no newline");
	shutdown(fd, SHUT_WR);
	expect(hear(fd, NULL) && strstr(heard, "250 ") &&
	    strstr(heard, "211 1 ") && strstr(heard, "212 that") &&
	    count("250") == 1, "a half-closed client is served to its end");
	close(fd);
	memset(line, 'x', sizeof line);
	fd = client();
	for (i = 0; i < 100; i++)
		(void)!send(fd, line, sizeof line, MSG_NOSIGNAL);
	expect(hear(fd, "500 ") && is_served(),
	    "a line without end gets 500, and then nothing");
	close(fd);
	for (i = 0; i < 100; i++) {
		fd = client();
		tell(fd, "LIST\nLIST\nWRITE x\n");
		setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
		close(fd);
	}
	expect(is_served(), "resets hurt nobody");
	expect(server_end(&server, SIGTERM) == 0, "SIGTERM: status 0");
}

static void
test_limits(void)
{
	int fds[4], i, slow;

	configure("write 127.\nclients 4\nidle 1\nbacklog 8448\n");
	start();
	for (i = 0; i < 4; i++)
		fds[i] = client();
	slow = server_connect(&server);
	expect(hear(slow, NULL) && strncmp(heard, "421 ", 4) == 0,
	    "one client too many is told so");
	close(slow);
	tell(fds[0], "READ 1");
	for (i = 0; i < 4; i++) {
		expect(hear(fds[i], NULL) && strncmp(heard, "421 idle", 8) == 0,
		    "an idle client is told so");
		close(fds[i]);
	}
	expect(is_served(), "then there is room again");
	slow = client();
	for (i = 0; i < 2000; i++)
		if (send(slow, "LIST\n", 5, MSG_NOSIGNAL | MSG_DONTWAIT) == -1)
			break;
	expect(is_served(), "a client that doesn't read stops nobody");
	close(slow);
	server_end(&server, SIGTERM);
}

static void
test_slow(void)
{
	int slow, i, lines;

	configure("write 127.\nbacklog 8448\n");
	start();
	slow = client();
	for (i = 0; i < 1000; i++)
		tell(slow, "WRITE a message that is not very short, but not "
		    "long\n");
	for (i = lines = 0; lines < 1000 && hear(slow, "250 "); i++)
		lines += count("\n");
	expect(lines == 1000, "a thousand messages in one go");
	for (i = 0; i < 8; i++)
		tell(slow, "LIST\n");
	tell(slow, "QUIT\n");
	expect(is_served(), "others are served meanwhile");
	expect(hear(slow, NULL) && count("\n212-") >= 8000 - 1 &&
	    count("212 that is all") == 8, "who reads late reads all");
	close(slow);
	slow = client();
	server_end(&server, SIGTERM);
	expect(hear(slow, NULL) && strcmp(heard, "421 stopping\r\n") == 0,
	    "at the end everybody is told");
	close(slow);
}

static void
test_full(void)
{
	struct rlimit limit = {1000, RLIM_INFINITY}, none;
	int fd, kept = 0;

	configure("write 127.\n");
	getrlimit(RLIMIT_FSIZE, &none);
	setrlimit(RLIMIT_FSIZE, &limit);
	start();
	setrlimit(RLIMIT_FSIZE, &none);
	fd = client();
	do {
		tell(fd, "WRITE forty-three letters, to fill up the disk\n");
		hear(fd, "");
	} while (strncmp(heard, "250 ", 4) == 0 && ++kept < 100);
	expect(kept > 2 && kept < 20 && strncmp(heard, "452 ", 4) == 0,
	    "where there is no room a message is refused");
	tell(fd, "READ 1\n");
	expect(hear(fd, "211 1 "), "reading goes on");
	prlimit(server.pid, RLIMIT_FSIZE, &none, NULL);
	tell(fd, "WRITE again\nLIST\nQUIT\n");
	expect(hear(fd, NULL) && strncmp(heard, "250 ", 4) == 0 &&
	    count("212-") == kept + 1,
	    "when there is room again messages are kept; half ones aren't");
	close(fd);
	server_end(&server, SIGTERM);
}

/* The signal comes before the next round, but not before this one. */
static void
reload(void)
{
	kill(server.pid, SIGHUP);
	close(client());
	close(client());
}

static void
test_reload(void)
{
	int fd;

	configure("# nobody writes\n");
	start();
	fd = client();
	tell(fd, "WRITE x\n");
	expect(hear(fd, "530 "), "who may not write is told so");
	configure("write 127.\nnonsense\n");
	close(fd);
	reload();
	fd = client();
	tell(fd, "WRITE x\n");
	expect(hear(fd, "530 "), "a wrong configuration changes nothing");
	configure("write 127.0.0.1\n");
	close(fd);
	reload();
	fd = client();
	tell(fd, "WRITE x\n");
	expect(hear(fd, "250 1"), "a right one does");
	close(fd);
	server_end(&server, SIGTERM);
}

int
main(int argc, char *argv[])
{
	if (argc < 3)
		errx(2, "usage: manners BBSERVE FOLDER [USER]");
	user = argv[3];
	snprintf(conf, sizeof conf, "%s/manners.conf", argv[2]);
	snprintf(board, sizeof board, "%s/manners.board", argv[2]);
	server = (struct server){argv[1], conf, board, 0, 0, 0, 0};
	server_bind(&server);
	test_commands();
	test_ends();
	test_limits();
	test_slow();
	test_full();
	test_reload();
	return failures != 0;
}
