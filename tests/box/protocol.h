/*
 * protocol - what the tool and a box's init say to each other
 *
 * Both ends are the same program, so a parcel is a struct on a SOCK_SEQPACKET
 * socket: one message, one parcel, with up to PARCEL_FDS descriptors beside.
 * The programs under test never hold that socket.
 */
#ifndef TESTS_BOX_PROTOCOL_H
#define TESTS_BOX_PROTOCOL_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum parcel_kind {
	/* from the tool */
	REQUEST_BUILD = 1,	/* the ids are mapped: build the root */
	REQUEST_PROGRAM,	/* copy the descriptor's file to data's path */
	REQUEST_SEAL,		/* the root is furnished: make it read-only */
	REQUEST_TERMINAL,	/* open a terminal */
	REQUEST_START,		/* start a program: struct start_request */
	REQUEST_UNMOUNT,	/* unmount the path in data */
	REQUEST_SYNC,		/* tell all that has reached you till now */
	/* from the box */
	EVENT_BORN,		/* pid: init's, outside; its pidfd; number: the
				   launcher's PID */
	EVENT_LIMITED,		/* its limits stand, as far as there are any */
	EVENT_BUILT,		/* descriptors: "/" and the user namespace */
	EVENT_TERMINAL,		/* its master's descriptor; data: its path */
	EVENT_SHELL,		/* pid: a start's session leader */
	EVENT_LAUNCHED,		/* pid: a start's first process */
	EVENT_ENDED,		/* it ended; status as wait(2)'s */
	EVENT_REAPED,		/* init reaped pid; data: its comm */
	EVENT_SYSLOG,		/* pid sent data to /dev/log */
	EVENT_READY,		/* pid sent data to $NOTIFY_SOCKET */
	EVENT_UNMOUNTED,	/* status: 0 or errno */
	EVENT_SYNCED,		/* that was all */
	EVENT_TROUBLE		/* data: what the harness could not do */
};

enum {
	PARCEL_FDS = 4,
	PARCEL_DATA = 16384
};

struct parcel {
	enum parcel_kind kind;
	int pid;
	int status;
	int number;		/* which start it is about */
	size_t length;
	char data[PARCEL_DATA];
};

/* What 0, 1 or 2 are when the program starts. */
enum stdio {
	STDIO_TERMINAL,
	STDIO_PASSED,		/* a descriptor that came with the request */
	STDIO_FILE,		/* start_request.output, appended */
	STDIO_CLOSED
};

/* The descriptors of a REQUEST_START, in this order; absent ones are -1. */
enum start_fd {
	START_GATE,		/* the program waits for a byte of it */
	START_PIPE,		/* becomes descriptor 100 */
	START_INPUT,		/* becomes 0 */
	START_OUTPUT,		/* becomes 1 */
	START_FDS
};

/*
 * How a program starts.  Everything that it inherits is odd on purpose: what
 * a correct technique sets itself, or does not care about.
 */
struct start_request {
	int number;
	char program[128];	/* its path in the box */
	char directory[256];	/* its working directory */
	char terminal[128];	/* its controlling terminal; "" for none */
	char output[256];	/* for STDIO_FILE */
	enum stdio stdio[3];
	bool has[START_FDS];
	bool tool;		/* a tool such as ps: a plain start */
	bool interactive;	/* a person's shell: nothing odd, but a session
				   and a terminal of its own */
	bool block;		/* SIGTERM and SIGHUP blocked, */
	bool ignore;		/* and ignored: as by nohup, and worse */
	bool no_fork;		/* RLIMIT_NPROC lets no fork succeed */
	int drop_capability;	/* -1: none */
	long dummy;		/* a system call's number, made `dummies` */
	int dummies;		/* times before the program: shell.c */
	mode_t mask;
	size_t length;		/* of strings */
	int argc;		/* arguments first, then the environment */
	int envc;
	char strings[8192];	/* each ended by a NUL */
};

/*
 * Sends a parcel's head and `length` bytes of its data, with descriptors.
 * Returns 0, or -1 with errno as sendmsg(2) sets it.
 */
int parcel_send(int socket, const struct parcel *parcel, const int *fds,
    size_t count);

/*
 * Receives one parcel; `fds` (PARCEL_FDS of them) get the descriptors that
 * came, or -1; all are close-on-exec.  Returns 1, 0 at the end of file, or
 * -1 with errno as recvmsg(2) sets it (EINVAL: not a parcel).
 */
int parcel_receive(int socket, struct parcel *parcel, int *fds, int flags);

/* Fills a parcel without data. */
void parcel_head(struct parcel *parcel, enum parcel_kind kind, int pid,
    int status);
/* Fills a parcel with data, cut at PARCEL_DATA bytes. */
void parcel_fill(struct parcel *parcel, enum parcel_kind kind, int pid,
    const void *data, size_t length);

#endif
