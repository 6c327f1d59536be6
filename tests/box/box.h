/*
 * box - a place where a program can be run, watched, and cleared away
 *
 * A box belongs to one process of the tool, its worker.  The worker joins the
 * box's user namespace (and nothing else of it), so that it may look at every
 * process of the box through the /proc outside; from then on it has no more
 * rights than the box.
 */
#ifndef TESTS_BOX_BOX_H
#define TESTS_BOX_BOX_H

#include <stdbool.h>
#include <stddef.h>

#include "box/protocol.h"
#include "observe/observation.h"

enum box_mode {
	BOX_RANGE,	/* a range of subordinate ids: all twelve steps */
	BOX_SINGLE,	/* one id: no step 12 */
	BOX_PLAIN	/* no namespaces: a student's own work only */
};

struct box_plan {
	enum box_mode mode;
	bool traced;
	bool memory;		/* trace the allocator's calls too */
	bool locks;		/* look at /proc/locks too */
	const char *wait;	/* in what call: strace_wait_in(), or NULL */
	const char *program;	/* the file to run, outside; may come later */
	const char *name;	/* what it is called inside */
};

struct box;

/*
 * Makes a box; what it does is recorded in `run`, which must outlive it.
 * NULL with run->fault filled where the harness could not.
 */
struct box *box_open(struct run *run, const struct box_plan *plan);

/* Moves what strace has said so far into the run; once, at its end. */
void box_finish(struct box *box);

/* Ends every process of the box and waits until none is left. */
void box_close(struct box *box);

/* "range" "single" "plain" */
const char *box_mode_word(enum box_mode mode);

/* The box's path of an absolute name: the same, but in plain mode. */
char *box_path(const struct box *box, const char *name);

/* A descriptor of the box's root, for openat2(2) with RESOLVE_IN_ROOT. */
int box_root(const struct box *box);
enum box_mode box_mode(const struct box *box);
/* What the program's file is called inside, with its folder. */
const char *box_program(const struct box *box);

bool box_traced(const struct box *box);
/* What $NOTIFY_SOCKET is in this box. */
const char *box_ready_name(const struct box *box);

/* Copies the program into the box (in plain mode it's run where it is). */
void box_bring(struct box *box, int program);

/* The root is furnished: from now on it can only be read. */
void box_seal(struct box *box);

/* Opens a terminal in the box; its index, or -1.  Its path is in the box. */
int box_terminal(struct box *box, char *path, size_t room);
/* Hangs it up: the last descriptor of its master is closed. */
void box_hang_up(struct box *box, int terminal);
/* Joins it to this process's standard input and output until a start ends,
 * in raw mode where they are a terminal. */
void box_talk(struct box *box, int terminal, int start);
/* Types at it. */
void box_type(struct box *box, int terminal, const char *keys);

/*
 * Has strace(1) follow one start of a box that is not traced as a whole, and
 * all that it forks.  The start must wait at its gate.  strace tells of the
 * system calls in `calls` ("chdir,fchdir"), and makes one fail as `fault`
 * says ("chdir:error=EACCES:when=1"; NULL: none).  Returns 0, or -1 with
 * errno.  box_followed waits until it holds the start: false where it can't.
 */
int box_follow(struct box *box, int start, const char *calls,
    const char *fault);
bool box_followed(struct box *box, int start);
/* The start that is followed by the strace which traces this process, -1. */
int box_follower_of(const struct box *box, int pid);
/*
 * Moves what the strace of a start has told into `told`, a run to be freed;
 * there PIDs are those outside.  Where all that it followed has ended, its
 * last word is waited for.
 */
void box_told(struct box *box, int start, bool over, struct run *told);

/* Starts what the request says; the run has a new start, whose index is
 * returned.  `fds` are START_FDS descriptors, closed here, or -1. */
int box_start(struct box *box, const char *name, int terminal,
    struct start_request *request, int *fds);

/*
 * Waits for a condition, serving all that the box says meanwhile.  Returns
 * true, or false when the deadline passed or the box broke.  Deadlines are
 * in seconds of an idle machine, and stretched by its load.
 */
typedef bool box_condition(const struct box *box, const void *argument);
bool box_wait(struct box *box, box_condition *condition, const void *argument,
    double seconds);

/* Serves what has come until now, without waiting. */
void box_catch_up(struct box *box);

/* Conditions; the argument is a pointer to the start's index. */
box_condition box_start_launched;	/* the program is about to run */
box_condition box_start_ended;		/* the launcher has ended */
box_condition box_start_serves;		/* one of its processes waits, or all
					   that it started has ended */
box_condition box_start_waits;		/* the same, and no other of its
					   processes is left */
/* The argument is a pointer to a PID of the box. */
box_condition box_reaped;

/* The PID that waits in its call (traced) or said READY=1, which is
 * not among those that other starts have; or 0. */
int box_waiting(const struct box *box, int start);
/* Have all launchers ended, and does whatever is left, but the shells, wait? */
bool box_all_wait(const struct box *box);
/* Has everything that was started ended? */
bool box_all_over(const struct box *box);
/* How many times a process entered that call, or said READY=1. */
unsigned box_rounds(const struct box *box, int pid);

/* How many datagrams of any kind it sent to $NOTIFY_SOCKET. */
unsigned box_news(const struct box *box, int pid);

/* Looks at all processes: 0, or -1 with errno. */
int box_observe(struct box *box, struct snapshot *shot);
/* The PID outside of a process of the box, or 0. */
int box_host_pid(const struct box *box, int pid);
/* Takes a snapshot of all processes into the run. */
struct snapshot *box_snapshot(struct box *box, const char *moment);
/* Sends a signal to a process of the box, `times` times; 0, or -1 with
 * errno. */
int box_signal(struct box *box, int pid, int number, int times);
/* Unmounts a file system of the box; 0 or the errno. */
int box_unmount(struct box *box, const char *path);
/* Has strace told more than any technique needs? */
bool box_flooded(const struct box *box);

/* Is its init gone, or did the harness fail in it? */
bool box_broken(const struct box *box);

#endif
