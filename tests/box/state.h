/*
 * state - what the tool's end of a box knows; box.c, hear.c, terminal.c,
 * start.c and look.c share it, and nobody else
 */
#ifndef TESTS_BOX_STATE_H
#define TESTS_BOX_STATE_H

#include <sys/types.h>

#include "box/box.h"
#include "observe/strace.h"

enum {
	MOST_TERMINALS = 32,
	MOST_FOLLOWERS = 32,
	MOST_ROUNDS = 64,	/* processes whose READY=1 are counted */
	MOST_OUTPUT = 64 * 1024,	/* kept of what a terminal received */
	MOST_MESSAGES = 20000,
	MOST_TRACED = 2 << 20,	/* bytes of strace: more is without end */
	MOST_PUMPS = 64,	/* of what has come already */
	MOST_STRETCH = 10,	/* of a deadline, for others' load */
	PATIENCE = 20		/* seconds for the harness's own steps */
};

struct terminal {
	int master;		/* -1 once hung up */
	int start;		/* whose output it carries, or -1 */
};

/* A strace of one start alone, attached at its gate: attach.c. */
struct follower {
	pid_t pid;
	int start;
	int pipe;		/* what it tells; -1 at its end */
	int errors;		/* its standard error */
	struct strace *reader;
};

struct box {
	enum box_mode mode;
	bool traced;
	bool locks;
	bool broken;		/* init is gone, or was never there */
	bool dropped;		/* messages beyond MOST_MESSAGES */
	struct run *run;
	int control;
	pid_t launcher;		/* strace where the box is traced */
	int init;		/* its PID outside */
	int pidfd;
	int root;
	int pipe;		/* what strace writes */
	struct strace *reader;
	size_t traced_bytes;
	char prefix[256];
	char program[400];
	char ready_name[32];
	struct terminal terminals[MOST_TERMINALS];
	int terminal_count;
	struct follower followers[MOST_FOLLOWERS];
	int follower_count;
	char *last_path;	/* EVENT_TERMINAL's */
	bool built, limited, unmounted, synced;
	int unmount_error;
	struct {
		int pid;
		unsigned rounds, news;
	} ready[MOST_ROUNDS];
	size_t ready_count;
};

/* Records what the harness could not do, with errno; the box is broken. */
void box_fault(struct box *box, const char *what);

/* Sends a request without more than a string. */
void box_request(struct box *box, enum parcel_kind kind, const char *data);

/*
 * Waits for what the harness itself is to do, whatever the program does
 * meanwhile; false, with the fault recorded, where it doesn't come.
 */
bool box_await(struct box *box, box_condition *condition,
    const void *argument, const char *what);

/* Until init has told all that had reached it, and strace's words are read. */
void box_sync(struct box *box);

/*
 * What a program of the box's making keeps, before its execve: the standard
 * descriptors, on /dev/null, these two (-1: none), and no disposition of
 * signals, for whatever the caller ignores, the box doesn't; and the words
 * of the locale C.
 */
void box_keep_only(int one, int other);

/* Ends all straces of single starts, and forgets them. */
void box_dismiss_followers(struct box *box);

/* One message of init, if one is there. */
void box_hear(struct box *box);

/* Some bytes of strace. */
void box_read_trace(struct box *box);

/* Is a process the daemon of another start? */
bool box_is_taken(const struct box *box, int pid, int start);

#endif
