/*
 * init - the first process of a box
 */
#ifndef TESTS_BOX_INIT_H
#define TESTS_BOX_INIT_H

#include <stdbool.h>
#include <sys/types.h>

#include "box/protocol.h"

/* What a box's processes know of each other; init fills it once. */
struct init {
	int control;		/* socket to the tool */
	bool namespaces;	/* false: plain mode */
	char prefix[256];	/* before each path: "" but in plain mode */
	int log;		/* /dev/log's socket, or -1 */
	int ready;		/* $NOTIFY_SOCKET's, or -1 */
	int children;		/* signalfd(2) for SIGCHLD */
	char *title;		/* where ps finds the command line, */
	size_t title_room;	/* and how long it may be */
};

/*
 * `lab box …`: makes the namespaces, forks init and waits for its end.  The
 * arguments are of the tool's own making (box.c).  Returns the exit status.
 */
int box_launch(int argc, char **argv);

/* PID 1's life: serves the tool's requests until the tool is gone. */
void init_serve(struct init *init) __attribute__((noreturn));

/* Changes what ps calls this process: "init", "sh". */
void init_call_self(const struct init *init, const char *name);

/* root.c: builds the box's root file system and enters it.  Returns 0, or
 * -1 with errno; `*what` then says what was tried. */
int root_build(const char **what);
/* Copies an open file to a new program; 0, or -1 with errno. */
int root_program(int from, const char *path);
/* Makes what root_build built read-only; 0, or -1 with errno. */
int root_seal(void);

/*
 * shell.c: forks the session leader that starts a program, as a terminal
 * emulator's shell would without job control.  Returns its PID, or -1 with
 * errno.  The descriptors are START_FDS of enum start_fd.
 */
pid_t shell_start(const struct init *init, const struct start_request *request,
    const int *fds);

/* Tells the tool that the harness could not do something, with errno. */
void init_trouble(const struct init *init, const char *what);

#endif
