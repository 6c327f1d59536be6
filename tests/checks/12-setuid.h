/*
 * 12-setuid - what the judges of the ids and of a refusal share
 */
#ifndef TESTS_CHECKS_12_SETUID_H
#define TESTS_CHECKS_12_SETUID_H

#include "checks/check.h"

/* As /proc/PID/status orders them. */
enum { REAL, EFFECTIVE, SAVED, FILE_SYSTEM, IDS };

extern const char uid_calls[], gid_calls[];
extern const struct cause uid_other;

/* The daemon of a run with all its ids, or NULL with the verdict given. */
const struct process *dropped(const struct observation *, struct verdict *,
    const char *run);
bool all_are(const int *ids, int wanted);
/* The first group that isn't the user's, or -1. */
int foreign_group(const struct observation *, const struct process *);

void show_ids(struct verdict *, const struct process *, const char *line,
    const int *ids);
/* The lines Uid, Gid and Groups of /proc/PID/status. */
void show_all_ids(struct verdict *, const struct process *);
/* "4 20 27", a copy to be freed. */
char *groups_text(const struct process *);

/* Judges of 12-refusal.c, by setuid_checks. */
void judge_failure(const struct observation *, struct verdict *);
void judge_unknown(const struct observation *, struct verdict *);
void judge_second_root(const struct observation *, struct verdict *);

#endif
