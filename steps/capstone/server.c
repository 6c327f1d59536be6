/*
 * server - many connections in one process, or one
 *
 * It goes in rounds: whoever has something to say is read and obeyed; then the
 * board writes all messages of the round at once, with one fdatasync(2); then
 * the replies go out. Between rounds there is one wait, and no call besides.
 */
#define _GNU_SOURCE /* accept4, epoll_pwait */

#include <sys/epoll.h>
#include <sys/resource.h>

#include <netinet/tcp.h>

#include <fcntl.h>
#include <netdb.h>
#include <signal.h>
#include <time.h>

#include "bbserve.h"
#include "daemon.h"

static TAILQ_HEAD(, client) clients = TAILQ_HEAD_INITIALIZER(clients);
static unsigned int count; /* of clients */
static int epoll, listeners[LISTEN_MAX];
static unsigned int listening;
static long now; /* milliseconds, at the last event */

static int
open_listener(const struct listen *at)
{
	const int on = 1, family = at->address.ss_family;
	int fd = socket(family, SOCK_STREAM, 0);

	/* Replies go out in one piece: TCP has nothing to wait for. */
	if (fd != -1 &&
	    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
	    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0 &&
	    (family == AF_INET || setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY,
	    &on, sizeof on) == 0) &&
	    bind(fd, (const void *)&at->address, sizeof at->address) == 0 &&
	    listen(fd, SOMAXCONN) == 0)
		return fd;
	return -1;
}

void
server_listen(const struct bbconf *conf)
{
	const char *pid = getenv("LISTEN_PID"), *fds = getenv("LISTEN_FDS");
	const int passed = pid != NULL && fds != NULL && atol(pid) == getpid();
	const unsigned int n = passed ? (unsigned int)atoi(fds) : conf->listens;
	struct rlimit limit;

	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
	epoll = epoll_create1(EPOLL_CLOEXEC);
	if (epoll == -1)
		fail("epoll_create1: %s", strerror(errno));
	if (n == 0 || n > LISTEN_MAX)
		fail("%u addresses to listen on: 1 to 16, please", n);
	for (; listening < n; listening++) {
		const struct listen *at = &conf->listen[listening];
		int fd = passed ? 3 + (int)listening : open_listener(at);
		/* EPOLLET: once for each that comes; if accept fails, too. */
		struct epoll_event event = {.events = EPOLLIN | EPOLLET};

		if (fd == -1 || fcntl(fd, F_SETFL, O_NONBLOCK) == -1 ||
		    fcntl(fd, F_SETFD, FD_CLOEXEC) == -1 ||
		    epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) == -1)
			fail("listen %s: %s", passed ? "$LISTEN_FDS"
			    : at->text, strerror(errno));
		listeners[listening] = fd;
	}
}

static void
drop(struct client *client)
{
	static char rest[64 * 1024];

	/* With input left unread, close(2) would take the last reply back. */
	shutdown(client->in, SHUT_WR);
	(void)!read(client->in, rest, sizeof rest);
	close(client->in);
	TAILQ_REMOVE(&clients, client, by_age);
	free(client);
	count--;
}

/* Sends its replies, and waits for what it waits for. */
static void
settle(struct client *client, int error)
{
	const int events = client_settle(client, error);
	struct epoll_event event = {(uint32_t)events, {.ptr = client}};

	if (client->progress) {
		client->progress = 0;
		client->active = now;
		TAILQ_REMOVE(&clients, client, by_age);
		TAILQ_INSERT_TAIL(&clients, client, by_age);
	}
	if (events == 0 || (events != client->events && epoll_ctl(epoll,
	    client->events == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD,
	    client->in, &event) == -1))
		drop(client);
	else
		client->events = events;
}

/* All that knock, on any socket: which one was ready isn't asked. */
static void
accept_clients(const struct bbconf *conf)
{
	unsigned int i = 0;

	while (i < listening) {
		struct sockaddr_storage peer = {.ss_family = AF_UNIX};
		socklen_t size = sizeof peer;
		char address[NI_MAXHOST] = "unknown";
		struct client *client;
		int fd = accept4(listeners[i], (void *)&peer, &size,
		    SOCK_NONBLOCK | SOCK_CLOEXEC);

		if (fd == -1) {
			i += errno != ECONNABORTED;
			continue;
		}
		if (peer.ss_family != AF_UNIX)
			(void)getnameinfo((void *)&peer, size, address,
			    sizeof address, NULL, 0, NI_NUMERICHOST);
		say(LOG_INFO, "%u clients, and %s", count, address);
		client = client_new(conf, fd, fd, address,
		    count >= conf->clients);
		if (client == NULL) {
			close(fd);
			continue;
		}
		TAILQ_INSERT_TAIL(&clients, client, by_age);
		count++;
		settle(client, 0);
	}
}

static void
play_round(const struct bbconf *conf, const struct epoll_event *events, int n)
{
	int i, error;

	for (i = 0; i < n; i++) {
		struct client *client = events[i].data.ptr;

		if (client == NULL) {
			accept_clients(conf);
			continue;
		}
		if ((events[i].events & ~(uint32_t)EPOLLOUT) != 0)
			client_read(client);
		client_obey(client);
	}
	error = board_commit();
	for (i = 0; i < n; i++)
		if (events[i].data.ptr != NULL)
			settle(events[i].data.ptr, error);
}

/* Ends those whose time is up; returns when the next one's will be, or -1. */
static int
next_deadline(const struct bbconf *conf)
{
	const long end = now - conf->idle * 1000L;
	struct client *oldest;

	while ((oldest = TAILQ_FIRST(&clients)) != NULL &&
	    oldest->active <= end) {
		client_dismiss(oldest, "421 idle for too long");
		drop(oldest);
	}
	return oldest == NULL ? -1 : (int)(oldest->active - end);
}

/*
 * The signals are held but for the wait: none comes unseen between a look at
 * its flag and the wait. Where there is always something to do the wait lets
 * none in, so they get a moment of their own.
 */
void
server_run(const struct bbconf *conf, void (*reload)(void))
{
	struct epoll_event events[ROUND_MAX];
	struct client *client;
	struct timespec clock;
	sigset_t held, found;
	int n;

	sigfillset(&held);
	sigprocmask(SIG_BLOCK, &held, &found);
	while (!stop_requested) {
		if (reload_requested)
			reload();
		n = epoll_pwait(epoll, events, ROUND_MAX, next_deadline(conf),
		    &found);
		if (n == -1 && errno != EINTR) /* not ours any more */
			fail("epoll_pwait: %s", strerror(errno));
		clock_gettime(CLOCK_MONOTONIC, &clock);
		now = clock.tv_sec * 1000 + clock.tv_nsec / 1000000;
		play_round(conf, events, n);
		sigprocmask(SIG_SETMASK, &found, NULL);
		sigprocmask(SIG_BLOCK, &held, NULL);
	}
	TAILQ_FOREACH(client, &clients, by_age)
		client_dismiss(client, "421 stopping");
}

/* Standard input and output, blocking: the process has nothing else to do. */
void
server_run_single(const struct bbconf *conf, const char *address)
{
	struct client *client = client_new(conf, STDIN_FILENO, STDOUT_FILENO,
	    address, 0);
	int events = EPOLLOUT;

	if (client == NULL)
		fail("%s", strerror(errno));
	while (events != 0) {
		if (client->progress)
			alarm(conf->idle); /* its end, unless it is put off */
		client->progress = 0;
		if ((events & EPOLLOUT) == 0)
			client_read(client);
		board_begin();
		client_obey(client);
		events = client_settle(client, board_commit());
	}
	free(client);
}
