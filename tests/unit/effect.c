/*
 * effect - of a process that has the effects of all twelve techniques, one
 * thing is spoilt at a time: that is what it lacks
 */
#define _GNU_SOURCE		/* O_CLOEXEC, SIGPIPE */

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "checks/effect.h"
#include "unit/unit.h"

extern CU_TestInfo effect_tests[];

enum { INIT = 1, LEADER = 4, DAEMON = 5, UID = 1703, GID = 1704, EXTRA = 1705 };
enum { PID_FD = 3, PID_INODE = 7, JAIL_INODE = 8 };

static void
set(char **old, const char *new)
{
	free(*old);
	*old = new != NULL ? text("%s", new) : NULL;
}

static void
add_number(int **array, size_t *count, int number)
{
	*(int *)observation_grow((void **)array, count, sizeof(int)) = number;
}

static struct descriptor *
add_descriptor(struct process *process, int number)
{
	struct descriptor *one = observation_add(process, descriptors,
	    descriptor_count);

	one->number = number;
	set(&one->type, "character");
	one->major = 1;
	one->minor = 3;
	one->flags = O_RDWR;
	return one;
}

static void
add_daemon(struct snapshot *shot)
{
	struct process *p = observation_add(shot, processes, process_count);
	struct descriptor *lock;

	p->pid = DAEMON;
	p->ppid = INIT;
	p->pgid = p->sid = LEADER;
	set(&p->state, "S");
	set(&p->cwd, "/srv");
	p->root_identity = (struct identity){ 40, JAIL_INODE };
	set(&p->blocked, "0000000000000000");
	set(&p->ignored, "0000000000001000");
	set(&p->caught, "0000000000004001");
	for (int i = 0; i < 4; i++) {
		add_number(&p->uids, &p->uid_count, UID);
		add_number(&p->gids, &p->gid_count, GID);
		set(&p->capabilities[i], "0000000000000000");
	}
	add_number(&p->groups, &p->group_count, GID);
	add_number(&p->groups, &p->group_count, EXTRA);
	for (int i = 0; i < 3; i++)
		add_descriptor(p, i);
	lock = add_descriptor(p, PID_FD);
	set(&lock->type, "file");
	lock->identity = (struct identity){ 40, PID_INODE };
	lock->flags |= O_CLOEXEC;
	set(&lock->lock, "1: FLOCK  ADVISORY  WRITE 5 00:28:7 0 EOF\n");
}

static void
add_file(struct snapshot *shot, const char *path, int inode,
    const char *content)
{
	struct file *file = observation_add(shot, files, file_count);

	set(&file->path, path);
	set(&file->type, content != NULL ? "file" : "directory");
	file->identity = (struct identity){ 40, inode };
	set(&file->content, content);
}

/* What a start leaves that nothing harms; `seen` owns it all. */
static struct bearer
unharmed(struct observation *seen, const char *step)
{
	memset(seen, 0, sizeof(*seen));
	set(&seen->step, step);
	observation_setting(seen, "directory", "/srv");
	observation_setting(seen, "pid-file", "/run/x.pid");
	observation_setting(seen, "log-file", "/log");
	observation_setting(seen, "jail", "/jail");
	observation_setting(seen, "user.uid", "%d", UID);
	observation_setting(seen, "user.gid", "%d", GID);
	observation_setting(seen, "user.groups", "%d %d", GID, EXTRA);
	struct run *run = observation_add(seen, runs, run_count);
	struct start *start = observation_add(run, starts, start_count);
	start->launcher = 3;
	struct message *message = observation_add(run, messages,
	    message_count);
	message->pid = DAEMON;
	run_fact(run, "kept", "%s", "");
	struct snapshot *shot = observation_add(run, snapshots,
	    snapshot_count);
	add_daemon(shot);
	struct process *init = observation_add(shot, processes,
	    process_count);
	init->pid = INIT;
	set(&init->role, "init");
	add_file(shot, "/run/x.pid.2", PID_INODE, "5\n");
	add_file(shot, "/log", 9, "before\n10-log[5]: ready\n");
	add_file(shot, "/jail", JAIL_INODE, NULL);
	return (struct bearer){ seen, run, shot, start, &shot->processes[0],
		2 };
}

/* --- what is spoilt --------------------------------------------------- */

typedef void spoil(struct run *run, struct process *process);

#define SPOIL(name, ...) \
	static void \
	name(struct run *run, struct process *process) \
	{ \
		(void)run; \
		(void)process; \
		__VA_ARGS__; \
	}

SPOIL(nothing, )
SPOIL(no_fork, run->starts[0].launcher = DAEMON)
SPOIL(adopted_by_another, process->ppid = 2)
SPOIL(leads_session, process->pgid = process->sid = DAEMON)
SPOIL(has_terminal, leads_session(run, process); process->terminal = 34816)
SPOIL(keeps_a_descriptor, process->descriptors[PID_FD].flags = O_RDWR)
SPOIL(all_closed, process->descriptors[0].number = 9;
    process->descriptors[1].flags |= O_CLOEXEC;
    process->descriptors[2].flags |= O_CLOEXEC;
    process->descriptors[0].flags |= O_CLOEXEC)
SPOIL(no_input, process->descriptors[0].number = 9)
SPOIL(zero, process->descriptors[1].minor = 5)
SPOIL(input_write_only, process->descriptors[0].flags = O_WRONLY)
SPOIL(output_read_only, process->descriptors[2].flags = O_RDONLY)
SPOIL(elsewhere, set(&process->cwd, "/start"))
SPOIL(nowhere, set(&process->cwd, NULL))
SPOIL(other_pid, set(&run->snapshots[0].files[0].content, "4\n"))
SPOIL(no_pid_file, set(&run->snapshots[0].files[0].path, "/run/y.pid"))
SPOIL(no_lock, set(&process->descriptors[PID_FD].lock, NULL))
SPOIL(no_handler, set(&process->caught, "0000000000004000"))
SPOIL(blocks_term, set(&process->blocked, "0000000000004000"))
SPOIL(works_and_blocks, blocks_term(run, process); set(&process->state, "R"))
SPOIL(pipe_kills, set(&process->ignored, "0000000000000000"))
SPOIL(log_of_another, set(&run->snapshots[0].files[1].content,
    "10-log[4]: ready\n"))
SPOIL(no_log, set(&run->snapshots[0].files[1].path, "/log.1"))
SPOIL(no_message, run->messages[0].pid = 4)
SPOIL(no_syslog, no_message(run, process);
    set(&run->facts[0].name, "syslog.skipped"))
SPOIL(old_root, process->root_identity.inode = 2)
SPOIL(stands_outside, process->cwd_outside = true)
SPOIL(saved_uid, process->uids[2] = 0)
SPOIL(no_uids, process->uid_count = 0)
SPOIL(saved_gid, process->gids[2] = 0)
SPOIL(no_gids, process->gid_count = 0)
SPOIL(foreign, process->groups[1] = 4)
SPOIL(capable, set(&process->capabilities[1], "0000000000000400"))

static const struct {
	const char *step;
	spoil *spoil;
	const char *lack;
} rows[] = {
	{ "01-fork", nothing, NULL },
	{ "01-fork", no_fork, "it is the launcher itself, not its child" },
	{ "01-fork", adopted_by_another,
	    "its parent is process 2, not init" },
	{ "02-setsid", leads_session, NULL },
	{ "02-setsid", nothing,
	    "it is in session 4 and leads none of its own" },
	{ "02-setsid", has_terminal, "it still has a controlling terminal" },
	{ "03-refork", nothing, NULL },
	{ "03-refork", leads_session, "it still leads its session" },
	{ "04-close", all_closed, NULL },
	{ "04-close", keeps_a_descriptor, "descriptor 0 is still open" },
	{ "05-devnull", nothing, NULL },
	{ "05-devnull", no_input, "descriptor 0 is closed" },
	{ "05-devnull", zero, "descriptor 1 is not /dev/null" },
	{ "05-devnull", input_write_only, "descriptor 0 can't be read" },
	{ "05-devnull", output_read_only, "descriptor 2 can't be written" },
	{ "06-chdir", nothing, NULL },
	{ "06-chdir", elsewhere, "its working directory is /start" },
	{ "06-chdir", nowhere, "its working directory is ?" },
	{ "07-umask", elsewhere, NULL },
	{ "08-lock", nothing, NULL },
	{ "08-lock", other_pid, "its pid file holds \"4\\n\"" },
	{ "08-lock", no_pid_file, "its pid file holds \"\"" },
	{ "08-lock", no_lock, "it holds no lock on its pid file" },
	{ "09-signals", nothing, NULL },
	{ "09-signals", no_handler, "it doesn't catch SIGHUP" },
	{ "09-signals", blocks_term, "it blocks SIGTERM" },
	{ "09-signals", works_and_blocks, NULL },
	{ "09-signals", pipe_kills, "SIGPIPE would kill it" },
	{ "10-log", nothing, NULL },
	{ "10-log", log_of_another, "its message is not in the log" },
	{ "10-log", no_log, "its message is not in the log" },
	{ "10-log", no_message, "its message did not reach syslog" },
	{ "10-log", no_syslog, NULL },
	{ "11-chroot", nothing, NULL },
	{ "11-chroot", old_root, "its root is not the jail" },
	{ "11-chroot", stands_outside,
	    "its working directory is outside the jail" },
	{ "12-setuid", nothing, NULL },
	{ "12-setuid", saved_uid, "its user ids are 1703 1703 0" },
	{ "12-setuid", no_uids, "its user ids are -1 -1 -1" },
	{ "12-setuid", saved_gid, "its group ids are 1704 1704 0" },
	{ "12-setuid", no_gids, "its group ids are -1 -1 -1" },
	{ "12-setuid", foreign, "it is still in group 4" },
	{ "12-setuid", capable, "it still has capabilities" },
	{ "capstone", capable, NULL },
};

static void
what_is_spoilt_is_what_it_lacks(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct observation seen;
		struct bearer bearer = unharmed(&seen, rows[i].step);
		char *lack;

		rows[i].spoil(&seen.runs[0],
		    &seen.runs[0].snapshots[0].processes[0]);
		lack = lacking(&bearer);
		prove_equal(lack, rows[i].lack, rows[i].step);
		free(lack);
		observation_free(&seen);
	}
}

CU_TestInfo effect_tests[] = {
	{ "what is spoilt is what it lacks",
	    what_is_spoilt_is_what_it_lacks },
	CU_TEST_INFO_NULL
};
