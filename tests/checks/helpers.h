/*
 * helpers - what the judges share: quoting witnesses, comparing them
 */
#ifndef TESTS_CHECKS_HELPERS_H
#define TESTS_CHECKS_HELPERS_H

#include "checks/check.h"

/* 1 to 12; 13 for the capstone; 0 where the observation doesn't say. */
int step_number(const struct observation *);

/* The cause key of a step, "05-devnull.no-errno" and the like, by kind. */
enum why {
	WHY_NOT_WRITTEN,	/* the TODO is still there */
	WHY_SAID_NO,		/* it returned -1 with another errno */
	WHY_EARLIER_STEP,	/* an earlier step did it */
	WHY_CRASHED,		/* killed by a signal */
	WHY_NO_SETTLE,		/* neither serves nor ends */
	WHY_ENDED,		/* ended with a status, without a sentence */
	WHY_NOBODY,		/* status 0, and nobody lives */
	WHY_COUNT
};
const char *step_cause(const struct observation *, enum why);

/* A setting as a run got it: "plain.NAME" for "plain" where that is set. */
const char *setting_of(const struct observation *, const char *run,
    const char *name);

/*
 * The descriptors that were open just before the execve, "0 1 2 9": fact
 * "opened".  Only a start with a gate is looked at then, so a run without
 * it has what "traced" had (0, 1 and 2 may differ).  NULL: nobody looked.
 */
const char *opened_at_start(const struct observation *, const struct run *);

/* True where both are there and equal. */
bool same_text(const char *one, const char *other);
bool same_identity(struct identity one, struct identity other);
/* False where an instrument could not read it (device or inode < 1). */
bool known_identity(struct identity);
/* 1 or 0: the signal is in a set of 16 hex digits; -1: it can't be read. */
int signal_in(const char *set, int number);
/* A number of a list by blanks, "0 1 2 9": is it there? */
bool number_in(const char *list, int number);
/* "SIGHUP", or "signal 77". */
const char *signal_word(int number);

bool is_program(const struct process *);
/* Neither a zombie nor dead. */
bool is_alive(const struct process *);
/* The first process with a role, or NULL. */
const struct process *find_role(const struct snapshot *, const char *role);
/* The start's process just before its execve (run "traced"), or NULL. */
const struct process *process_before(const struct run *, const char *start);
/* How the PID ended, or NULL while it lives (or nobody saw it). */
const struct ending *find_ending(const struct run *, int pid);

/*
 * Calls by name: does an event stand in the list "setuid setreuid"?  Calls
 * that have not returned count as calls, and as no success.
 */
bool names_call(const struct event *, const char *names);
/*
 * False for what a launcher did before it became the program: the shell's
 * own preparations, which strace sees too (chdir, dup2, setgroups ...).
 * first_call, last_call, count_calls and the two below pass over them.
 */
bool of_program(const struct run *, const struct event *);
/* The last call of the list that a process (0: anyone) did with success. */
const struct event *last_success(const struct run *, int pid,
    const char *names);
/* The first that failed; `error` NULL: whatever the errno. */
const struct event *first_failure(const struct run *, int pid,
    const char *names, const char *error);

/* Witnesses, quoted as they are; NULL is passed over. */
void show_process(struct verdict *, const struct process *);
void show_row(struct verdict *, const struct row *);
void show_event(struct verdict *, const struct event *);
void show_descriptor(struct verdict *, const struct process *,
    const struct descriptor *);
void show_output(struct verdict *, const struct start *);
void show_file(struct verdict *, const struct file *);
void show_ending(struct verdict *, const struct ending *);
/* /proc's line and, where there is one, ps's. */
void show_both(struct verdict *, const struct snapshot *,
    const struct process *);

/*
 * Does ps tell the same of this process as /proc (ppid, pgid, sid, has a
 * terminal)?  Else false, and the verdict is the harness's fault.  Only run
 * "plain" has rows; they are missed there alone, in snapshot "after".
 */
bool witnesses_agree(const struct run *, const struct snapshot *,
    const struct process *, struct verdict *);

/* FAIL with a cause that another check of the same step explains. */
void blame_again(struct verdict *, const char *cause);

/*
 * A judge of one run; false: the verdict is given.  both_runs applies it to
 * "traced", then to "plain", and stops at the first that is false.
 */
typedef bool run_judge(const struct observation *, struct verdict *,
    const char *run);
bool both_runs(const struct observation *, struct verdict *, run_judge *);

/*
 * Why a step said -1: a step's own file may know better than "it said no".
 * True where it has given the verdict (expected and found are set before).
 */
typedef bool explainer(const struct run *, const struct start *,
    struct verdict *);
explainer explain_setsid, explain_devnull;

#endif
