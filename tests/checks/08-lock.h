/*
 * 08-lock - what the judges of the daemon's file and of later starts share
 */
#ifndef TESTS_CHECKS_08_LOCK_H
#define TESTS_CHECKS_08_LOCK_H

#include "checks/check.h"

extern const struct cause no_pid_file;

/* The traced run, once its first start serves; else the verdict is given. */
const struct run *traced_run(const struct observation *, struct verdict *);
/* A file of a snapshot, "none" among them, or NULL with the verdict given. */
const struct file *needed_file(const struct run *, struct verdict *,
    const char *moment, const char *path);
const struct file *pid_file(const struct observation *, struct verdict *,
    const char *run, const char *moment);

/* Whether the pid file of a moment holds just `pid` and a newline. */
bool holds_pid(struct verdict *, const struct file *, int pid);
bool is_locked_by(const struct observation *, struct verdict *,
    const struct snapshot *, const struct process *, const struct file *);
void show_descriptors_on(struct verdict *, const struct process *,
    const struct file *);

/* Judges of 08-starts.c, by lock_checks. */
void judge_refusal(const struct observation *, struct verdict *);
void judge_owner(const struct observation *, struct verdict *);
void judge_untouched(const struct observation *, struct verdict *);
void judge_restart(const struct observation *, struct verdict *);
void judge_link(const struct observation *, struct verdict *);

#endif
