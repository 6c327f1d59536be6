/*
 * stage - one run of a check: its box, and what a scenario can do there
 */
#ifndef TESTS_SCENARIOS_STAGE_H
#define TESTS_SCENARIOS_STAGE_H

#include "box/box.h"
#include "scenarios/course.h"

struct stage {
	const struct course *course;
	struct box *box;
	struct run *run;
	int terminal;		/* of the last start, or -1 */
	int pipe;		/* the read end of descriptor 100, or -1 */
	char *before;		/* all files at the start, one a line */
};

/* How one start differs from the ordinary one; zero is ordinary. */
struct twist {
	bool gate;		/* snapshot "before" */
	bool redirected;	/* 0 is a pipe, 1 and 2 a file */
	bool pipe;		/* descriptor 100: the write end of a pipe */
	bool block, ignore;	/* SIGTERM and SIGHUP, as under nohup */
	bool no_fork;
	bool orphan;		/* its shell ends at the gate: init's child */
	int drop_capability;	/* a capability's number, or 0: none */
	int lowest;
	const unsigned *mask;	/* NULL: the course's */
	const char *directory, *pid_file, *jail, *user;	/* NULL: the course's */
	const char *config;	/* bbserve's, NULL: the course's */
	const char *title;	/* argv[0], NULL: its own name */
	long dummy;		/* a system call made that many times before */
	int dummies;		/* the program: shell.c */
	const char *extra[8];	/* further arguments */
};

/* How long, on an idle machine, a program may take to do its steps, and how
 * long what should not happen is given to happen. */
enum { PATIENCE_SETTLE = 3, PATIENCE_STRAGGLER = 1 };

/* Starts the program; returns the start's index. */
int stage_start(struct stage *stage, const char *name,
    const struct twist *twist);

/* Starts the program but holds it at its gate (NULL: doesn't hold it), just
 * before its execve, until it is released with the gate that was filled in. */
int stage_hold(struct stage *stage, const char *name,
    const struct twist *twist, int *gate);
void stage_release(struct stage *stage, int start, int gate);

/* Waits until it serves, or all of it has ended.  Where neither happens, the
 * run's timeout says so. */
void stage_settle(struct stage *stage, int start);

/* The same for several starts at once: until as many processes wait as were
 * started, and no other is left. */
void stage_settle_all(struct stage *stage);

/* Waits until a process of it waits, whatever the others do. */
void stage_await(struct stage *stage, int start);

/* Both, and a snapshot of `moment`; returns the snapshot.  A pointer that is
 * good until the next snapshot. */
struct snapshot *stage_play(struct stage *stage, const char *name,
    const struct twist *twist, const char *moment);

/* Of daemons that sleep: one that doesn't yet is looked at again, but not for
 * ever. */
struct snapshot *stage_snapshot(struct stage *stage, const char *moment);
/* Adds a file, by the name that the program knows. */
void stage_look(struct stage *stage, struct snapshot *shot, const char *path);
/* The same for a file outside all that the program was given. */
void stage_look_outside(struct stage *stage, struct snapshot *shot,
    const char *path);
/* Runs a tool of /usr/bin in the box, "ps", to its end, and returns all that it
 * printed, malloc'ed, or NULL after a fault; the start is called `name`. */
char *stage_tool(struct stage *stage, const char *name,
    const char *const *command);
/* Adds ps's rows. */
void stage_ps(struct stage *stage, struct snapshot *shot);

/* The first start's daemon, or 0. */
int stage_daemon(const struct stage *stage, int start);
/* Sends a signal and waits until the daemon waits again; true if it does. */
bool stage_signal_and_wait(struct stage *stage, int daemon, int number);
/* The same, until it says anything (untraced: READY=1 or STATUS=...). */
bool stage_signal_and_hear(struct stage *stage, int daemon, int number);
/* The same, until its comm is `name`. */
bool stage_signal_and_name(struct stage *stage, int daemon, int number,
    const char *name);
/* Waits until so many messages have reached syslog; fills in the PIDs of the
 * first two senders, 0 where there is none.  False where they did not come. */
bool stage_wait_messages(struct stage *stage, unsigned count, int *senders);
/* One look at descriptor 100's pipe: fact "pipe". */
void stage_look_at_pipe(struct stage *stage);
/* Ends the daemon by SIGTERM: fact "stopped", and a snapshot with the pid
 * file. */
void stage_stop(struct stage *stage, int daemon);
/* Renames a file of the box within its folder; true if it was there. */
bool stage_rename(struct stage *stage, const char *path, const char *name);
/* Is there nobody to become?  Then the run is skipped, with the reason. */
bool stage_lacks_users(struct stage *stage);
/* Does the program start with root's rights in its box? */
bool stage_is_root(const struct stage *stage);
/* Sends a signal and waits for the end of the process; true if it ended. */
bool stage_end(struct stage *stage, int daemon, int number);

/* Files of the box, named as the program knows them; faults are recorded. */
void stage_write(struct stage *stage, const char *path, const char *content);
void stage_link(struct stage *stage, const char *target, const char *path);
void stage_mkdir(struct stage *stage, const char *path);

/* How a run gets the program, when it's built, and gives what it saw. */
struct hands {
	int (*program)(void);	/* a descriptor, or -1: there will be none */
	void (*over)(const struct run *run);
};

/* Runs one run of a scenario from its box's opening to its closing. */
struct play {
	const char *name;
	bool traced;
	void (*play)(struct stage *stage);
	bool gate;		/* the daemon is one that opens STAGE_GATE */
};
void stage_run(struct run *run, const struct course *course,
    const struct play *play, const struct hands *hands);

/* A FIFO in the jail's folder for logs: who opens it to write is held there
 * until the tool opens it to read. */
#define STAGE_GATE "gate"
char *stage_gate(const struct course *course);

/* Somebody at a shell in a box: what is brought there before the root can
 * only be read, and what is done then; play returns an exit code. */
struct guest {
	void (*bring)(struct stage *stage, int *programs);
	int (*play)(struct stage *stage);
};

/*
 * Opens a box with the step programs of the folder `programs`, and lets the
 * guest play.  Returns what that returned, or 99 with run->fault.
 */
int stage_house(struct run *run, const struct course *course,
    const char *programs, const struct guest *guest);

/* The prompt of a shell in a box, here and in the book. */
#define STAGE_PROMPT "lab$ "

/* Starts an interactive shell on a new terminal; the start's index.  It edits
 * its lines, or not; and its programs' READY=1 are heard, or not. */
int stage_start_shell(struct stage *stage, bool edits, bool heard);

/* What almost all scenarios begin with. */
struct snapshot *play_traced(struct stage *stage);
struct snapshot *play_plain(struct stage *stage, const struct twist *twist);

/* Run "faults" of every step: faults.c tells what it leaves behind. */
void play_faults(struct stage *stage);

#endif
