/*
 * files - a file of the box: who has it open, and who may write it
 */
#ifndef TESTS_CHECKS_FILES_H
#define TESTS_CHECKS_FILES_H

#include "observe/observation.h"

struct cause;
struct verdict;

bool same_identity(struct identity one, struct identity other);
/* False where an instrument could not read it (device or inode < 1). */
bool known_identity(struct identity);

/* A file of a snapshot, "none" among them, or NULL. */
const struct file *file_at(const struct run *, const char *moment,
    const char *path);
/* The harness's fault: it was to be looked at. */
void lacks_file(const struct run *, struct verdict *, const char *moment,
    const char *path);

/* Found: there is none of that name, or something else. */
void found_no_file(struct verdict *, const struct file *);

/* The next descriptor of a file after `last`, or the first after NULL. */
const struct descriptor *next_on(const struct process *, const struct file *,
    const struct descriptor *last);
/* Is a right missing from a mode?  Else the cause says who has it. */
bool lacks_right(const struct file *, int right, const struct cause *,
    struct verdict *);

#endif
