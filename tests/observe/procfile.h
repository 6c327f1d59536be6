/*
 * procfile - understands the texts of /proc: proc(5)
 *
 * Nothing is opened here: what was read is given as a string, whatever its
 * bytes are, and PIDs stay those that it names.
 */
#ifndef TESTS_OBSERVE_PROCFILE_H
#define TESTS_OBSERVE_PROCFILE_H

#include "observe/observation.h"

/*
 * /proc/PID/stat: fills comm, state, ppid and terminal.  Returns 0; or -1,
 * with nothing changed, where it isn't one.
 */
int procfile_stat(struct process *process, const char *stat);

/* The processor time in /proc/PID/stat, in clock ticks; 0 without one. */
double procfile_ticks(const char *stat);

/*
 * /proc/PID/status: fills the ids, umask, signals and capabilities, and pid,
 * pgid and sid as the innermost namespace has them.  What isn't there stays
 * NULL or empty, the umask is -1.
 */
void procfile_status(struct process *process, const char *status);

/* The innermost PID in /proc/PID/status; 0 without one. */
int procfile_innermost(const char *status);

/* /proc/PID/fdinfo/N: fills flags (-1 without them) and lock. */
void procfile_fdinfo(struct descriptor *descriptor, const char *info);

/*
 * A line of /proc/locks, into a zeroed lock.  Returns false, with nothing
 * changed, where it isn't a lock that somebody holds.
 */
bool procfile_lock(struct lock *lock, const char *line);

/*
 * Where the PID of a lock's line in fdinfo begins; NULL without one.  It has
 * that many characters.
 */
const char *procfile_lock_pid(const char *line, int *pid, size_t *length);

/* Adds the PIDs of /proc/PID/task/PID/children to a list that has `count`;
 * returns how many it has then (at most `room`). */
size_t procfile_children(const char *children, int *list, size_t count,
    size_t room);

#endif
