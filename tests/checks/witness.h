/*
 * witness - what ps, /proc, strace and init say, quoted and compared
 */
#ifndef TESTS_CHECKS_WITNESS_H
#define TESTS_CHECKS_WITNESS_H

#include "observe/observation.h"

struct verdict;

/* Witnesses, quoted as they are; NULL is passed over. */
void show_process(struct verdict *, const struct process *);
void show_row(struct verdict *, const struct row *);
void show_event(struct verdict *, const struct event *);
void show_descriptor(struct verdict *, const struct process *,
    const struct descriptor *);
void show_prompt(struct verdict *, const struct start *);
void show_output(struct verdict *, const struct start *);
void show_file(struct verdict *, const struct file *);
void show_ending(struct verdict *, const struct ending *);
/* How a start's launcher ended, which it has. */
void show_launcher(struct verdict *, const struct start *);
void show_message(struct verdict *, const struct message *);
/* /proc's line and, where there is one, ps's. */
void show_both(struct verdict *, const struct snapshot *,
    const struct process *);
/* All events of a process of these kinds, "signal killed". */
void show_events(struct verdict *, const struct run *, int pid,
    const char *kinds);
void show_content(struct verdict *, const struct file *);
void show_mask(struct verdict *, const struct process *);
/* Found: it has a controlling terminal, by its name. */
void name_terminal(struct verdict *, const struct process *);
void show_cwd(struct verdict *, const struct process *);

/*
 * Does ps tell the same of this process as /proc (ppid, pgid, sid, has a
 * terminal)?  Else false, and the verdict is the harness's fault.  Only run
 * "plain" has rows; they are missed there alone, in snapshot "after".
 */
bool witnesses_agree(const struct run *, const struct snapshot *,
    const struct process *, struct verdict *);
/* strace and the box's init both saw the end: they must tell the same. */
bool endings_agree(const struct run *, const struct ending *,
    struct verdict *);

#endif
