/*
 * serve - a bbserve of our own, with a port of its own
 */
#define _GNU_SOURCE /* pipe2 */

#include <sys/socket.h>
#include <sys/wait.h>

#include <arpa/inet.h>
#include <netinet/in.h>

#include <err.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "serve.h"

enum { LISTENER = 3, READY = 4, FAULT = 99 };

static pid_t running; /* it must not outlive us */

static void
end_running(void)
{
	if (running > 0)
		kill(running, SIGKILL);
}

void
server_bind(struct server *server)
{
	struct sockaddr_in at = {
	    .sin_family = AF_INET,
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	socklen_t size = sizeof at;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	/* Above those that the child will give their numbers. */
	server->listener = fcntl(fd, F_DUPFD_CLOEXEC, READY + 1);
	close(fd);
	if (server->listener == -1 ||
	    bind(server->listener, (void *)&at, size) == -1 ||
	    listen(server->listener, SOMAXCONN) == -1 ||
	    fcntl(server->listener, F_SETFL, O_NONBLOCK) == -1 ||
	    getsockname(server->listener, (void *)&at, &size) == -1)
		err(FAULT, "listen");
	atexit(end_running);
	server->port = ntohs(at.sin_port);
	server->ready = -1;
}

static _Noreturn void
become_server(const struct server *server, int ready)
{
	char pid[16];

	snprintf(pid, sizeof pid, "%ld", (long)getpid());
	if (dup2(server->listener, LISTENER) == -1 ||
	    dup2(ready, READY) == -1 || setenv("LISTEN_PID", pid, 1) == -1 ||
	    setenv("LISTEN_FDS", "1", 1) == -1)
		_exit(FAULT);
	execl(server->program, server->program, "-n", "-d", "4", "-c",
	    server->conf, "-f", server->board, (char *)NULL);
	_exit(FAULT);
}

void
server_start(struct server *server)
{
	int ends[2], ready;

	if (pipe2(ends, O_CLOEXEC) == -1)
		err(FAULT, "pipe2");
	ready = fcntl(ends[1], F_DUPFD_CLOEXEC, READY + 1);
	close(ends[1]);
	server->pid = fork();
	if (server->pid == -1)
		err(FAULT, "fork");
	if (server->pid == 0)
		become_server(server, ready);
	running = server->pid;
	close(ready);
	if (server->ready != -1)
		close(server->ready);
	server->ready = ends[0];
}

int
server_await(struct server *server)
{
	char newline = '\0';

	if (server->ready == -1)
		return 0; /* it has said so */
	if (read(server->ready, &newline, 1) != 1 || newline != '\n')
		return -1;
	close(server->ready);
	server->ready = -1;
	return 0;
}

int
server_end(struct server *server, int signo)
{
	int status = 0;

	if (kill(server->pid, signo) == -1 ||
	    waitpid(server->pid, &status, 0) == -1)
		err(FAULT, "kill");
	running = 0;
	return status;
}

void
server_turn_away(const struct server *server)
{
	int fd;

	while ((fd = accept(server->listener, NULL, NULL)) != -1)
		close(fd);
}

int
server_connect(const struct server *server)
{
	const struct sockaddr_in to = {
	    .sin_family = AF_INET,
	    .sin_port = htons((unsigned short)server->port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd == -1 || connect(fd, (const void *)&to, sizeof to) == -1)
		err(FAULT, "connect");
	return fd;
}
