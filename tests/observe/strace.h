/*
 * strace - reads the lines that `strace -f --seccomp-bpf` writes, piece by
 * piece, into a run's events
 *
 * strace writes host PIDs before each line; the box's PIDs are learned from
 * what clone returned (its own number, and strace's in a comment), and from
 * strace_learn.  Calls that another process interrupted ("<unfinished ...>",
 * "<... resumed>") are joined; events stand in the order of completion, and
 * a call that has not returned comes last, with finished = false.
 */
#ifndef TESTS_OBSERVE_STRACE_H
#define TESTS_OBSERVE_STRACE_H

#include "observe/observation.h"

struct strace;

/* A new reader, to be freed by strace_close; ends the tool without memory. */
struct strace *strace_open(void);

/*
 * Tells the box PID of a host PID.  Where the two are the same there is no
 * PID namespace (plain mode), and every other process's are the same too.
 */
void strace_learn(struct strace *, int host, int pid);
enum { STRACE_OUTSIDE = -1 };	/* the PID of who has none in the box */

/*
 * The host PIDs that were read of but not told; each is handed out once, so
 * that it can be looked up while it lives.  Returns how many (at most `room`).
 *
 * (strace's own --decode-pids=pidns reads all of /proc for each: its cost
 * grows with the machine's processes.)  What nobody could tell in time is
 * inferred at the end: PIDs of either side are given in the same order.
 */
size_t strace_unknown(struct strace *, int *hosts, size_t room);

/*
 * Takes bytes as they came from the pipe; they may end anywhere, in the
 * middle of a line or of a word.
 */
void strace_feed(struct strace *, const char *bytes, size_t length);

/*
 * The call that a daemon waits in, as far as strace has written it when it
 * begins: "rt_sigsuspend(" unless said otherwise; the words are copied.
 */
void strace_wait_in(struct strace *, const char *call);

/*
 * The host PID of a process that is waiting in that call now, with half
 * a line as its last word; `after` is the number of times it must have
 * entered the call (1: the first).  0 while there is none.
 */
int strace_settled(const struct strace *, int host, unsigned after);
/* The host PID of any process waiting in that call, other than those in
 * the list; or 0. */
int strace_waiting(const struct strace *, const int *except, size_t count);

/*
 * Moves all that was read into the run's events, with box PIDs; lines of
 * processes in `hidden` (the box's init, its shells: box PIDs) are left out.
 */
void strace_finish(struct strace *, struct run *run, const int *hidden,
    size_t hidden_count);

void strace_close(struct strace *);

#endif
