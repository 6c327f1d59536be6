/*
 * limits - a cgroup for a box where one can be had: cgroups(7)
 *
 * Beside the rlimits that every start has, it bounds the box as a whole:
 * 512 processes, 512 MiB of memory.
 */
#ifndef TESTS_BOX_LIMITS_H
#define TESTS_BOX_LIMITS_H

#include <sys/types.h>

/*
 * Puts a process, and what it will fork, into a group of its own.  Returns
 * how many controllers took it; 0 where none can be had.
 */
int limits_set(pid_t process);

/* Removes the group of a process that has ended, with all it forked. */
void limits_remove(pid_t process);

/* "pids and memory (version 1)" or the like, in the user's language. */
const char *limits_word(void);

#endif
