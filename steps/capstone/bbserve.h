/*
 * bbserve.h - what the files of the service know of each other
 */
#ifndef CAPSTONE_BBSERVE_H
#define CAPSTONE_BBSERVE_H

#include <sys/queue.h>
#include <sys/socket.h>
#include <sys/types.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

enum {
	LISTEN_MAX = 16,
	WRITE_MAX = 64,
	PATH_SIZE = 256, /* in the configuration */
	ADDRESS_SIZE = 96, /* with a port */
	USER_MAX = 32,
	TEXT_MAX = 4096, /* bytes of a message */
	RECORD_MAX = TEXT_MAX + 128,
	ROUND_MAX = 256 /* clients that are served in one go */
};

/* bbconf.c - the configuration */
struct bbconf {
	/* What holds until the process ends; "" is none. */
	struct listen {
		struct sockaddr_storage address;
		char text[ADDRESS_SIZE];
	} listen[LISTEN_MAX];
	unsigned int listens;
	char pid_file[PATH_SIZE], log[PATH_SIZE], output[PATH_SIZE],
	    errors[PATH_SIZE], jail[PATH_SIZE], user[PATH_SIZE];
	/* What a reload changes; bbserve(8) has the words. */
	unsigned int clients, line, backlog, idle;
	char write[WRITE_MAX][ADDRESS_SIZE];
	unsigned int writes;
};

/* Or says what is wrong, and where; *conf is then as it was. */
int bbconf_read(const char *path, struct bbconf *conf);
int bbconf_may_write(const struct bbconf *conf, const char *address);

/* board.c - the messages, in one file that only grows */

/*
 * No other process may have the board; or, shared, the others take turns with
 * us: ours begins here, and later ones with board_begin, and board_commit is
 * the end of each. Returns -1 with EWOULDBLOCK when another has the board, with
 * EILSEQ when it is none and stays as it is, or another errno.
 */
int board_open(const char *path, int shared);
void board_begin(void);
extern unsigned long board_count; /* of messages; some may be damaged */
/* Finds "NUMBER TIME USER TEXT". Returns its length, 0 without one, or -1. */
ssize_t board_read(unsigned long number, char record[RECORD_MAX]);
/*
 * Puts a message into the round, instead of that number or, for 0, as a new
 * one, and returns its number. A round takes ROUND_MAX messages.
 */
unsigned long board_post(unsigned long number, const char *user,
    const char *message);
/*
 * Returns 0 when the round is on the disk, or an errno, and then nothing of it
 * is kept: ENOSPC, EDQUOT and EFBIG may pass, anything else won't.
 */
int board_commit(void);

/* client.c - one connection, and the commands that come over it */
struct client {
	TAILQ_ENTRY(client) by_age; /* the server's, as the next two */
	long active; /* when it last got something done */
	int events;  /* what is waited for */
	int in, out; /* one socket, or standard input and output */
	int may_write;
	int progress; /* in this round it got something done */
	int at_end;   /* nothing will come any more, */
	int leaving;  /* or be obeyed */
	char user[USER_MAX + 1];
	unsigned long posted;  /* in this round, or 0 */
	unsigned long listing; /* LIST: the next message, or 0 */
	size_t input_size, input_max, output_size, output_max;
	char *output, input[];
};

/* One too many is told so, and nothing else. Returns NULL without memory. */
struct client *client_new(const struct bbconf *conf, int in, int out,
    const char *address, int is_too_many);
void client_read(struct client *client);
/* Obeys the whole lines, as long as there is room for the replies. */
void client_obey(struct client *client);
/*
 * Sends what can be sent, once the round has come to this errno or 0. Returns
 * the events to wait for, EPOLLIN and EPOLLOUT; 0 at the end.
 */
int client_settle(struct client *client, int error);
/* A last word, if it can be sent at once. */
void client_dismiss(struct client *client, const char *word);

/* server.c - many connections in one process, or one */
void server_listen(const struct bbconf *conf);
void server_run(const struct bbconf *conf, void (*reload)(void));
void server_run_single(const struct bbconf *conf, const char *address);

/* report.c - say what happens, to whoever listens */
extern int verbosity; /* 0: LOG_NOTICE and what is graver; 1: LOG_INFO too */
extern int has_log;   /* log_message() is used, not standard error */
extern int launcher;  /* a pipe, or -1: its reader gets what fail() says, or, */
                      /* with the first report, a newline: we serve */
void say(int priority, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
#define fail(...) (say(LOG_CRIT, __VA_ARGS__), exit(EXIT_FAILURE))
void report(const char *state); /* "READY=1", "RELOADING=1", "STOPPING=1" */

#endif
