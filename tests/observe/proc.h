/*
 * proc - reads the kernel's own record of a box's processes: proc(5)
 *
 * It reads the /proc outside the box, which nobody in the box can mount over;
 * PIDs are then the box's, as "NSpid" gives them.
 */
#ifndef TESTS_OBSERVE_PROC_H
#define TESTS_OBSERVE_PROC_H

#include "observe/observation.h"

/*
 * Adds to a snapshot every process that descends from the box's init (its
 * PID outside), init itself first and with the role "init", the others
 * "program"; and, if asked, the locks on the files that they have open (that
 * costs the kernel some 10 ms: it stops all its locking to list them).  A
 * process that ends while it's being read is left out.  Returns 0, or -1 with
 * errno where init itself can't be read.
 */
int proc_observe(struct snapshot *shot, int init, bool locks);

/*
 * Looks at a file of the box, whose root is a descriptor: a symbolic link is
 * not followed at the end, and none leads out of the root.  What can't be
 * opened has the type "none".
 */
void file_observe(struct snapshot *shot, int root, const char *path);

/* The PID outside of a process of the box below init, or 0. */
int proc_host_pid(int init, int pid);

/* Fills list with the PIDs outside of all that descend from init, init
 * first; returns how many (at most `room`). */
size_t proc_descendants(int init, int *list, size_t room);

/* The box PID of a process, by its PID outside; 0 when it's gone. */
int proc_box_pid(int host);

/* The PID outside of who traces a process, by its PID outside; or 0. */
int proc_tracer(int host);

/* The name of a process, by its PID outside; 0, or -1 when it's gone. */
int proc_comm(int host, char *comm, size_t room);

/* The processor time that a process has had, by its PID outside, in seconds;
 * 0 when it's gone. */
double proc_cpu_seconds(int host);

#endif
