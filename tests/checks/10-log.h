/*
 * 10-log - what the judges of the log's lines, writers and syslog share
 */
#ifndef TESTS_CHECKS_10_LOG_H
#define TESTS_CHECKS_10_LOG_H

#include "checks/check.h"

enum { SHOWN = 5 };		/* bad lines quoted as evidence */

extern const struct cause log_not_written, log_cut, log_too_long, no_syslog;

/* The log file of a run, a regular one, or NULL with the verdict given. */
const struct file *log_file_at(const struct observation *, struct verdict *,
    const char *run, const char *moment);
/* That of the moment "after". */
const struct file *log_file(const struct observation *, struct verdict *,
    const char *run);
/* Found: the line isn't in the log. */
void found_no_line(struct verdict *, const struct file *log);
/* What the program calls itself: main.c gives its short name to open_log. */
const char *ident_of(const struct observation *);
/* Calls `use` with each log of a run; false: the verdict is given. */
typedef void log_user(void *own, const struct file *, struct verdict *);
bool each_log(const struct run *, struct verdict *, log_user *use, void *own);

/* A line of a text, without its newline; a copy to be freed. */
char *line_at(const char *start);
/* The first line that holds these words, as a copy; or NULL. */
char *line_with(const char *content, const char *words);
/* The line after this one, or NULL. */
const char *next_line(const char *line);
size_t count_lines(const char *content);
/* A number by itself: not a part of a time, a date or a longer number. */
bool has_number(const char *line, int number);
/*
 * The part of a message before its first conversion: it stays when the rest
 * is obeyed.  A copy; the whole message where that part is too common.
 */
char *harmless_part(const char *message);

/* The datagram of a process that begins with a text, or NULL. */
const struct message *sent(const struct run *, int pid, const char *words);
/* That of the message it was told to log, or NULL with the verdict given. */
const struct message *told_message(const struct run *, const struct process *,
    const char *words, struct verdict *);

/* The call by which a process began to read its configuration, which it does
 * between open_log and its first message; or NULL. */
const struct event *config_read(const struct observation *,
    const struct run *, int pid);

/*
 * Judges of 10-keeps.c, 10-syslog.c, 10-texts.c and 10-writers.c, by
 * log_checks.
 */
void judge_kept(const struct observation *, struct verdict *);
void judge_exec(const struct observation *, struct verdict *);
void judge_zone(const struct observation *, struct verdict *);
void judge_texts(const struct observation *, struct verdict *);
void judge_syslog(const struct observation *, struct verdict *);
void judge_priority(const struct observation *, struct verdict *);
void judge_sender(const struct observation *, struct verdict *);
void judge_connection(const struct observation *, struct verdict *);
void judge_append(const struct observation *, struct verdict *);
void judge_whole(const struct observation *, struct verdict *);
void judge_complete(const struct observation *, struct verdict *);
void judge_reopened(const struct observation *, struct verdict *);

#endif
