/*
 * serve.h - a bbserve of our own, with a port of its own
 */
#ifndef CAPSTONE_SERVE_H
#define CAPSTONE_SERVE_H

#include <sys/types.h>

struct server {
	const char *program, *conf, *board;
	pid_t pid;
	int port;
	int listener; /* ours: clients can connect before it runs */
	int ready;    /* the pipe on which it says that it serves, or -1 */
};

/* Binds a free port of 127.0.0.1. Ends the process with 99 when it can't. */
void server_bind(struct server *server);

/* Starts it with -n; a status of 99 means that it couldn't be run. */
void server_start(struct server *server);

/* Waits until it serves: -1 when it ends before. */
int server_await(struct server *server);

/* Ends it with this signal and returns its wait status. */
int server_end(struct server *server, int signo);

/* Hangs up on those that it hasn't accepted: the next one would. */
void server_turn_away(const struct server *server);

/* A connection to it. */
int server_connect(const struct server *server);

#endif
