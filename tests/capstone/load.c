/*
 * load - busy and idle clients of one server, and how many replies a second
 *
 *   load PORT KIND BUSY IDLE SECONDS
 *
 * KIND is post, read (of bbserve), rpush or lindex (the same of redis). Each
 * busy client sends its next request when the last has been answered. Prints
 * "REPLIES ERRORS RATE"; a reply that isn't what it should be is an error, and
 * so is a client that was hung up on, an idle one too.
 */
#define _GNU_SOURCE /* for the headers */

#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/timerfd.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { EVENTS = 256 };

#define TEXT_100 TEXT_20 TEXT_20 TEXT_20 TEXT_20 TEXT_20
#define TEXT_20 "xxxxxxxxxxxxxxxxxxxx"

static const struct kind {
	const char *name;
	const char *hello;	/* what is sent first, */
	int greetings;		/* and the lines before the first reply */
	const char *request;
	const char *begins;	/* with which a reply begins, */
	int lines;		/* and how many it has */
} kinds[] = {
    {"post", "USER load\r\n", 2, "WRITE " TEXT_100 "\r\n", "250 ", 1},
    {"read", "USER load\r\n", 2, "READ 1\r\n", "211 ", 1},
    {"rpush", "", 0, "*3\r\n$5\r\nRPUSH\r\n$5\r\nboard\r\n$100\r\n" TEXT_100
        "\r\n", ":", 1},
    {"lindex", "", 0, "*3\r\n$6\r\nLINDEX\r\n$5\r\nboard\r\n$1\r\n0\r\n",
        "$100", 2},
};

struct connection {
	int fd;
	int busy;
	int greeted;
	int lines; /* of this reply, that are still to come */
};

static const struct kind *kind;
static unsigned long replies, errors;
static struct connection *clients;
static int all; /* the epoll of them */

static double
seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void
send_all(int fd, const char *text, size_t size)
{
	if (send(fd, text, size, MSG_NOSIGNAL) != (ssize_t)size)
		errors++;
}

static void
open_connection(struct connection *c, int port, int busy)
{
	const struct sockaddr_in to = {
	    .sin_family = AF_INET,
	    .sin_port = htons((unsigned short)port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	const int on = 1;
	struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};

	c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (c->fd == -1 ||
	    connect(c->fd, (const void *)&to, sizeof to) == -1 ||
	    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == -1 ||
	    epoll_ctl(all, EPOLL_CTL_ADD, c->fd, &event) == -1)
		err(1, "client");
	c->busy = busy;
	c->greeted = kind->greetings == 0;
	c->lines = kind->greetings > 0 ? kind->greetings : kind->lines;
	if (!busy)
		return;
	send_all(c->fd, kind->hello, strlen(kind->hello));
	if (kind->greetings == 0)
		send_all(c->fd, kind->request, strlen(kind->request));
}

/* One request at a time: so a reply begins where a read does. */
static void
receive(struct connection *c)
{
	const size_t length = strlen(kind->begins);
	char text[16 * 1024];
	const char *end, *line = text;
	ssize_t n = read(c->fd, text, sizeof text);

	if (n <= 0) {
		errors++;
		close(c->fd);
		return;
	}
	if (!c->busy)
		return; /* it is greeted */
	end = text + n;
	while ((line = memchr(line, '\n', (size_t)(end - line))) != NULL) {
		line++;
		if (--c->lines > 0)
			continue;
		replies++;
		if (c->greeted && ((size_t)n < length ||
		    memcmp(text, kind->begins, length) != 0))
			errors++;
		c->greeted = 1;
		c->lines = kind->lines;
		send_all(c->fd, kind->request, strlen(kind->request));
	}
}

static void
more_descriptors(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) == -1)
		err(1, "getrlimit");
	limit.rlim_cur = limit.rlim_max;
	if (setrlimit(RLIMIT_NOFILE, &limit) == -1)
		err(1, "setrlimit");
}

static void
start(int port, size_t busy, size_t idle, long duration)
{
	const struct itimerspec due = {.it_value = {.tv_sec = duration}};
	struct epoll_event event = {.events = EPOLLIN};
	const int timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
	size_t i;

	all = epoll_create1(EPOLL_CLOEXEC);
	clients = calloc(busy + idle, sizeof *clients);
	if (timer == -1 || all == -1 || clients == NULL ||
	    timerfd_settime(timer, 0, &due, NULL) == -1 ||
	    epoll_ctl(all, EPOLL_CTL_ADD, timer, &event) == -1)
		err(1, "start");
	for (i = 0; i < idle; i++)
		open_connection(&clients[i], port, 0);
	for (; i < idle + busy; i++)
		open_connection(&clients[i], port, 1);
}

int
main(int argc, char *argv[])
{
	struct epoll_event events[EVENTS];
	double begin;
	int i, n;

	if (argc != 6)
		errx(2, "usage: load PORT KIND BUSY IDLE SECONDS");
	for (kind = kinds; strcmp(kind->name, argv[2]) != 0;)
		if (++kind == kinds + sizeof kinds / sizeof *kinds)
			errx(2, "%s: no such kind", argv[2]);
	more_descriptors();
	start(atoi(argv[1]), strtoul(argv[3], NULL, 10),
	    strtoul(argv[4], NULL, 10), atol(argv[5]));
	for (begin = seconds();;) {
		n = epoll_wait(all, events, EVENTS, -1);
		for (i = 0; i < n; i++) {
			if (events[i].data.ptr != NULL) {
				receive(events[i].data.ptr);
				continue;
			}
			printf("%lu %lu %.0f\n", replies, errors,
			    (double)replies / (seconds() - begin));
			return errors != 0;
		}
	}
}
