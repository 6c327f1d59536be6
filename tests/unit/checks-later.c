/*
 * checks-later - the judges 07 to 12, on observations made by hand
 *
 * A builder makes what a right program leaves; each row of a table spoils one
 * thing of it and says which status and cause must come.
 */
#define _GNU_SOURCE		/* O_CLOEXEC, LOG_DAEMON */

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#include "checks/check.h"
#include "checks/events.h"
#include "checks/files.h"
#include "checks/words.h"
#include "unit/unit.h"

extern CU_TestInfo later_checks_tests[];

enum { INIT = 1, SHELL = 2, LAUNCHER = 3, CHILD = 4, DAEMON = 5 };
enum { SECOND = 9, THIRD = 13, EXIT_1 = 1 << 8, MESSAGES = 500 };
enum { UID = 1703, GID = 1704, EXTRA = 1705 };

static const char pid_path[] = "/run/x.pid", log_path[] = "/srv/j/log/x.log",
    old_log[] = "/srv/j/log/x.log.1", config_path[] = "/srv/j/etc/daemon.conf",
    jail_path[] = "/srv/j", other_jail[] = "/srv/j-two",
    tricky[] = "at 100%s \303\251t\303\251 of %n",
    two_lines[] = "the whole of it, and then\nforged: the other half",
    lengthy[] = "a long one that has its end cut off somewhere here";

static const struct identity pid_inode = {40, 7}, log_inode = {40, 8},
    old_inode = {40, 9}, jail_inode = {40, 10}, outer_inode = {30, 11},
    inner_inode = {40, 12}, root_inode = {30, 2}, victim_inode = {40, 13};

/*
 * The builder.
 */

static void
set(char **old, const char *new)
{
	free(*old);
	*old = new != NULL ? text("%s", new) : NULL;
}

static struct run *
run_of(struct observation *seen, const char *name)
{
	for (size_t i = 0; i < seen->run_count; i++)
		if (same_text(seen->runs[i].name, name))
			return &seen->runs[i];
	abort();
}

static struct snapshot *
shot_of(struct observation *seen, const char *run_name, const char *moment)
{
	struct run *run = run_of(seen, run_name);

	for (size_t i = 0; i < run->snapshot_count; i++)
		if (same_text(run->snapshots[i].moment, moment))
			return &run->snapshots[i];
	abort();
}

static struct process *
process_of(struct observation *seen, const char *run, const char *moment,
    int pid)
{
	struct snapshot *shot = shot_of(seen, run, moment);

	for (size_t i = 0; i < shot->process_count; i++)
		if (shot->processes[i].pid == pid)
			return &shot->processes[i];
	abort();
}

static struct process *
daemon_of(struct observation *seen, const char *run)
{
	return process_of(seen, run, "after",
	    find_start(run_of(seen, run), "first")->daemon);
}

static struct file *
file_of(struct observation *seen, const char *run, const char *moment,
    const char *path)
{
	struct snapshot *shot = shot_of(seen, run, moment);

	for (size_t i = 0; i < shot->file_count; i++)
		if (same_text(shot->files[i].path, path))
			return &shot->files[i];
	abort();
}

static struct descriptor *
descriptor_on(struct process *process, struct identity identity)
{
	for (size_t i = 0; i < process->descriptor_count; i++)
		if (same_identity(process->descriptors[i].identity, identity))
			return &process->descriptors[i];
	abort();
}

static struct start *
start_of(struct observation *seen, const char *run_name, const char *name)
{
	struct run *run = run_of(seen, run_name);

	for (size_t i = 0; i < run->start_count; i++)
		if (same_text(run->starts[i].name, name))
			return &run->starts[i];
	abort();
}

static void
add_number(int **array, size_t *count, int number)
{
	*(int *)observation_grow((void **)array, count, sizeof(**array)) =
	    number;
}

static void
set_ids(int *ids, int real, int effective, int saved)
{
	ids[0] = real;
	ids[1] = ids[3] = effective;
	ids[2] = saved;
}

static void
set_groups(struct process *process, int count, const int *groups)
{
	free(process->groups);
	process->groups = NULL;
	process->group_count = 0;
	for (int i = 0; i < count; i++)
		add_number(&process->groups, &process->group_count, groups[i]);
}

static struct descriptor *
add_descriptor(struct process *process, int number, const char *target,
    const char *type, struct identity identity)
{
	struct descriptor *fd = observation_add(process, descriptors,
	    descriptor_count);

	fd->number = number;
	set(&fd->target, target);
	set(&fd->type, type);
	fd->identity = identity;
	fd->flags = O_RDWR | O_CLOEXEC;
	return fd;
}

static void
add_step_state(struct process *process, int step)
{
	if (step >= 8)
		set(&add_descriptor(process, 3, pid_path, "file", pid_inode)
		    ->lock, "1: FLOCK  ADVISORY  WRITE 5 00:2a:7 0 EOF");
	if (step >= 10)
		add_descriptor(process, 4, log_path, "file", log_inode)
		    ->flags = O_WRONLY | O_APPEND | O_CLOEXEC;
	if (step >= 11) {
		process->root_identity = process->cwd_identity = jail_inode;
		set(&process->root, jail_path);
		set(&process->cwd, jail_path);
	}
	if (step >= 12) {
		set_ids(process->uids, UID, UID, UID);
		set_ids(process->gids, GID, GID, GID);
		set_groups(process, 2, (int[]){GID, EXTRA});
		for (int i = 0; i < 4; i++)
			set(&process->capabilities[i], "0000000000000000");
	}
}

static void
add_daemon(struct snapshot *shot, int pid, int step, int mask)
{
	struct process *process = observation_add(shot, processes,
	    process_count);

	process->pid = pid;
	process->ppid = INIT;
	process->pgid = process->sid = pid - 1;
	process->mask = mask;
	set(&process->state, "S");
	set(&process->role, "program");
	set(&process->comm, "program");
	set(&process->cwd, "/");
	set(&process->root, "/");
	process->cwd_identity = process->root_identity = root_inode;
	set(&process->blocked, "0000000000400000");
	set(&process->ignored, step >= 9 ? "0000000000001800" :
	    "0000000000000800");
	set(&process->caught, step >= 9 ? "0000000000004001" :
	    "0000000000000000");
	for (int i = 0; i < 4; i++) {
		add_number(&process->uids, &process->uid_count, 0);
		add_number(&process->gids, &process->gid_count, 0);
		set(&process->capabilities[i], "000001ffffffffff");
	}
	set_groups(process, 3, (int[]){4, 20, 27});
	add_step_state(process, step);
}

static void
add_row(struct snapshot *shot, int pid, int step)
{
	struct row *row = observation_add(shot, rows, row_count);

	row->pid = pid;
	row->ppid = INIT;
	row->pgid = row->sid = pid - 1;
	row->uid = step >= 12 ? UID : 0;
	row->gid = step >= 12 ? GID : 0;
	set(&row->terminal, "?");
}

static struct file *
add_file(struct snapshot *shot, const char *path, int mode,
    struct identity identity, const char *content)
{
	struct file *file = observation_add(shot, files, file_count);

	set(&file->path, path);
	set(&file->type, content != NULL ? "file" : "directory");
	set(&file->content, content);
	file->mode = mode;
	file->size = content != NULL ? (long)strlen(content) : 0;
	file->identity = identity;
	return file;
}

static void
set_content(struct file *file, const char *content)
{
	set(&file->content, content);
	file->size = content != NULL ? (long)strlen(content) : 0;
}

static void
add_pid_file(struct snapshot *shot, int pid)
{
	char *content = text("%d\n", pid);

	add_file(shot, pid_path, 0644, pid_inode, content);
	free(content);
}

static struct event *
add_event(struct run *run, int pid, const char *kind, const char *name,
    const char *arguments, long result, const char *error)
{
	struct event *event = observation_add(run, events, event_count);

	event->pid = pid;
	set(&event->kind, kind);
	set(&event->name, name);
	set(&event->arguments, arguments);
	event->result = result;
	set(&event->error, error);
	event->finished = true;
	event->line = text("%d %s(%s) = %ld", pid, name, arguments, result);
	return event;
}

static void
call(struct run *run, int pid, const char *name, const char *arguments,
    long result, const char *error)
{
	add_event(run, pid, "call", name, arguments, result, error);
}

static struct start *
add_start(struct run *run, const char *name, int shell, int daemon)
{
	struct start *start = observation_add(run, starts, start_count);

	set(&start->name, name);
	start->shell = shell;
	start->launcher = shell + 1;
	start->ended = true;
	start->daemon = daemon;
	start->ready = daemon != 0;
	set(&start->output, "");
	return start;
}

static void
add_ending(struct run *run, int pid, int status)
{
	struct ending *ending = observation_add(run, endings, ending_count);

	ending->pid = pid;
	ending->status = status;
}

static void
add_message(struct run *run, int pid, int severity, const char *words)
{
	struct message *message = observation_add(run, messages,
	    message_count);

	message->pid = message->claimed = pid;
	message->facility = LOG_DAEMON >> 3;
	message->severity = severity;
	set(&message->text, words);
	message->line = text("<29>ident[%d]: %s", pid, words);
}

static struct snapshot *
add_shot(struct run *run, const char *moment)
{
	struct snapshot *shot = observation_add(run, snapshots,
	    snapshot_count);

	set(&shot->moment, moment);
	return shot;
}

static void
add_fact(struct run *run, const char *name, const char *value)
{
	run_fact(run, name, "%s", value);
}

static void
add_settings(struct observation *seen, const char *step)
{
	static const char *const settings[][2] = {
		{"mask", "027"}, {"plain.mask", "072"}, {"start-mask", "035"},
		{"pid-file", pid_path}, {"log-file", log_path},
		{"config", config_path}, {"jail", jail_path},
		{"user.uid", "1703"}, {"user.gid", "1704"},
		{"user.groups", "1704 1705"},
	};

	set(&seen->step, step);
	set(&seen->mode, "range");
	observation_setting(seen, "program", "%s", step);
	for (size_t i = 0; i < sizeof(settings) / sizeof(*settings); i++)
		observation_setting(seen, settings[i][0], "%s",
		    settings[i][1]);
}

/* A run with its first start, which serves at "after". */
static struct run *
add_run(struct observation *seen, const char *name, int step)
{
	struct run *run = observation_add(seen, runs, run_count);
	struct snapshot *shot;

	set(&run->name, name);
	run->traced = strcmp(name, "traced") == 0;
	add_start(run, "first", SHELL, DAEMON);
	add_ending(run, CHILD, 0);
	if (run->traced)
		add_daemon(add_shot(run, "before"), LAUNCHER, 0, 035);
	shot = add_shot(run, "after");
	add_daemon(shot, DAEMON, step, run->traced ? 027 : 072);
	if (!run->traced)
		add_row(shot, DAEMON, step);
	return run;
}

static void
add_mask(struct observation *seen)
{
	struct run *run = run_of(seen, "plain");
	struct snapshot *shot = shot_of(seen, "plain", "after");

	call(run_of(seen, "traced"), DAEMON, "umask", "027", 035, NULL);
	add_fact(run, "created", "/tmp/c");
	add_file(shot, "/tmp/c/file", 0604, (struct identity){40, 20}, "");
	add_file(shot, "/tmp/c/directory", 0705, (struct identity){40, 21},
	    NULL);
}

static void
add_lock_traced(struct observation *seen)
{
	struct run *run = run_of(seen, "traced");
	struct snapshot *shot;

	add_pid_file(shot_of(seen, "traced", "after"), DAEMON);
	call(run, DAEMON, "openat", "AT_FDCWD, \"/run/x.pid\", O_RDWR|O_CREAT",
	    3, NULL);
	call(run, DAEMON, "flock", "3, LOCK_EX|LOCK_NB", 0, NULL);
	add_start(run, "second", 6, 0);
	add_ending(run, 8, 0);
	add_ending(run, SECOND, EXIT_1);
	add_event(run, SECOND, "exit", "", "", 1, NULL);
	add_message(run, SECOND, LOG_ERR,
	    "08-lock: already running, PID 5");
	shot = add_shot(run, "second");
	add_daemon(shot, DAEMON, 8, 027);
	add_pid_file(shot, DAEMON);
	add_start(run, "third", 10, THIRD);
	shot = add_shot(run, "third");
	add_daemon(shot, THIRD, 8, 027);
	add_pid_file(shot, THIRD);
}

static void
add_lock_plain(struct observation *seen)
{
	struct run *run = run_of(seen, "plain");
	struct snapshot *shot;

	/* The link comes first, so its PIDs are lower. */
	start_of(seen, "plain", "first")->shell = 6;
	start_of(seen, "plain", "first")->launcher = 7;
	start_of(seen, "plain", "first")->daemon = SECOND;
	daemon_of(seen, "plain");
	add_start(run, "link", SHELL, 0);
	add_ending(run, DAEMON, EXIT_1);
	add_fact(run, "link", "/run/link.pid");
	add_fact(run, "victim", "/run/victim");
	add_pid_file(shot_of(seen, "plain", "after"), SECOND);
	shot = add_shot(run, "link");
	add_file(shot, "/run/victim", 0644, victim_inode, "precious\n");
	set(&add_file(shot, "/run/link.pid", 0777, (struct identity){40, 14},
	    "")->type, "link");
}

static void
add_lock(struct observation *seen)
{
	struct snapshot *shot = shot_of(seen, "plain", "after");

	shot->processes[0].pid = shot->rows[0].pid = SECOND;
	add_lock_traced(seen);
	add_lock_plain(seen);
}

static void
add_reload(struct run *run, int number)
{
	char *moment = text("reload-%d", number), *name =
	    text("name%d", number);
	struct snapshot *shot = add_shot(run, moment);

	add_fact(run, moment, name);
	add_daemon(shot, DAEMON, 9, 027);
	set(&shot->processes[0].comm, name);
	add_event(run, DAEMON, "signal", "SIGHUP", "{}", SIGHUP, NULL);
	call(run, DAEMON, "rt_sigreturn", "{mask=[]}", -1, "EINTR");
	call(run, DAEMON, "openat", "\"/srv/j/etc/daemon.conf\"", 4, NULL);
	free(moment);
	free(name);
}

static void
add_signals(struct observation *seen)
{
	struct run *run = run_of(seen, "traced");
	struct snapshot *shot;

	for (int i = 1; i <= 5; i++)
		add_reload(run, i);
	add_event(run, DAEMON, "signal", "SIGTERM", "{}", SIGTERM, NULL);
	call(run, DAEMON, "rt_sigreturn", "{mask=[]}", -1, "EINTR");
	call(run, DAEMON, "exit_group", "0", 0, NULL);
	add_event(run, DAEMON, "exit", "", "", 0, NULL);
	run = run_of(seen, "plain");
	add_fact(run, "storm", "tempest");
	shot = add_shot(run, "storm");
	add_daemon(shot, DAEMON, 9, 072);
	set(&shot->processes[0].comm, "tempest");
	for (int i = 0; i < 2; i++) {
		run = run_of(seen, i == 0 ? "traced" : "plain");
		add_fact(run, "stopped", "yes");
		add_ending(run, DAEMON, 0);
		add_file(add_shot(run, "stopped"), pid_path, 0644, pid_inode,
		    "");
	}
}

static char *
log_line(int pid, const char *words)
{
	return text("2026-11-21T08:15:30+0100 10-log[%d]: %s\n", pid, words);
}

static void
append(struct file *file, int pid, const char *words)
{
	char *line = log_line(pid, words);
	char *longer = text("%s%s", file->content ? file->content : "", line);

	set_content(file, longer);
	free(longer);
	free(line);
}

static void
add_log_traced(struct observation *seen)
{
	struct run *run = run_of(seen, "traced");
	struct file *file;

	call(run, DAEMON, "openat", "AT_FDCWD, \"/srv/j/log/x.log\", "
	    "O_WRONLY|O_CREAT|O_APPEND, 0640", 4, NULL);
	call(run, DAEMON, "connect", "5, {sun_path=\"/dev/log\"}", 0, NULL);
	call(run, DAEMON, "openat", "\"/srv/j/etc/daemon.conf\"", 6, NULL);
	call(run, DAEMON, "write", "4, \"at 100...\", 60", 60, NULL);
	call(run, DAEMON, "write", "4, \"ready\", 50", 50, NULL);
	add_fact(run, "message", tricky);
	file = add_file(shot_of(seen, "traced", "after"), log_path, 0640,
	    log_inode, "");
	append(file, DAEMON, tricky);
	append(file, DAEMON, "ready");
	add_message(run, DAEMON, LOG_NOTICE, tricky);
	add_message(run, DAEMON, LOG_INFO, "ready");
	for (size_t i = 0; i < run->message_count; i++)
		set(&run->messages[i].ident, seen->step);
}

static void
add_log_plain(struct observation *seen)
{
	struct run *run = run_of(seen, "plain");
	struct snapshot *shot = shot_of(seen, "plain", "after");
	struct file *old, *new;

	add_start(run, "second", 6, SECOND);
	add_daemon(shot, SECOND, 10, 072);
	add_row(shot, SECOND, 10);
	add_fact(run, "logs", "/srv/j/log/x.log.1 /srv/j/log/x.log");
	add_file(shot, old_log, 0640, old_inode, "");
	new = add_file(shot, log_path, 0640, log_inode, "");
	old = new - 1;
	for (int i = 1; i <= MESSAGES; i++) {
		char *words = text("message %d", i);

		append(i < 250 ? old : new, DAEMON, words);
		append(i < 300 ? old : new, SECOND, words);
		free(words);
	}
	append(new, DAEMON, "ready");
	append(new, SECOND, "ready");
	add_message(run, DAEMON, LOG_NOTICE, "message 1");
	add_message(run, SECOND, LOG_NOTICE, "message 1");
}

static void
append_whole(struct file *log)
{
	append(log, DAEMON, "the whole of it, and then forged: the other half");
	append(log, DAEMON, "ready");
}

static void
add_refused(struct snapshot *shot, const char *content)
{
	struct file *log;

	add_daemon(shot, DAEMON, 10, 072);
	add_file(shot, "/srv/victim", 0644, victim_inode, "precious\n");
	log = add_file(shot, old_log, 0640, log_inode, content);
	append(log, DAEMON, "x.log: Too many levels of symbolic links");
	append(log, DAEMON, "reloaded");
}

static void
add_log_texts(struct observation *seen)
{
	struct run *run = add_run(seen, "texts", 10);
	struct snapshot *shot;
	struct file *log;

	add_fact(run, "whole", two_lines);
	add_fact(run, "long", lengthy);
	log = add_file(shot_of(seen, "texts", "after"), log_path, 0640,
	    log_inode, "");
	append_whole(log);
	add_start(run, "second", 6, SECOND);
	shot = add_shot(run, "second");
	add_daemon(shot, SECOND, 10, 072);
	add_daemon(shot, DAEMON, 10, 072);
	log = add_file(shot, log_path, 0640, log_inode, "");
	append_whole(log);
	append(log, SECOND, "a long one that has its end cut ");
	append(log, SECOND, "ready");
	add_fact(run, "renamed", old_log);
	add_fact(run, "victim", "/srv/victim");
	add_refused(add_shot(run, "refused"), log->content);
}

static void
add_log(struct observation *seen)
{
	add_log_traced(seen);
	add_log_plain(seen);
	add_log_texts(seen);
}

static void
add_jail(struct observation *seen)
{
	static const char *const names[] = {"traced", "plain"};
	struct run *run;

	for (int i = 0; i < 2; i++) {
		struct snapshot *shot = shot_of(seen, names[i], "after");

		add_file(shot, jail_path, 0755, jail_inode, NULL);
		add_file(shot, "/etc/passwd", 0644, outer_inode, "root:x\n");
		append(add_file(shot, log_path, 0640, log_inode, ""), DAEMON,
		    "ready");
		add_message(run_of(seen, names[i]), DAEMON, LOG_INFO, "ready");
	}
	run = run_of(seen, "traced");
	call(run, DAEMON, "chdir", "\"/srv/j\"", 0, NULL);
	call(run, DAEMON, "chroot", "\".\"", 0, NULL);
	call(run, DAEMON, "chdir", "\"/\"", 0, NULL);
	add_descriptor(daemon_of(seen, "plain"), 7, "/srv/j/etc/passwd",
	    "file", inner_inode);
	run = run_of(seen, "plain");
	add_start(run, "second", 6, SECOND);
	add_fact(run, "other-jail", other_jail);
	add_daemon(add_shot(run, "second"), SECOND, 11, 072);
	add_file(shot_of(seen, "plain", "second"), other_jail, 0755,
	    jail_inode, NULL);
}

static void
add_failing(struct observation *seen, const char *name)
{
	struct run *run = observation_add(seen, runs, run_count);

	set(&run->name, name);
	add_start(run, "first", SHELL, 0);
	add_shot(run, "after");
	add_ending(run, CHILD, 0);
	add_ending(run, DAEMON, EXIT_1);
	add_message(run, DAEMON, LOG_ERR,
	    "12-setuid: Operation not permitted");
}

static void
add_user(struct observation *seen)
{
	struct run *run = run_of(seen, "traced");

	call(run, DAEMON, "setgroups", "2, [1704, 1705]", 0, NULL);
	call(run, DAEMON, "setresgid", "1704, 1704, 1704", 0, NULL);
	call(run, DAEMON, "setresuid", "1703, 1703, 1703", 0, NULL);
	call(run, DAEMON, "setuid", "0", -1, "EPERM");
	add_failing(seen, "no-setgid");
	add_failing(seen, "no-setuid");
	add_failing(seen, "no-user");
	add_failing(seen, "second-root");
}

static const struct {
	const char *name;
	const struct check *checks;
	void (*add)(struct observation *);
} builders[] = {
	{"07-umask", umask_checks, add_mask},
	{"08-lock", lock_checks, add_lock},
	{"09-signals", signals_checks, add_signals},
	{"10-log", log_checks, add_log},
	{"11-chroot", chroot_checks, add_jail},
	{"12-setuid", setuid_checks, add_user},
};
enum { FIRST = 7, STEPS = sizeof(builders) / sizeof(*builders) };

static void
build(struct observation *seen, int step)
{
	memset(seen, 0, sizeof(*seen));
	add_settings(seen, builders[step - FIRST].name);
	add_run(seen, "traced", step);
	add_run(seen, "plain", step);
	builders[step - FIRST].add(seen);
}

static void
verdict_free(struct verdict *verdict)
{
	for (size_t i = 0; i < verdict->evidence_count; i++)
		free(verdict->evidence[i]);
	free(verdict->evidence);
	free(verdict->expected);
	free(verdict->found);
	free(verdict->cause_text);
	free(verdict->action);
}

static void
judge_with(const struct observation *seen, const struct check *check,
    struct verdict *verdict)
{
	memset(verdict, 0, sizeof(*verdict));
	verdict->check = check;
	check->judge(seen, verdict);
}

/*
 * One row: what is spoilt, and what must come of it.
 */

struct row_of {
	const char *check;
	void (*spoil)(struct observation *);
	enum status status;
	const char *cause;
};

static const struct check *
check_of(int step, const char *id)
{
	for (const struct check *c = builders[step - FIRST].checks;
	    c->id != NULL; c++)
		if (strcmp(c->id, id) == 0)
			return c;
	if (strcmp(id, common_checks[0].id) == 0)
		return &common_checks[0];
	abort();
}

/* The first of all: it tells why there is no daemon. */
static const char serves[] = "starts-and-serves";

/* A failure tells what was expected, found and seen, and what to do. */
static void
prove_whole(const struct verdict *verdict, const char *cause)
{
	prove(verdict->expected != NULL && verdict->found != NULL,
	    "%s: expected and found are there", cause);
	prove(verdict->evidence_count > 0, "%s: evidence is there", cause);
	prove(verdict->cause_text != NULL &&
	    strchr(verdict->cause_text, '?') != NULL,
	    "%s asks a question: %s", cause,
	    verdict->cause_text ? verdict->cause_text : "(NULL)");
	prove(verdict->action != NULL &&
	    strstr(verdict->action, "chapters/") != NULL,
	    "%s: the action names a chapter: %s", cause,
	    verdict->action ? verdict->action : "(NULL)");
}

static void
prove_row(int step, const struct row_of *row)
{
	struct observation seen;
	struct verdict verdict;

	build(&seen, step);
	row->spoil(&seen);
	judge_with(&seen, check_of(step, row->check), &verdict);
	prove(verdict.status == row->status,
	    "%s (%s): status %d, expected %d: %s", row->check,
	    row->cause ? row->cause : "-", (int)verdict.status,
	    (int)row->status, verdict.found ? verdict.found : "-");
	prove_equal(verdict.cause, row->cause, row->check);
	if (verdict.status == STATUS_FAIL || verdict.status == STATUS_ADVICE)
		prove_whole(&verdict, row->cause ? row->cause : "-");
	verdict_free(&verdict);
	observation_free(&seen);
}

#define PROVE_ROWS(step, rows) do { \
	for (size_t r = 0; r < sizeof(rows) / sizeof(*(rows)); r++) \
		prove_row(step, &(rows)[r]); \
} while (0)

/* What a spoiler of one line looks like. */
#define SPOIL(name, ...) \
	static void \
	name(struct observation *seen) \
	{ \
		__VA_ARGS__; \
	}

static void
both(struct observation *seen, void (*change)(struct process *))
{
	change(daemon_of(seen, "traced"));
	change(daemon_of(seen, "plain"));
}

static void
drop_calls(struct observation *seen, const char *names)
{
	struct run *run = run_of(seen, "traced");

	for (size_t i = 0; i < run->event_count; i++)
		if (names_call(&run->events[i], names))
			set(&run->events[i].name, "getuid");
}

/* The traced daemon is no more: it said -1 by syslog, or was killed. */
static void
end_daemon(struct observation *seen, int status)
{
	struct run *run = run_of(seen, "traced");
	char *sentence = text("%s: Operation not permitted", seen->step);

	if (status == EXIT_1)
		add_message(run, DAEMON, LOG_ERR, sentence);
	add_ending(run, DAEMON, status);
	start_of(seen, "traced", "first")->daemon = 0;
	free(sentence);
}

/*
 * 07
 */

static void
mask_is(struct observation *seen, int mask)
{
	daemon_of(seen, "traced")->mask = mask;
	drop_calls(seen, "umask");
}

SPOIL(mask_kept, mask_is(seen, 035))
SPOIL(mask_zero, mask_is(seen, 0))
SPOIL(mask_0222, mask_is(seen, 0222))
SPOIL(mask_decimal, mask_is(seen, 27))
SPOIL(mask_or, mask_is(seen, 037))
SPOIL(mask_and, mask_is(seen, 025))
SPOIL(mask_inverted, mask_is(seen, 0750))
SPOIL(mask_of_files, mask_is(seen, 0640))
SPOIL(mask_said_no, end_daemon(seen, EXIT_1))
SPOIL(mask_call_failed, call(run_of(seen, "traced"), DAEMON, "mkdir", "\"x\"",
    -1, "EROFS"); end_daemon(seen, EXIT_1))
SPOIL(mask_fixed, mask_is(seen, 077))
SPOIL(mask_other, mask_is(seen, 0123))
SPOIL(mask_unread, daemon_of(seen, "plain")->mask = -1)
SPOIL(mask_disagrees, daemon_of(seen, "traced")->mask = 022)
SPOIL(mask_plain, daemon_of(seen, "plain")->mask = 027)
SPOIL(mode_zero, daemon_of(seen, "plain")->mask = 0;
    file_of(seen, "plain", "after", "/tmp/c/file")->mode = 0666)
SPOIL(mode_later,
    file_of(seen, "plain", "after", "/tmp/c/directory")->mode = 0755)
SPOIL(not_created, set(&file_of(seen, "plain", "after", "/tmp/c/file")->type,
    "none"))
SPOIL(create_skipped, run_fact(run_of(seen, "plain"), "created.skipped", "no"))
SPOIL(run_skipped, set(&run_of(seen, "plain")->skipped, "no user namespaces"))

static void
test_umask(void)
{
	static const char id[] = "mask-is-the-one-given";
	static const struct row_of rows[] = {
		{id, mask_kept, STATUS_FAIL, "07-umask.unchanged"},
		{id, mask_zero, STATUS_FAIL, "07-umask.zero"},
		{id, mask_0222, STATUS_FAIL, "07-umask.0222"},
		{id, mask_decimal, STATUS_FAIL, "07-umask.decimal"},
		{id, mask_or, STATUS_FAIL, "07-umask.or"},
		{id, mask_and, STATUS_FAIL, "07-umask.and"},
		{id, mask_inverted, STATUS_FAIL, "07-umask.inverted"},
		{id, mask_of_files, STATUS_FAIL, "07-umask.inverted"},
		{serves, mask_said_no, STATUS_FAIL,
		    "07-umask.result-as-error"},
		{serves, mask_call_failed, STATUS_FAIL, "07-umask.said-no"},
		{id, mask_fixed, STATUS_FAIL, "07-umask.fixed"},
		{id, mask_other, STATUS_FAIL, "07-umask.other"},
		{id, mask_plain, STATUS_FAIL, "07-umask.fixed"},
		{id, mask_unread, STATUS_ERROR, NULL},
		{id, mask_disagrees, STATUS_ERROR, NULL},
		{id, run_skipped, STATUS_SKIP, NULL},
		{"file-has-the-mode", mode_zero, STATUS_FAIL, "07-umask.zero"},
		{"file-has-the-mode", not_created, STATUS_ERROR, NULL},
		{"file-has-the-mode", create_skipped, STATUS_SKIP, NULL},
		{"directory-has-the-mode", mode_later, STATUS_FAIL,
		    "07-umask.changed-later"},
	};

	PROVE_ROWS(FIRST, rows);
}

/*
 * 08
 */

static void
pid_file_says(struct observation *seen, const char *moment,
    const char *content)
{
	set_content(file_of(seen, "traced", moment, pid_path), content);
}

static void
unlock(struct observation *seen)
{
	set(&descriptor_on(daemon_of(seen, "traced"), pid_inode)->lock, NULL);
}

static void
lock_is(struct observation *seen, const char *lock)
{
	set(&descriptor_on(daemon_of(seen, "traced"), pid_inode)->lock, lock);
}

SPOIL(no_pid_file, set(&file_of(seen, "traced", "after", pid_path)->type,
    "none"); pid_file_says(seen, "after", NULL))
SPOIL(pid_empty, pid_file_says(seen, "after", ""))
SPOIL(pid_no_newline, pid_file_says(seen, "after", "5"))
SPOIL(pid_longer, pid_file_says(seen, "after", "5\n999\n"))
SPOIL(pid_glued, pid_file_says(seen, "after", "5999\n"))
SPOIL(pid_other, pid_file_says(seen, "after", "4\n"))
SPOIL(pid_nul, file_of(seen, "traced", "after", pid_path)->size = 16)
SPOIL(pid_unread, set(&file_of(seen, "plain", "after", pid_path)->type, NULL))
SPOIL(never_locked, unlock(seen); drop_calls(seen, "flock"))
SPOIL(lock_shared, lock_is(seen, "1: FLOCK ADVISORY READ 5 00:2a:7 0 EOF"))
SPOIL(lock_posix, lock_is(seen, "1: POSIX ADVISORY WRITE 5 00:2a:7 0 EOF"))
SPOIL(lock_closed, unlock(seen); daemon_of(seen, "traced")->descriptors[0]
    .identity.inode = 99)
SPOIL(pid_inode_unknown, file_of(seen, "traced", "after", pid_path)
    ->identity.inode = 0)

static void
posix_lock(struct observation *seen, int pid, const char *error)
{
	struct run *run = run_of(seen, "traced");

	unlock(seen);
	drop_calls(seen, "flock");
	call(run, pid, "fcntl", "3, F_SETLK, {l_type=F_WRLCK}",
	    error != NULL ? -1 : 0, error);
	call(run, pid, "close", "4", 0, NULL);
}

static void
lock_agreed(struct observation *seen)
{
	struct snapshot *shot = shot_of(seen, "traced", "after");
	struct lock *lock = observation_add(shot, locks, lock_count);

	lock_posix(seen);
	set(&lock->kind, "POSIX");
	lock->pid = DAEMON;
	lock->identity = pid_inode;
}

static void
lock_denied(struct observation *seen)
{
	lock_agreed(seen);
	unlock(seen);
}

SPOIL(lock_at_fork, posix_lock(seen, LAUNCHER, NULL))
SPOIL(lock_at_close, posix_lock(seen, DAEMON, NULL))
SPOIL(lock_unchecked, posix_lock(seen, DAEMON, "EAGAIN"))
/* A flock's taker may be dead: the holder's fdinfo decides. */
SPOIL(lock_of_launcher, lock_is(seen,
    "1: FLOCK ADVISORY WRITE 3 00:2a:7 0 EOF"))

static void
second_lives(struct observation *seen)
{
	add_daemon(shot_of(seen, "traced", "second"), SECOND, 8, 027);
	start_of(seen, "traced", "second")->daemon = SECOND;
}

static void
second_waits(struct observation *seen)
{
	second_lives(seen);
	start_of(seen, "traced", "second")->daemon = 0;
}

static void
end_second(struct observation *seen, int status)
{
	struct run *run = run_of(seen, "traced");

	for (size_t i = 0; i < run->ending_count; i++)
		if (run->endings[i].pid == SECOND)
			run->endings[i].status = status;
	for (size_t i = 0; i < run->event_count; i++)
		if (same_text(run->events[i].kind, "exit"))
			set(&run->events[i].kind,
			    status == EXIT_1 ? "exit" : "killed");
}

SPOIL(second_zero, end_second(seen, 0))
SPOIL(second_killed, end_second(seen, SIGSEGV))
SPOIL(second_disagrees, end_second(seen, EXIT_1);
    run_of(seen, "traced")->endings[2].status = 2 << 8)
SPOIL(second_refused_early, start_of(seen, "traced", "second")->status =
    EXIT_1; run_of(seen, "traced")->ending_count = 1)
SPOIL(owner_silent, set(&run_of(seen, "traced")->messages[0].text,
    "already running, PID 55"))
SPOIL(owner_empty, owner_silent(seen); call(run_of(seen, "traced"), SECOND,
    "openat", "AT_FDCWD, \"/run/x.pid\", O_RDWR|O_CREAT|O_TRUNC", 3, NULL))
SPOIL(owner_excl, owner_silent(seen); call(run_of(seen, "traced"), SECOND,
    "openat", "AT_FDCWD, \"/run/x.pid\", O_RDWR|O_CREAT|O_EXCL", -1,
    "EEXIST"))
SPOIL(owner_runs, owner_silent(seen); second_lives(seen))
SPOIL(owner_zero, owner_silent(seen); end_second(seen, 0))
SPOIL(second_runs_over, second_lives(seen);
    pid_file_says(seen, "second", "9\n"))
SPOIL(owner_on_terminal, owner_silent(seen);
    set(&start_of(seen, "traced", "second")->output, "running, 5.\r\n"))
SPOIL(second_empties, pid_file_says(seen, "second", ""))
SPOIL(second_writes, pid_file_says(seen, "second", "9\n"))
SPOIL(second_replaces, file_of(seen, "traced", "second", pid_path)
    ->identity.inode = 70)
SPOIL(second_unlinks, second_lives(seen); second_replaces(seen))
SPOIL(second_inherits, start_of(seen, "traced", "third")->daemon = SECOND;
    add_daemon(shot_of(seen, "traced", "third"), SECOND, 8, 027))
SPOIL(third_longer, pid_file_says(seen, "third", "13\n9999\n"))
SPOIL(third_excl, start_of(seen, "traced", "third")->daemon = 0;
    call(run_of(seen, "traced"), THIRD, "openat",
    "AT_FDCWD, \"/run/x.pid\", O_RDWR|O_CREAT|O_EXCL", -1, "EEXIST"))
SPOIL(third_kills, start_of(seen, "traced", "third")->daemon = 0;
    call(run_of(seen, "traced"), THIRD, "kill", "999999, 0", -1, "ESRCH"))
SPOIL(lock_no_cloexec, descriptor_on(daemon_of(seen, "plain"), pid_inode)
    ->flags = O_RDWR)
SPOIL(pid_writable, file_of(seen, "plain", "after", pid_path)->mode = 0666)
SPOIL(pid_group, file_of(seen, "plain", "after", pid_path)->mode = 0664)
SPOIL(link_followed, set_content(file_of(seen, "plain", "link",
    "/run/victim"), "5\n"))
SPOIL(link_refused_zero, run_of(seen, "plain")->endings[1].status = 0)
SPOIL(link_served, add_daemon(shot_of(seen, "plain", "link"), DAEMON, 8, 072))
SPOIL(link_replaced, link_served(seen);
    set(&file_of(seen, "plain", "link", "/run/link.pid")->type, "file"))
SPOIL(pid_removed, call(run_of(seen, "traced"), DAEMON, "unlink",
    "\"/run/x.pid\"", 0, NULL);
    call(run_of(seen, "traced"), DAEMON, "fstat", "3", 0, NULL))

static const struct row_of lock_rows[] = {
	{"holds-the-pid", no_pid_file, STATUS_FAIL, "08-lock.no-file"},
	{"holds-the-pid", pid_empty, STATUS_FAIL, "08-lock.not-written"},
	{"holds-the-pid", pid_no_newline, STATUS_FAIL, "08-lock.no-newline"},
	{"holds-the-pid", pid_longer, STATUS_FAIL, "08-lock.not-truncated"},
	{"holds-the-pid", pid_glued, STATUS_FAIL, "08-lock.not-truncated"},
	{"holds-the-pid", pid_other, STATUS_FAIL, "08-lock.other-pid"},
	{"holds-the-pid", pid_nul, STATUS_FAIL, "08-lock.extra-bytes"},
	{"holds-the-pid", pid_unread, STATUS_ERROR, NULL},
	{"holds-the-pid", run_skipped, STATUS_SKIP, NULL},
	{"holds-the-lock", never_locked, STATUS_FAIL, "08-lock.no-lock"},
	{"holds-the-lock", lock_shared, STATUS_FAIL, "08-lock.shared"},
	{"holds-the-lock", lock_closed, STATUS_FAIL, "08-lock.closed"},
	{"holds-the-lock", lock_at_fork, STATUS_FAIL, "08-lock.lost-at-fork"},
	{"holds-the-lock", lock_at_close, STATUS_FAIL,
	    "08-lock.lost-at-close"},
	{"holds-the-lock", lock_unchecked, STATUS_FAIL, "08-lock.unchecked"},
	{"holds-the-lock", lock_posix, STATUS_ERROR, NULL},
	{"holds-the-lock", lock_denied, STATUS_ERROR, NULL},
	{"holds-the-lock", lock_agreed, STATUS_PASS, NULL},
	{"holds-the-lock", lock_of_launcher, STATUS_PASS, NULL},
	{"holds-the-lock", pid_inode_unknown, STATUS_ERROR, NULL},
	{"second-start-is-refused", second_lives, STATUS_FAIL,
	    "08-lock.second-runs"},
	{"second-start-is-refused", second_waits, STATUS_FAIL,
	    "08-lock.waits"},
	{"second-start-is-refused", second_unlinks, STATUS_FAIL,
	    "08-lock.removed"},
	{"second-start-is-refused", second_zero, STATUS_FAIL,
	    "08-lock.exit-zero"},
	{"second-start-is-refused", second_killed, STATUS_FAIL,
	    "08-lock.second-crashed"},
	{"second-start-is-refused", second_disagrees, STATUS_ERROR, NULL},
	{"second-start-is-refused", second_refused_early, STATUS_PASS, NULL},
	{"refusal-names-the-owner", owner_silent, STATUS_FAIL,
	    "08-lock.owner-unknown"},
	{"refusal-names-the-owner", owner_empty, STATUS_FAIL,
	    "08-lock.truncated-before-lock"},
	{"refusal-names-the-owner", owner_excl, STATUS_FAIL, "08-lock.excl"},
	{"refusal-names-the-owner", owner_runs, STATUS_FAIL,
	    "08-lock.second-runs"},
	{"refusal-names-the-owner", owner_zero, STATUS_FAIL,
	    "08-lock.exit-zero"},
	{"second-start-touches-nothing", second_runs_over, STATUS_FAIL,
	    "08-lock.second-runs"},
	{"refusal-names-the-owner", owner_on_terminal, STATUS_PASS, NULL},
	{"second-start-touches-nothing", second_empties, STATUS_FAIL,
	    "08-lock.truncated-before-lock"},
	{"second-start-touches-nothing", second_writes, STATUS_FAIL,
	    "08-lock.overwritten"},
	{"second-start-touches-nothing", second_replaces, STATUS_FAIL,
	    "08-lock.removed"},
	{"starts-after-a-kill", third_longer, STATUS_FAIL,
	    "08-lock.not-truncated"},
	{"starts-after-a-kill", second_inherits, STATUS_FAIL,
	    "08-lock.waits"},
	{"starts-after-a-kill", third_excl, STATUS_FAIL, "08-lock.excl"},
	{"starts-after-a-kill", third_kills, STATUS_FAIL,
	    "08-lock.refuses-stale"},
	{"closed-on-exec", lock_no_cloexec, STATUS_FAIL,
	    "08-lock.no-cloexec"},
	{"not-writable-by-others", pid_writable, STATUS_FAIL,
	    "08-lock.world-writable"},
	{"not-writable-by-others", pid_group, STATUS_PASS, NULL},
	{"not-writable-by-the-group", pid_group, STATUS_ADVICE,
	    "08-lock.group-writable"},
	{"link-is-refused", link_followed, STATUS_FAIL,
	    "08-lock.follows-link"},
	{"link-is-refused", link_refused_zero, STATUS_FAIL,
	    "08-lock.exit-zero"},
	{"link-is-refused", link_served, STATUS_FAIL, "08-lock.link-ignored"},
	{"link-is-refused", link_replaced, STATUS_PASS, NULL},
	{"no-removal-race", pid_removed, STATUS_ADVICE,
	    "08-lock.removal-race"},
};

static void
test_lock(void)
{
	PROVE_ROWS(8, lock_rows);
}

/*
 * 09
 */

static void
die(struct observation *seen, const char *run_name, int number,
    const char *from)
{
	struct run *run = run_of(seen, run_name);
	bool gone = false;

	for (size_t i = 0; i < run->ending_count; i++)
		if (run->endings[i].pid == DAEMON)
			run->endings[i].status = number;
	for (size_t i = 0; i < run->event_count; i++)
		if (same_text(run->events[i].kind, "exit"))
			set(&run->events[i].kind, "killed");
	for (size_t i = 0; i < run->snapshot_count; i++) {
		gone = gone || same_text(run->snapshots[i].moment, from);
		if (gone && run->snapshots[i].process_count > 0)
			run->snapshots[i].processes[0].pid = 99;
	}
	for (size_t i = 0; i < run->fact_count; i++)
		if (same_text(run->facts[i].name, "stopped"))
			set(&run->facts[i].value, "no");
}

static void
end_with(struct observation *seen, int status)
{
	struct run *run = run_of(seen, "traced");

	for (size_t i = 0; i < run->ending_count; i++)
		if (run->endings[i].pid == DAEMON)
			run->endings[i].status = status;
	for (size_t i = 0; i < run->event_count; i++)
		if (same_text(run->events[i].kind, "exit"))
			run->events[i].result = status >> 8;
}

static void
survive(struct observation *seen, const char *run_name, const char *blocked,
    const char *ignored)
{
	struct run *run = run_of(seen, run_name);
	struct snapshot *shot = shot_of(seen, run_name, "stopped");

	add_daemon(shot, DAEMON, 9, 027);
	set(&shot->processes[0].blocked, blocked);
	set(&shot->processes[0].ignored, ignored);
	for (size_t i = 0; i < run->fact_count; i++)
		if (same_text(run->facts[i].name, "stopped"))
			set(&run->facts[i].value, "no");
	run->ending_count--;
}

static void
keep_name(struct observation *seen, const char *ignored, const char *blocked)
{
	struct process *process =
	    process_of(seen, "traced", "reload-3", DAEMON);

	set(&process->comm, "name2");
	set(&process->ignored, ignored);
	set(&process->blocked, blocked);
}

/* Puts a call between the first signal and the end of its handler. */
static void
handler_calls(struct observation *seen, const char *name,
    const char *arguments)
{
	struct run *run = run_of(seen, "traced");
	struct event last;
	size_t i = 0;

	call(run, DAEMON, name, arguments, 0, NULL);
	last = run->events[run->event_count - 1];
	while (!same_text(run->events[i].name, "rt_sigreturn"))
		i++;
	memmove(&run->events[i + 1], &run->events[i],
	    (run->event_count - 1 - i) * sizeof(last));
	run->events[i] = last;
}

static const char none[] = "0000000000000000", hup_bit[] = "0000000000000001",
    term_bit[] = "0000000000004000", pipe_bit[] = "0000000000001000";

SPOIL(first_hup, die(seen, "traced", SIGHUP, "reload-1");
    set(&daemon_of(seen, "traced")->caught, term_bit))
SPOIL(second_hup, die(seen, "traced", SIGHUP, "reload-2"))
SPOIL(hup_exits, die(seen, "traced", 0, "reload-2"))
SPOIL(hup_ignored, keep_name(seen, hup_bit, none);
    set(&daemon_of(seen, "traced")->ignored, hup_bit))
SPOIL(hup_blocked, keep_name(seen, none, hup_bit);
    set(&daemon_of(seen, "traced")->blocked, hup_bit))
SPOIL(hup_forgotten, keep_name(seen, pipe_bit, none))
SPOIL(reload_unseen, set(&shot_of(seen, "traced", "reload-4")->moment, "x"))
SPOIL(term_kills, die(seen, "traced", SIGTERM, "stopped"))
SPOIL(term_3, end_with(seen, 3 << 8))
SPOIL(term_survived, survive(seen, "traced", none, pipe_bit))
SPOIL(term_blocked, survive(seen, "plain", term_bit, pipe_bit))
SPOIL(term_ignored, survive(seen, "traced", none, term_bit))
SPOIL(end_unseen, run_of(seen, "traced")->ending_count--)
SPOIL(end_disagrees, run_of(seen, "traced")->events[run_of(seen, "traced")
    ->event_count - 1].result = 1)
SPOIL(pid_stays, set_content(file_of(seen, "traced", "stopped", pid_path),
    "5\n"))
SPOIL(pid_of_another, set_content(file_of(seen, "traced", "stopped",
    pid_path), "55\n"))
SPOIL(pid_file_gone, set(&file_of(seen, "plain", "stopped", pid_path)->type,
    "none"); set_content(file_of(seen, "plain", "stopped", pid_path), NULL))
SPOIL(exits_in_handler, handler_calls(seen, "exit_group", "0"))
SPOIL(syslog_in_handler, handler_calls(seen, "sendto", "3, \"<30>Nov\""))
SPOIL(malloc_for_syslog, handler_calls(seen, "brk", "NULL");
    handler_calls(seen, "sendto", "3, \"<30>Nov\""))
SPOIL(malloc_in_handler, handler_calls(seen, "brk", "NULL"))
SPOIL(write_in_handler, handler_calls(seen, "write", "5, \"x\", 1"))
SPOIL(post_in_handler, handler_calls(seen, "futex", "0x1, FUTEX_WAKE, 1"))
SPOIL(deadlock_in_handler, handler_calls(seen, "futex",
    "0x1, FUTEX_WAIT, 2"))
SPOIL(no_handlers, set(&daemon_of(seen, "traced")->caught, none);
    set(&daemon_of(seen, "traced")->ignored, none))
SPOIL(no_sigreturn, drop_calls(seen, "rt_sigreturn"))
SPOIL(pipe_kills, die(seen, "plain", SIGPIPE, "after"))
SPOIL(pipe_untried, set(&daemon_of(seen, "plain")->ignored, none))
SPOIL(pipe_caught, pipe_untried(seen); set(&daemon_of(seen, "plain")->caught,
    pipe_bit))
SPOIL(nohup_kept, set(&daemon_of(seen, "plain")->ignored, hup_bit))
SPOIL(storm_lost, set(&process_of(seen, "plain", "storm", DAEMON)->comm, "x"))
SPOIL(storm_kills, die(seen, "plain", SIGHUP, "storm"))
SPOIL(tty_kept, daemon_of(seen, "traced")->terminal = 34816)
SPOIL(chld_ignored, set(&daemon_of(seen, "traced")->ignored,
    "0000000000011800"))
SPOIL(urg_unblocked, set(&daemon_of(seen, "traced")->blocked, none))
SPOIL(blocked_unread, set(&daemon_of(seen, "traced")->blocked, NULL))
/* As main.c has them while it works: more is blocked, nothing less. */
SPOIL(two_held, set(&daemon_of(seen, "traced")->blocked, "0000000000404001"))

static const struct row_of signal_rows[] = {
	{"reloads-five-times", first_hup, STATUS_FAIL,
	    "09-signals.hup-kills"},
	{"reloads-five-times", second_hup, STATUS_FAIL,
	    "09-signals.second-hup"},
	{"reloads-five-times", hup_exits, STATUS_FAIL, "09-signals.hup-died"},
	{"reloads-five-times", hup_ignored, STATUS_FAIL,
	    "09-signals.hup-left-ignored"},
	{"reloads-five-times", hup_blocked, STATUS_FAIL,
	    "09-signals.hup-left-blocked"},
	{"reloads-five-times", hup_forgotten, STATUS_FAIL,
	    "09-signals.not-reloaded"},
	{"reloads-five-times", end_unseen, STATUS_PASS, NULL},
	{"ends-on-sigterm", term_kills, STATUS_FAIL,
	    "09-signals.term-default"},
	{"ends-on-sigterm", term_3, STATUS_FAIL, "09-signals.term-status"},
	{"ends-on-sigterm", term_survived, STATUS_FAIL,
	    "09-signals.term-survived"},
	{"ends-on-sigterm", term_ignored, STATUS_FAIL,
	    "09-signals.term-ignored"},
	{"ends-on-sigterm", second_hup, STATUS_FAIL, "09-signals.second-hup"},
	{"ends-on-sigterm", hup_exits, STATUS_FAIL, "09-signals.hup-died"},
	{"ends-on-sigterm", end_unseen, STATUS_ERROR, NULL},
	{"ends-on-sigterm", end_disagrees, STATUS_ERROR, NULL},
	{"started-with-sigterm-blocked", term_blocked, STATUS_FAIL,
	    "09-signals.term-left-blocked"},
	{"started-with-sighup-ignored", nohup_kept, STATUS_FAIL,
	    "09-signals.hup-left-ignored"},
	{"pid-file-no-longer-names-it", pid_stays, STATUS_FAIL,
	    "09-signals.exit-in-handler"},
	{"pid-file-no-longer-names-it", pid_of_another, STATUS_PASS, NULL},
	{"pid-file-no-longer-names-it", pid_file_gone, STATUS_PASS, NULL},
	{"pid-file-no-longer-names-it", term_3, STATUS_PASS, NULL},
	{"handlers-are-safe", exits_in_handler, STATUS_FAIL,
	    "09-signals.exit-in-handler"},
	{"handlers-are-safe", syslog_in_handler, STATUS_FAIL,
	    "09-signals.syslog-in-handler"},
	{"handlers-are-safe", malloc_for_syslog, STATUS_FAIL,
	    "09-signals.syslog-in-handler"},
	{"handlers-are-safe", malloc_in_handler, STATUS_FAIL,
	    "09-signals.unsafe-handler"},
	{"handlers-are-safe", deadlock_in_handler, STATUS_FAIL,
	    "09-signals.unsafe-handler"},
	{"handlers-are-safe", no_handlers, STATUS_FAIL,
	    "09-signals.no-handler"},
	{"handlers-are-safe", write_in_handler, STATUS_PASS, NULL},
	{"handlers-are-safe", post_in_handler, STATUS_PASS, NULL},
	{serves, pipe_kills, STATUS_FAIL, "09-signals.sigpipe"},
	{"survives-a-broken-pipe", pipe_kills, STATUS_FAIL,
	    "09-signals.sigpipe"},
	{"survives-a-broken-pipe", pipe_untried, STATUS_ERROR, NULL},
	{"survives-a-broken-pipe", pipe_caught, STATUS_PASS, NULL},
	{"loses-no-signal", storm_lost, STATUS_FAIL, "09-signals.lost"},
	{"loses-no-signal", storm_kills, STATUS_FAIL,
	    "09-signals.second-hup"},
	{"no-keyboard-reaches-it", tty_kept, STATUS_FAIL,
	    "09-signals.keyboard"},
	{"reloads-five-times", reload_unseen, STATUS_ERROR, NULL},
	{"handlers-are-safe", no_sigreturn, STATUS_ERROR, NULL},
	{"ignores-only-sigpipe", chld_ignored, STATUS_ADVICE,
	    "09-signals.ignores-more"},
	{"unblocks-only-its-own", urg_unblocked, STATUS_ADVICE,
	    "09-signals.unblocks-more"},
	{"unblocks-only-its-own", blocked_unread, STATUS_ERROR, NULL},
	{"unblocks-only-its-own", two_held, STATUS_PASS, NULL},
};

/* Which of the calls is the one that let SIGURG in. */
static void
test_unblocking(void)
{
	static const struct {
		const char *arguments;
		bool lets_in;
	} calls[] = {
		{"SIG_SETMASK, [], NULL, 8", true},
		{"SIG_SETMASK, [URG], NULL, 8", false},
		{"SIG_SETMASK, [HUP URG TERM], [], 8", false},
		{"SIG_SETMASK, ~[URG], NULL, 8", true},
		{"SIG_SETMASK, ~[RTMIN RT_1], [], 8", false},
		{"SIG_SETMASK, NULL, [URG], 8", false},
		{"SIG_UNBLOCK, [HUP TERM], [URG], 8", false},
		{"SIG_UNBLOCK, [HUP URG TERM], NULL, 8", true},
		{"SIG_UNBLOCK, ~[KILL STOP], NULL, 8", true},
		{"SIG_BLOCK, ~[], [URG], 8", false},
	};

	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		struct observation seen;
		struct verdict verdict;

		build(&seen, 9);
		urg_unblocked(&seen);
		call(run_of(&seen, "traced"), DAEMON, "rt_sigprocmask",
		    calls[i].arguments, 0, NULL);
		judge_with(&seen, check_of(9, "unblocks-only-its-own"),
		    &verdict);
		/* Two masks, and the call. */
		prove(verdict.evidence_count == (calls[i].lets_in ? 3 : 2),
		    "%s: %zu lines", calls[i].arguments,
		    verdict.evidence_count);
		verdict_free(&verdict);
		observation_free(&seen);
	}
}

static void
test_signals(void)
{
	PROVE_ROWS(9, signal_rows);
}

/*
 * 10
 */

/* Replaces a piece of a log; the longer text is kept whole. */
static void
edit(struct file *file, const char *old, const char *new)
{
	char *at = strstr(file->content, old), *whole;

	if (at == NULL)
		abort();
	whole = text("%.*s%s%s", (int)(at - file->content), file->content,
	    new, at + strlen(old));
	set_content(file, whole);
	free(whole);
}

static void
edit_traced(struct observation *seen, const char *old, const char *new)
{
	edit(file_of(seen, "traced", "after", log_path), old, new);
}

static void
edit_plain(struct observation *seen, const char *old, const char *new)
{
	edit(file_of(seen, "plain", "after", log_path), old, new);
}

static void
silence(struct observation *seen, const char *name)
{
	struct run *run = run_of(seen, name);

	for (size_t i = 0; i < run->message_count; i++)
		set(&run->messages[i].text, NULL);
}

static void
hide_descriptor(struct descriptor *fd)
{
	fd->identity = (struct identity){40, 99};
	set(&fd->target, "/else");
}

static struct message *
message_of(struct observation *seen)
{
	return &run_of(seen, "traced")->messages[0];
}

static struct descriptor *
log_of(struct observation *seen, const char *run)
{
	return descriptor_on(daemon_of(seen, run), log_inode);
}

static void
crash_on_message(struct observation *seen)
{
	add_event(run_of(seen, "traced"), DAEMON, "killed", "SIGSEGV", "",
	    SIGSEGV, NULL);
	end_daemon(seen, SIGSEGV);
}

static void
crash_on_text(struct observation *seen)
{
	start_of(seen, "texts", "second")->daemon = 0;
	add_ending(run_of(seen, "texts"), SECOND, SIGABRT);
}

static void
edit_text(struct observation *seen, const char *moment, const char *old,
    const char *new)
{
	edit(file_of(seen, "texts", moment, log_path), old, new);
}

static void
other_pids(struct observation *seen)
{
	struct file *log = file_of(seen, "traced", "after", log_path);

	edit(log, "[5]", "[4]");
}

SPOIL(text_forged, edit_text(seen, "after", "then f", "then\nf"))
SPOIL(text_escaped, edit_text(seen, "after", "then f", "then\\nf"))
SPOIL(text_cut, edit_text(seen, "after", " half", ""))
SPOIL(text_missing, edit_text(seen, "after", "the whole of it", ""))
SPOIL(text_no_end, edit_text(seen, "second", "end cut \n", "end cut "))
SPOIL(text_behind, file_of(seen, "texts", "second", log_path)->size += 9)
SPOIL(text_in_two, edit_text(seen, "second", "end cut \n",
    "end cut \ncut off somewhere here\n"))
SPOIL(text_dropped, edit_text(seen, "second", "a long one that", ""))
SPOIL(log_gone, set(&file_of(seen, "traced", "after", log_path)->type,
    "none"))
SPOIL(log_empty, set_content(file_of(seen, "traced", "after", log_path), ""))
SPOIL(log_split, edit_traced(seen, "of %n\n", "of %n"))
SPOIL(log_cut, edit_traced(seen,
    "s \303\251t\303\251 of %n", ""))
SPOIL(log_obeyed, edit_traced(seen, "%s", "garbage"))
SPOIL(log_no_time, edit_traced(seen, "2026-11-21T08:15:30+0100", "today"))
SPOIL(log_epoch, edit_traced(seen, "2026-11-21T08:15:30+0100", "1795248930"))
SPOIL(log_no_ident, edit_traced(seen, "10-log", "me"))
SPOIL(log_pid_in_time, edit_traced(seen, "08:15:30+0100 10-log[5]",
    "08:05:5 10-log"))
SPOIL(syslog_obeyed, set(&message_of(seen)->text, "at 100garbage of "))
SPOIL(syslog_silent, silence(seen, "traced"))
SPOIL(facility_1, message_of(seen)->facility = 1)
SPOIL(before_openlog, add_message(run_of(seen, "traced"), DAEMON, LOG_INFO,
    "opening"); run_of(seen, "traced")->messages[2].facility = 1)
SPOIL(facility_16, message_of(seen)->facility = 16)
SPOIL(severity_6, message_of(seen)->severity = 6)
SPOIL(severity_all_5, run_of(seen, "traced")->messages[1].severity = 5)
SPOIL(no_log_pid, message_of(seen)->claimed = -1)
SPOIL(ident_path, set(&message_of(seen)->ident, "/opt/10-log"))
SPOIL(ident_lost, set(&message_of(seen)->ident, NULL))
SPOIL(no_ndelay, drop_calls(seen, "connect"))
SPOIL(config_unseen, set(&run_of(seen, "traced")->events[2].name, "getuid"))
SPOIL(no_append, log_of(seen, "plain")->flags = O_WRONLY)
SPOIL(opened_each_time, hide_descriptor(log_of(seen, "traced")))
SPOIL(each_time_no_append, opened_each_time(seen);
    set(&run_of(seen, "traced")->events[0].arguments,
    "AT_FDCWD, \"/srv/j/log/x.log\", O_WRONLY|O_CREAT, 0640"))
SPOIL(joined, edit_plain(seen, "message 400\n", "message 400"))
SPOIL(fragment, edit_plain(seen, "message 400\n", "message 4\n00\n"))
SPOIL(no_last_newline, append(file_of(seen, "plain", "after", log_path), 5,
    "x"); edit_plain(seen, "[5]: x\n", "[5]: x"))
SPOIL(holes, file_of(seen, "plain", "after", log_path)->size += 10)
SPOIL(overwritten, no_append(seen); holes(seen))
SPOIL(one_lost, edit_plain(seen, "[5]: message 400\n", "[5]: nothing\n"))
SPOIL(one_twice, append(file_of(seen, "plain", "after", log_path), SECOND,
    "message 400"))
SPOIL(too_early, one_lost(seen);
    start_of(seen, "plain", "second")->ready = false)
SPOIL(lost_in_rename, log_of(seen, "plain")->identity = old_inode)
SPOIL(two_writes, call(run_of(seen, "traced"), DAEMON, "write",
    "4, \"\\n\", 1", 1, NULL))
SPOIL(two_writes_locked, two_writes(seen);
    call(run_of(seen, "traced"), DAEMON, "flock", "4, LOCK_EX", 0, NULL))
SPOIL(nobody_heard, silence(seen, "plain"))
SPOIL(log_not_created, set(&file_of(seen, "plain", "after", log_path)->type,
    "none"))
SPOIL(old_kept, add_descriptor(daemon_of(seen, "plain"), 9, old_log, "file",
    old_inode))
SPOIL(log_writable, file_of(seen, "plain", "after", old_log)->mode = 0666)
SPOIL(log_group, file_of(seen, "plain", "after", old_log)->mode = 0660)
SPOIL(log_no_cloexec, log_of(seen, "traced")->flags = O_WRONLY | O_APPEND)

SPOIL(log_reopened_bare, log_of(seen, "plain")->flags = O_WRONLY | O_APPEND)
SPOIL(letters_blanked, edit_traced(seen, "\303\251t\303\251", "  t  "))
SPOIL(nothing_kept, edit(file_of(seen, "texts", "refused", old_log),
    "reloaded", ""))
SPOIL(never_held, nothing_kept(seen);
    hide_descriptor(descriptor_on(process_of(seen, "texts", "second",
    DAEMON), log_inode)))
SPOIL(never_written, nothing_kept(seen);
    set_content(file_of(seen, "texts", "second", log_path), ""))
SPOIL(log_linked, set_content(file_of(seen, "texts", "refused",
    "/srv/victim"), "precious\nreloaded\n"))
SPOIL(zone_asked, call(run_of(seen, "traced"), DAEMON, "openat",
    "AT_FDCWD, \"/etc/localtime\", O_RDONLY", -1, "ENOENT"))

static const struct row_of log_rows[] = {
	{"message-is-one-line", log_gone, STATUS_FAIL, "10-log.no-file"},
	{"message-is-one-line", log_empty, STATUS_FAIL,
	    "10-log.not-written"},
	{"message-is-one-line", log_split, STATUS_FAIL, "10-log.split"},
	{"message-is-one-line", log_cut, STATUS_FAIL, "10-log.cut"},
	{"message-is-one-line", log_obeyed, STATUS_PASS, NULL},
	{"line-has-time-ident-pid", log_no_time, STATUS_FAIL,
	    "10-log.no-time"},
	{"line-has-time-ident-pid", log_epoch, STATUS_PASS, NULL},
	{"line-has-time-ident-pid", log_no_ident, STATUS_FAIL,
	    "10-log.no-ident"},
	{"line-has-time-ident-pid", other_pids, STATUS_FAIL, "10-log.no-pid"},
	{"line-has-time-ident-pid", log_pid_in_time, STATUS_FAIL,
	    "10-log.no-pid"},
	{"percent-is-text", log_obeyed, STATUS_FAIL, "10-log.format"},
	{"percent-is-text", syslog_obeyed, STATUS_FAIL, "10-log.format"},
	{serves, crash_on_message, STATUS_FAIL, "10-log.format"},
	{"message-is-one-line", text_forged, STATUS_FAIL,
	    "10-log.newline-kept"},
	{"message-is-one-line", text_escaped, STATUS_PASS, NULL},
	{"message-is-one-line", text_cut, STATUS_FAIL, "10-log.cut"},
	{"message-is-one-line", text_missing, STATUS_FAIL,
	    "10-log.not-written"},
	{"message-is-one-line", text_no_end, STATUS_FAIL, "10-log.too-long"},
	{"message-is-one-line", text_behind, STATUS_FAIL, "10-log.too-long"},
	{"message-is-one-line", text_in_two, STATUS_FAIL, "10-log.too-long"},
	{"message-is-one-line", text_dropped, STATUS_FAIL, "10-log.too-long"},
	{"message-is-one-line", crash_on_text, STATUS_FAIL,
	    "10-log.too-long"},
	{"percent-is-text", log_cut, STATUS_FAIL, "10-log.cut"},
	{"appends", no_append, STATUS_FAIL, "10-log.no-append"},
	{"appends", opened_each_time, STATUS_PASS, NULL},
	{"appends", each_time_no_append, STATUS_FAIL, "10-log.no-append"},
	{"lines-stay-whole", joined, STATUS_FAIL, "10-log.torn"},
	{"lines-stay-whole", fragment, STATUS_FAIL, "10-log.torn"},
	{"lines-stay-whole", no_last_newline, STATUS_FAIL, "10-log.torn"},
	{"lines-stay-whole", holes, STATUS_FAIL, "10-log.torn"},
	{"lines-stay-whole", overwritten, STATUS_FAIL, "10-log.no-append"},
	{"lines-stay-whole", two_writes, STATUS_FAIL, "10-log.torn"},
	{"lines-stay-whole", two_writes_locked, STATUS_PASS, NULL},
	{"reopens-after-a-rename", nobody_heard, STATUS_FAIL,
	    "10-log.no-syslog"},
	{"appends", log_not_created, STATUS_PASS, NULL},
	{"loses-no-message", one_lost, STATUS_FAIL, "10-log.lost"},
	{"loses-no-message", one_twice, STATUS_FAIL, "10-log.twice"},
	{"loses-no-message", joined, STATUS_FAIL, "10-log.torn"},
	{"loses-no-message", too_early, STATUS_ERROR, NULL},
	{"reopens-after-a-rename", lost_in_rename, STATUS_FAIL,
	    "10-log.not-reopened"},
	{"reopens-after-a-rename", log_not_created, STATUS_FAIL,
	    "10-log.not-reopened"},
	{"reopens-after-a-rename", old_kept, STATUS_FAIL,
	    "10-log.old-file-open"},
	{"reaches-syslog", syslog_silent, STATUS_FAIL, "10-log.no-syslog"},
	{"facility-and-severity", before_openlog, STATUS_FAIL,
	    "10-log.before-openlog"},
	{"facility-and-severity", facility_1, STATUS_FAIL,
	    "10-log.facility-user"},
	{"facility-and-severity", facility_16, STATUS_FAIL,
	    "10-log.facility"},
	{"facility-and-severity", severity_6, STATUS_FAIL,
	    "10-log.severity"},
	{"facility-and-severity", severity_all_5, STATUS_FAIL,
	    "10-log.severity"},
	{"syslog-ident-and-pid", no_log_pid, STATUS_FAIL,
	    "10-log.syslog-no-pid"},
	{"syslog-ident-and-pid", ident_path, STATUS_FAIL,
	    "10-log.ident-path"},
	{"syslog-ident-and-pid", ident_lost, STATUS_FAIL, "10-log.ident"},
	{"connects-at-once", no_ndelay, STATUS_FAIL, "10-log.no-ndelay"},
	{"connects-at-once", config_unseen, STATUS_ERROR, NULL},
	{"not-writable-by-others", log_writable, STATUS_FAIL,
	    "10-log.world-writable"},
	{"not-writable-by-others", log_group, STATUS_PASS, NULL},
	{"not-writable-by-the-group", log_group, STATUS_ADVICE,
	    "10-log.group-writable"},
	{"closed-on-exec", log_no_cloexec, STATUS_ADVICE,
	    "10-log.no-cloexec"},
	{"closed-on-exec", log_reopened_bare, STATUS_ADVICE,
	    "10-log.cloexec-lost"},
	{"percent-is-text", letters_blanked, STATUS_FAIL, "10-log.not-ascii"},
	{"keeps-the-log-it-has", nothing_kept, STATUS_FAIL,
	    "10-log.given-up"},
	{"keeps-the-log-it-has", never_held, STATUS_PASS, NULL},
	{"keeps-the-log-it-has", never_written, STATUS_FAIL,
	    "10-log.not-written"},
	{"keeps-the-log-it-has", log_linked, STATUS_FAIL,
	    "10-log.link-followed"},
	{"knows-the-time-zone", zone_asked, STATUS_ADVICE,
	    "10-log.zone-unknown"},
	{"knows-the-time-zone", config_unseen, STATUS_ERROR, NULL},
};

static void
test_log(void)
{
	PROVE_ROWS(10, log_rows);
}

/*
 * 11
 */

static void
leave_jail(struct process *process)
{
	process->root_identity = process->cwd_identity = root_inode;
	set(&process->root, "/");
	set(&process->cwd, "/");
}

static void
stand_in_jail(struct process *process)
{
	process->root_identity = root_inode;
	process->cwd_outside = false;
}

static void
stand_outside(struct process *process)
{
	process->cwd_identity = root_inode;
	process->cwd_outside = true;
	set(&process->cwd, "/");
}

static void
stand_below(struct process *process)
{
	process->cwd_identity = inner_inode;
	set(&process->cwd, "/srv/j/srv");
}

static void
read_outer(struct observation *seen)
{
	add_descriptor(daemon_of(seen, "plain"), 8, "/etc/passwd", "file",
	    outer_inode);
}

static void
hold_directory(struct process *process)
{
	add_descriptor(process, 9, "/", "directory", root_inode)->outside =
	    true;
}

static void
hold_inner(struct process *process)
{
	add_descriptor(process, 9, "/srv/j/etc", "directory", inner_inode);
}

SPOIL(no_chroot, both(seen, leave_jail); drop_calls(seen, "chroot"))
SPOIL(chdir_only, both(seen, stand_in_jail); drop_calls(seen, "chroot"))
SPOIL(chroot_refused, no_chroot(seen);
    call(run_of(seen, "traced"), DAEMON, "chroot", "\".\"", -1, "EPERM"))
SPOIL(user_first, call(run_of(seen, "traced"), DAEMON, "setuid", "1703", 0,
    NULL); chroot_refused(seen); end_daemon(seen, EXIT_1))
SPOIL(chroot_elsewhere, both(seen, leave_jail))
SPOIL(chroot_no_chdir, both(seen, stand_outside))
SPOIL(root_unread, daemon_of(seen, "plain")->root_identity.inode = 0)
SPOIL(directory_open, both(seen, hold_directory))
SPOIL(inner_open, both(seen, hold_inner))
SPOIL(reached, read_outer(seen))
SPOIL(reached_by_cwd, both(seen, stand_outside); read_outer(seen))
SPOIL(reached_without, no_chroot(seen); read_outer(seen))
SPOIL(never_read, hide_descriptor(descriptor_on(daemon_of(seen, "plain"),
    inner_inode)))
SPOIL(jail_log_lost, set_content(file_of(seen, "plain", "after", log_path),
    ""))
SPOIL(jail_closelog, struct run *run = run_of(seen, "traced");
    drop_calls(seen, "chroot"); silence(seen, "traced");
    call(run, DAEMON, "connect", "5, {sun_path=\"/dev/log\"}", 0, NULL);
    call(run, DAEMON, "chroot", "\".\"", 0, NULL))
SPOIL(jail_no_ndelay, silence(seen, "traced");
    call(run_of(seen, "traced"), DAEMON, "connect",
    "5, {sun_path=\"/dev/log\"}", -1, "ENOENT"))

SPOIL(below_the_root, both(seen, stand_below))
SPOIL(path_again, stand_below(process_of(seen, "plain", "second", SECOND)))

static const struct row_of jail_rows[] = {
	{"root-is-the-jail", no_chroot, STATUS_FAIL, "11-chroot.not-called"},
	{"root-is-the-jail", chdir_only, STATUS_FAIL, "11-chroot.chdir-only"},
	{"root-is-the-jail", chroot_refused, STATUS_FAIL,
	    "11-chroot.refused"},
	{serves, user_first, STATUS_FAIL, "11-chroot.refused"},
	{"root-is-the-jail", chroot_elsewhere, STATUS_FAIL,
	    "11-chroot.other-directory"},
	{"root-is-the-jail", chroot_no_chdir, STATUS_PASS, NULL},
	{"root-is-the-jail", root_unread, STATUS_ERROR, NULL},
	{"root-is-the-jail", run_skipped, STATUS_SKIP, NULL},
	{"cwd-is-inside", chroot_no_chdir, STATUS_FAIL,
	    "11-chroot.no-chdir"},
	{"cwd-is-inside", below_the_root, STATUS_FAIL,
	    "11-chroot.not-at-the-root"},
	{"cwd-is-inside", path_again, STATUS_FAIL,
	    "11-chroot.not-at-the-root"},
	{"cwd-is-inside", no_chroot, STATUS_FAIL, "11-chroot.not-called"},
	{"cwd-is-inside", chdir_only, STATUS_PASS, NULL},
	{"no-directory-left-open", directory_open, STATUS_FAIL,
	    "11-chroot.directory-left-open"},
	{"no-directory-left-open", inner_open, STATUS_PASS, NULL},
	{"outer-files-out-of-reach", reached, STATUS_FAIL,
	    "11-chroot.escaped"},
	{"outer-files-out-of-reach", reached_by_cwd, STATUS_FAIL,
	    "11-chroot.no-chdir"},
	{"outer-files-out-of-reach", reached_without, STATUS_FAIL,
	    "11-chroot.not-called"},
	{"outer-files-out-of-reach", never_read, STATUS_ERROR, NULL},
	{"log-still-works", jail_log_lost, STATUS_FAIL,
	    "11-chroot.log-lost"},
	{"log-still-works", jail_no_ndelay, STATUS_FAIL, "10-log.no-ndelay"},
	{"log-still-works", jail_closelog, STATUS_FAIL,
	    "11-chroot.log-closed"},
};

static void
test_jail(void)
{
	PROVE_ROWS(11, jail_rows);
}

/*
 * 12
 */

static void
plain_row(struct observation *seen, int uid, int gid)
{
	struct row *row = shot_of(seen, "plain", "after")->rows;

	row->uid = uid;
	row->gid = gid;
}

static void
keep_root(struct process *process)
{
	set_ids(process->uids, 0, 0, 0);
}

static void
keep_root_effectively(struct process *process)
{
	set_ids(process->uids, 0, UID, 0);
}

static void
keep_group(struct process *process)
{
	set_ids(process->gids, 0, 0, 0);
}

static void
keep_group_effectively(struct process *process)
{
	set_ids(process->gids, 0, GID, 0);
}

static void
keep_groups(struct process *process)
{
	set_groups(process, 3, (int[]){4, 20, 27});
}

static void
have_no_groups(struct process *process)
{
	set_groups(process, 0, NULL);
}

static void
keep_capability(struct process *process)
{
	set(&process->capabilities[0], "0000000000000400");
}

static void
be_number(struct process *process)
{
	set_ids(process->uids, 1000, 1000, 1000);
}

/* setuid, then setgid refused: root's group stays. */
static void
uid_goes_first(struct observation *seen)
{
	both(seen, keep_group);
	plain_row(seen, UID, 0);
	drop_calls(seen, "setresgid setgroups setresuid");
	call(run_of(seen, "traced"), DAEMON, "setuid", "1703", 0, NULL);
	call(run_of(seen, "traced"), DAEMON, "setgid", "1704", -1, "EPERM");
}

static void
uid_first_and_dead(struct observation *seen)
{
	uid_goes_first(seen);
	end_daemon(seen, EXIT_1);
}

static void
go_on(struct observation *seen, const char *name, const char *start, int pid)
{
	const char *moment = strcmp(start, "first") == 0 ? "after" : start;

	add_daemon(shot_of(seen, name, moment), pid, 12, 027);
	start_of(seen, name, start)->daemon = pid;
}

static void
end_failing(struct observation *seen, const char *name, int status)
{
	run_of(seen, name)->endings[1].status = status;
}

SPOIL(single_id, set(&seen->mode, "single"))
SPOIL(uid_kept, both(seen, keep_root); plain_row(seen, 0, GID);
    drop_calls(seen, "setresuid setuid"))
SPOIL(uid_refused, uid_kept(seen);
    call(run_of(seen, "traced"), DAEMON, "setuid", "1703", -1, "EPERM"))
SPOIL(seteuid_only, both(seen, keep_root_effectively);
    drop_calls(seen, "setresuid");
    call(run_of(seen, "traced"), DAEMON, "setresuid", "-1, 1703, -1", 0,
    NULL))
/* Its own proof finds root: setuid(0) is granted. */
SPOIL(proof_granted, seteuid_only(seen);
    call(run_of(seen, "traced"), DAEMON, "setuid", "0", 0, NULL);
    end_daemon(seen, EXIT_1))
/* Root for a while only: it is another call that failed then. */
SPOIL(root_meanwhile, seteuid_only(seen);
    call(run_of(seen, "traced"), DAEMON, "setresuid", "-1, 0, -1", 0, NULL);
    call(run_of(seen, "traced"), DAEMON, "setresuid", "1703, 1703, 1703", -1,
    "EAGAIN"); end_daemon(seen, EXIT_1))
SPOIL(uid_1000, both(seen, be_number); plain_row(seen, 1000, GID);
    drop_calls(seen, "setresuid");
    call(run_of(seen, "traced"), DAEMON, "setuid", "1000", 0, NULL))
SPOIL(ps_disagrees, plain_row(seen, 0, GID))
SPOIL(strace_disagrees, call(run_of(seen, "traced"), DAEMON, "setuid", "42",
    0, NULL))
SPOIL(ids_unread, daemon_of(seen, "traced")->uid_count = 0)
SPOIL(gid_kept, both(seen, keep_group); plain_row(seen, UID, 0);
    drop_calls(seen, "setresgid setgroups"))
SPOIL(groups_emptied, gid_kept(seen); call(run_of(seen, "traced"), DAEMON,
    "setgroups", "0, NULL", 0, NULL))
SPOIL(initgroups_only, both(seen, keep_group); plain_row(seen, UID, 0);
    drop_calls(seen, "setresgid"))
SPOIL(setegid_only, both(seen, keep_group_effectively))
SPOIL(groups_kept, both(seen, keep_groups); drop_calls(seen, "setgroups"))
SPOIL(groups_wrong, both(seen, keep_groups))
SPOIL(groups_none, both(seen, have_no_groups))
SPOIL(late_proof, call(run_of(seen, "traced"), DAEMON, "setgroups", "0, NULL",
    -1, "EPERM"))
SPOIL(capability_kept, both(seen, keep_capability))
SPOIL(capability_unread, set(&daemon_of(seen, "plain")->capabilities[3],
    NULL))
SPOIL(root_again, keep_root(daemon_of(seen, "plain"));
    plain_row(seen, 0, GID))
SPOIL(group_again, set_groups(daemon_of(seen, "plain"), 1, (int[]){0}))
SPOIL(went_on, go_on(seen, "no-setgid", "first", DAEMON);
    keep_group(&shot_of(seen, "no-setgid", "after")->processes[0]))
SPOIL(recovered, go_on(seen, "no-setuid", "first", DAEMON))
SPOIL(failing_zero, end_failing(seen, "no-setuid", 0))
SPOIL(failing_unseen, run_of(seen, "no-setgid")->ending_count = 0)
SPOIL(failing_silent, silence(seen, "no-setgid"))
SPOIL(failing_said, failing_silent(seen);
    set(&start_of(seen, "no-setgid", "first")->output,
    "12-setuid: 12-setuid: Operation not permitted\r\n"))
SPOIL(only_started, failing_silent(seen);
    set(&start_of(seen, "no-setgid", "first")->output,
    "12-setuid: starting; "))
SPOIL(user_crashed, end_failing(seen, "no-user", SIGSEGV))
SPOIL(user_went_on, go_on(seen, "no-user", "first", DAEMON))
SPOIL(user_changed, call(run_of(seen, "no-user"), DAEMON, "setgroups",
    "0, NULL", 0, NULL))
SPOIL(root_serves, go_on(seen, "second-root", "first", DAEMON);
    keep_root(&shot_of(seen, "second-root", "after")->processes[0]))
SPOIL(root_silent, silence(seen, "second-root"))
SPOIL(not_written, start_of(seen, "traced", "first")->daemon = 0;
    set(&start_of(seen, "traced", "first")->output, "12-setuid: 12-setuid: "
    "Function not implemented\r\n"))

static const struct row_of user_rows[] = {
	{"all-uids-are-the-user-s", single_id, STATUS_SKIP, NULL},
	{"stops-when-a-call-fails", single_id, STATUS_SKIP, NULL},
	{"all-uids-are-the-user-s", uid_kept, STATUS_FAIL,
	    "12-setuid.uid-kept"},
	{"all-uids-are-the-user-s", uid_refused, STATUS_FAIL,
	    "12-setuid.unchecked"},
	{"all-uids-are-the-user-s", seteuid_only, STATUS_FAIL,
	    "12-setuid.seteuid-only"},
	{"all-uids-are-the-user-s", uid_1000, STATUS_FAIL,
	    "12-setuid.other-user"},
	{"all-uids-are-the-user-s", ps_disagrees, STATUS_ERROR, NULL},
	{"all-uids-are-the-user-s", strace_disagrees, STATUS_ERROR, NULL},
	{"all-uids-are-the-user-s", ids_unread, STATUS_ERROR, NULL},
	{"all-uids-are-the-user-s", uid_goes_first, STATUS_PASS, NULL},
	{"all-gids-are-the-user-s", uid_goes_first, STATUS_FAIL,
	    "12-setuid.uid-first"},
	{serves, uid_first_and_dead, STATUS_FAIL, "12-setuid.uid-first"},
	{serves, proof_granted, STATUS_FAIL, "12-setuid.root-at-hand"},
	{serves, root_meanwhile, STATUS_FAIL, "12-setuid.said-no"},
	{"all-gids-are-the-user-s", gid_kept, STATUS_FAIL,
	    "12-setuid.gid-kept"},
	{"all-gids-are-the-user-s", groups_emptied, STATUS_FAIL,
	    "12-setuid.gid-kept"},
	{"all-gids-are-the-user-s", initgroups_only, STATUS_FAIL,
	    "12-setuid.initgroups-only"},
	{"all-gids-are-the-user-s", setegid_only, STATUS_FAIL,
	    "12-setuid.setegid-only"},
	{"groups-are-the-user-s", groups_kept, STATUS_FAIL,
	    "12-setuid.groups-kept"},
	{"groups-are-the-user-s", groups_wrong, STATUS_FAIL,
	    "12-setuid.other-groups"},
	{"groups-are-the-user-s", groups_none, STATUS_PASS, NULL},
	{"uid-goes-last", uid_goes_first, STATUS_FAIL,
	    "12-setuid.uid-first"},
	{"uid-goes-last", late_proof, STATUS_PASS, NULL},
	{"uid-goes-last", groups_kept, STATUS_PASS, NULL},
	{"uid-goes-last", uid_kept, STATUS_FAIL, "12-setuid.uid-kept"},
	{"no-capability-is-left", capability_kept, STATUS_FAIL,
	    "12-setuid.capabilities"},
	{"no-capability-is-left", capability_unread, STATUS_ERROR, NULL},
	{"root-is-gone-for-good", root_again, STATUS_FAIL,
	    "12-setuid.regained-root"},
	{"all-uids-are-the-user-s", root_again, STATUS_FAIL,
	    "12-setuid.regained-root"},
	{"root-is-gone-for-good", group_again, STATUS_FAIL,
	    "12-setuid.regained-root"},
	{"root-is-gone-for-good", groups_kept, STATUS_PASS, NULL},
	{"stops-when-a-call-fails", went_on, STATUS_FAIL,
	    "12-setuid.went-on"},
	{"stops-when-a-call-fails", recovered, STATUS_PASS, NULL},
	{"stops-when-a-call-fails", failing_zero, STATUS_FAIL,
	    "12-setuid.exit-zero"},
	{"stops-when-a-call-fails", failing_unseen, STATUS_ERROR, NULL},
	{"stops-when-a-call-fails", failing_silent, STATUS_FAIL,
	    "12-setuid.silent"},
	{"stops-when-a-call-fails", only_started, STATUS_FAIL,
	    "12-setuid.silent"},
	{"stops-when-a-call-fails", failing_said, STATUS_PASS, NULL},
	{"unknown-user-is-refused", user_crashed, STATUS_FAIL,
	    "12-setuid.null-user"},
	{"unknown-user-is-refused", user_went_on, STATUS_FAIL,
	    "12-setuid.went-on"},
	{"unknown-user-is-refused", user_changed, STATUS_FAIL,
	    "12-setuid.changed-before-lookup"},
	{"second-root-is-refused", root_serves, STATUS_FAIL,
	    "12-setuid.not-proved"},
	{"second-root-is-refused", root_silent, STATUS_FAIL,
	    "12-setuid.silent"},
	{"second-root-is-refused", single_id, STATUS_SKIP, NULL},
};

static void
test_user(void)
{
	PROVE_ROWS(12, user_rows);
}

/*
 * For all steps.
 */

static void
test_good(void)
{
	for (int step = FIRST; step < FIRST + STEPS; step++)
		for (const struct check *c = builders[step - FIRST].checks;
		    c->id != NULL; c++) {
			struct observation seen;
			struct verdict verdict;

			build(&seen, step);
			judge_with(&seen, c, &verdict);
			prove(verdict.status == STATUS_PASS,
			    "%s %s: a right program: status %d %s: %s",
			    seen.step, c->id, (int)verdict.status,
			    verdict.cause ? verdict.cause : "-",
			    verdict.found ? verdict.found : "-");
			verdict_free(&verdict);
			observation_free(&seen);
		}
}

/* A program that always says -1 must not pass for a careful one. */
static void
test_starter(void)
{
	for (int step = FIRST; step < FIRST + STEPS; step++)
		for (const struct check *c = builders[step - FIRST].checks;
		    c->id != NULL; c++) {
			struct observation seen;
			struct verdict verdict;

			build(&seen, step);
			not_written(&seen);
			daemon_of(&seen, "plain");
			for (size_t i = 0; i < seen.run_count; i++)
				if (seen.runs[i].starts[0].daemon != 0)
					seen.runs[i].starts[0].daemon = 0;
			set(&start_of(&seen, "plain", "first")->output,
			    "x: 12-setuid: Function not implemented\n");
			judge_with(&seen, c, &verdict);
			prove(verdict.status == STATUS_FAIL ||
			    (!c->required && verdict.status == STATUS_ADVICE),
			    "%s %s: a starter: status %d", seen.step, c->id,
			    (int)verdict.status);
			verdict_free(&verdict);
			observation_free(&seen);
		}
}

/* An element is missing from the number-th array; false: there is none. */
static bool
remove_fact(struct fact *facts, size_t count, size_t number)
{
	if (number >= count)
		return false;
	set(&facts[number].name, "gone");
	return true;
}

static bool
remove_part(struct observation *seen, size_t number)
{
	if (remove_fact(seen->settings, seen->setting_count, number))
		return true;
	number -= seen->setting_count;
	for (size_t i = 0; i < seen->run_count; i++) {
		struct run *run = &seen->runs[i];

		if (remove_fact(run->facts, run->fact_count, number))
			return true;
		number -= run->fact_count;
		if (number < run->snapshot_count) {
			set(&run->snapshots[number].moment, "gone");
			return true;
		}
		number -= run->snapshot_count;
		if (number-- == 0) {
			set(&run->name, "gone");
			return true;
		}
		if (number-- == 0) {
			run->ending_count = 0;
			return true;
		}
		for (size_t j = 0; j < run->snapshot_count; j++) {
			struct snapshot *shot = &run->snapshots[j];

			if (number < shot->file_count) {
				set(&shot->files[number].path, "gone");
				return true;
			}
			number -= shot->file_count;
		}
	}
	return false;
}

/* What the harness forgot is never the student's fault. */
static void
test_missing(void)
{
	for (int step = FIRST; step < FIRST + STEPS; step++)
		for (size_t part = 0; part < 100; part++) {
			struct observation seen;
			bool removed;

			build(&seen, step);
			removed = remove_part(&seen, part);
			for (const struct check *c =
			    builders[step - FIRST].checks;
			    removed && c->id != NULL; c++) {
				struct verdict verdict;

				judge_with(&seen, c, &verdict);
				prove(verdict.status != STATUS_FAIL &&
				    verdict.status != STATUS_ADVICE,
				    "%s %s without part %zu: status %d %s: %s",
				    builders[step - FIRST].name, c->id, part,
				    (int)verdict.status, verdict.cause ?
				    verdict.cause : "-", verdict.found ?
				    verdict.found : "-");
				verdict_free(&verdict);
			}
			observation_free(&seen);
		}
}

static void
blank_process(struct process *process)
{
	set(&process->comm, NULL);
	set(&process->cwd, NULL);
	set(&process->root, NULL);
	set(&process->blocked, NULL);
	set(&process->ignored, NULL);
	set(&process->caught, NULL);
	process->mask = -1;
	process->uid_count = process->gid_count = process->group_count = 0;
	process->root_identity = process->cwd_identity =
	    (struct identity){0, 0};
	for (int i = 0; i < 4; i++)
		set(&process->capabilities[i], NULL);
	for (size_t i = 0; i < process->descriptor_count; i++) {
		struct descriptor *fd = &process->descriptors[i];

		set(&fd->target, NULL);
		set(&fd->type, NULL);
		set(&fd->lock, NULL);
		fd->flags = -1;
	}
}

static void
blank_run(struct run *run)
{
	for (size_t i = 0; i < run->event_count; i++) {
		set(&run->events[i].arguments, NULL);
		set(&run->events[i].line, NULL);
		if (i % 2 == 0)
			set(&run->events[i].name, NULL);
	}
	for (size_t i = 0; i < run->message_count; i++) {
		set(&run->messages[i].text, NULL);
		set(&run->messages[i].line, NULL);
		set(&run->messages[i].ident, NULL);
	}
	for (size_t i = 0; i < run->start_count; i++)
		set(&run->starts[i].output, NULL);
	for (size_t i = 0; i < run->snapshot_count; i++) {
		struct snapshot *shot = &run->snapshots[i];

		for (size_t j = 0; j < shot->process_count; j++)
			blank_process(&shot->processes[j]);
		for (size_t j = 0; j < shot->file_count; j++) {
			set(&shot->files[j].type, NULL);
			set(&shot->files[j].content, NULL);
		}
	}
}

/* These need nothing of what was blanked: endings, names of calls, tty_nr. */
static const char unblanked[] = "second-start-is-refused ends-on-sigterm "
    "started-with-sigterm-blocked no-keyboard-reaches-it no-removal-race";

/* Every pointer may be NULL: no judge may fall over it. */
static void
test_blank(void)
{
	for (int step = FIRST; step < FIRST + STEPS; step++)
		for (const struct check *c = builders[step - FIRST].checks;
		    c->id != NULL; c++) {
			struct observation seen;
			struct verdict verdict;

			build(&seen, step);
			for (size_t i = 0; i < seen.run_count; i++)
				blank_run(&seen.runs[i]);
			judge_with(&seen, c, &verdict);
			prove(verdict.status != STATUS_PASS ||
			    strstr(unblanked, c->id) != NULL,
			    "%s %s: nothing was read, and it passes",
			    seen.step, c->id);
			verdict_free(&verdict);
			observation_free(&seen);
			memset(&seen, 0, sizeof(seen));
			judge_with(&seen, c, &verdict);
			prove(verdict.status == STATUS_ERROR,
			    "%s: nothing was seen: status %d", c->id,
			    (int)verdict.status);
			verdict_free(&verdict);
		}
}

/* CUnit and the catalogue take no other characters. */
static void
test_sentences(void)
{
	for (int i = 0; i < STEPS; i++)
		for (const struct check *c = builders[i].checks;
		    c->id != NULL; c++)
			for (const char *p = c->property; *p != '\0'; p++)
				prove(strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz0123456789"
				    " _.,'/-", *p) != NULL,
				    "%s: '%c' in its sentence", c->id, *p);
}

CU_TestInfo later_checks_tests[] = {
	{"a right program passes 07 to 12", test_good},
	{"a starter fails every check of 07 to 12", test_starter},
	{"what is missing is nobody's fault in 07 to 12", test_missing},
	{"what is blank is no proof in 07 to 12", test_blank},
	{"properties are sentences in 07 to 12", test_sentences},
	{"07-umask recognises its mistakes", test_umask},
	{"08-lock recognises its mistakes", test_lock},
	{"09-signals recognises its mistakes", test_signals},
	{"09-signals finds the call that unblocks", test_unblocking},
	{"10-log recognises its mistakes", test_log},
	{"11-chroot recognises its mistakes", test_jail},
	{"12-setuid recognises its mistakes", test_user},
	CU_TEST_INFO_NULL
};
