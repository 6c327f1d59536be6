/*
 * observation - everything that the instruments saw of one check
 *
 * The instruments fill it, the judges only read it, and it can be saved as
 * JSON and read back (json.c).  Every string is malloc'ed or NULL; a PID is
 * the one the process has inside its box, 0 where none is known; -1 stands
 * for a number that could not be read.  Ids are the box's.
 */
#ifndef TESTS_OBSERVE_OBSERVATION_H
#define TESTS_OBSERVE_OBSERVATION_H

#include <stdbool.h>
#include <stddef.h>

/* What an inode is; device and inode together are its identity. */
struct identity {
	long device;
	long inode;
};

/* One open descriptor: /proc/PID/fd/N and /proc/PID/fdinfo/N, proc(5). */
struct descriptor {
	int number;
	char *target;		/* what the link reads, e.g. "/dev/null" */
	char *type;		/* file directory character block pipe socket
				   link other */
	struct identity identity;
	int major, minor;	/* of a device; 0, 0 otherwise */
	int flags;		/* open(2)'s, O_CLOEXEC among them */
	bool outside;		/* a directory outside the process's root */
	char *lock;		/* fdinfo's "lock:" lines, NULL without one */
};

/* One process: /proc/PID/{stat,status,cwd,root,exe,fd}, proc(5). */
struct process {
	int pid, ppid, pgid, sid;
	int terminal;		/* tty_nr: 0 without controlling terminal */
	char *state;		/* one letter: R S D T Z ... */
	char *comm;
	char *executable;	/* NULL where it can't be read (zombies) */
	char *role;		/* init shell program helper */
	char *cwd;		/* as seen from the box's root */
	struct identity cwd_identity;
	bool cwd_outside;	/* not below the process's root */
	char *root;
	struct identity root_identity;
	int mask;		/* umask */
	int *uids;		/* real, effective, saved, file system */
	size_t uid_count;
	int *gids;
	size_t gid_count;
	int *groups;		/* supplementary groups */
	size_t group_count;
	char *capabilities[4];	/* CapInh CapPrm CapEff CapAmb, 16 hex digits */
	char *blocked, *ignored, *caught;	/* signal sets, 16 hex digits */
	struct descriptor *descriptors;
	size_t descriptor_count;
};

/* One line of /proc/locks, proc(5); PID is the taker's, not the holder's. */
struct lock {
	char *kind;		/* FLOCK POSIX OFDLCK */
	char *access;		/* READ WRITE */
	int pid;
	struct identity identity;
};

/* One row of ps(1), run inside the box. */
struct row {
	int pid, ppid, pgid, sid;
	int uid, gid;		/* effective */
	char *terminal;		/* "?" without one */
	char *stat;
	char *comm;
	char *line;		/* as printed */
};

/* One file of the box. */
struct file {
	char *path;
	char *type;		/* as in struct descriptor; "none" if absent */
	int mode;		/* permission bits */
	int uid, gid;
	long size;
	struct identity identity;
	char *content;		/* regular files: the first 512 KiB */
	char *link;		/* symbolic links: where it points */
};

/* The box at one named moment. */
struct snapshot {
	char *moment;
	struct process *processes;
	size_t process_count;
	struct lock *locks;
	size_t lock_count;
	struct row *rows;	/* empty where ps was not run */
	size_t row_count;
	struct file *files;
	size_t file_count;
};

/* One event of strace(1), in the kernel's order of completion. */
struct event {
	int pid;
	char *kind;		/* call signal exit killed */
	char *name;		/* "setsid", "SIGHUP"; "" for exit */
	char *arguments;	/* between the parentheses, as strace wrote */
	long result;		/* return value, exit status or signal number;
				   -1 while it has not returned */
	char *error;		/* "EPERM", or NULL */
	bool finished;		/* false: the call had not returned */
	bool injected;		/* strace made it fail */
	char *line;		/* the whole line, box PIDs */
};

/* One datagram that reached /dev/log, RFC 3164 as glibc sends it. */
struct message {
	int pid;		/* of the sender, as the kernel says */
	int facility;		/* -1 without a priority */
	int severity;
	char *ident;		/* what stands before [PID] or ':' */
	int claimed;		/* the PID it names, -1 without one */
	char *text;
	char *line;		/* the whole datagram */
};

/* One program that was started in the box, by a shell of its own. */
struct start {
	char *name;		/* e.g. "first", "second" */
	char *command;		/* as a person would type it */
	int shell;		/* the session leader that started it */
	int launcher;		/* PID of the program's first process */
	bool ended;		/* the launcher has ended (prompt is back) */
	int status;		/* as wait(2) gives it; -1 before the end */
	char *output;		/* what its terminal, or its pipe, received */
	bool ready;		/* READY=1 came */
	bool settled;		/* a process of it waits in rt_sigsuspend */
	int daemon;		/* PID of the process that waits; or 0 */
};

/* The end of a process that the box's init reaped. */
struct ending {
	int pid;
	int status;		/* as wait(2) gives it */
	char *comm;
};

/* A named result of a stimulus, or a setting that was asked for. */
struct fact {
	char *name;
	char *value;
};

/* One box, from its first start to its end. */
struct run {
	char *name;		/* e.g. "traced", "plain" */
	bool traced;
	struct start *starts;
	size_t start_count;
	struct snapshot *snapshots;
	size_t snapshot_count;
	struct event *events;
	size_t event_count;
	struct message *messages;
	size_t message_count;
	struct ending *endings;
	size_t ending_count;
	struct fact *facts;
	size_t fact_count;
	char *skipped;		/* why this machine can't run it, or NULL */
	char *fault;		/* what went wrong in the harness, or NULL */
	char *timeout;		/* what was waited for in vain, or NULL */
};

struct observation {
	char *step;		/* "05-devnull" */
	char *mode;		/* range single plain */
	char *seed;		/* what the variations were drawn from */
	struct fact *settings;
	size_t setting_count;
	struct run *runs;
	size_t run_count;
};

/*
 * Adds a zeroed element to an array of an observation and returns it.
 * Ends the tool with status 99 when memory is exhausted.
 */
#define observation_add(owner, array, count) \
	(observation_grow((void **)&(owner)->array, &(owner)->count, \
	    sizeof(*(owner)->array)), &(owner)->array[(owner)->count - 1])
void *observation_grow(void **array, size_t *count, size_t size);

/* The one place where the tool ends, with status 99, for want of memory. */
_Noreturn void memory_exhausted(void);

/* asprintf(3) that ends the tool with status 99 when memory is exhausted. */
char *text(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Records a fact of a run; the value is a format. */
void run_fact(struct run *run, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Records a setting of an observation. */
void observation_setting(struct observation *seen, const char *name,
    const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Each finds one element by its name, or returns NULL. */
const struct run *find_run(const struct observation *, const char *name);
const struct snapshot *find_snapshot(const struct run *, const char *moment);
const struct start *find_start(const struct run *, const char *name);
const struct process *find_process(const struct snapshot *, int pid);
const struct row *find_row(const struct snapshot *, int pid);
const struct file *find_file(const struct snapshot *, const char *path);
const struct descriptor *find_descriptor(const struct process *, int number);
/* The value of a fact or a setting, or NULL. */
const char *find_fact(const struct run *, const char *name);
const char *find_setting(const struct observation *, const char *name);

/* Empties the structure and frees all that it holds. */
void observation_free(struct observation *seen);
void run_free(struct run *run);

#endif
