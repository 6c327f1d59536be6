/*
 * 08-lock - judges the pid file, the lock on it, and what a second start does
 */
#define _POSIX_C_SOURCE 200809L

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "checks/08-lock.h"
#include "checks/check.h"
#include "checks/daemon.h"
#include "checks/events.h"
#include "checks/files.h"
#include "checks/process.h"
#include "checks/verdict.h"
#include "checks/witness.h"
#include "checks/words.h"
#include "language.h"

enum { BY_GROUP = 020, BY_OTHERS = 02 };

const struct cause no_pid_file = {
	"08-lock.no-file",
	N_("Is the file opened with O_CREAT, under the path that was given?"),
	N_("Open path with O_RDWR | O_CREAT and keep the descriptor "
	    "(chapters/en/08-lock.md)."),
};
static const struct cause empty = {
	"08-lock.not-written",
	N_("Was the PID written at all, or does it still wait in a stdio "
	    "buffer?"),
	N_("Write the PID and a newline with write(2), once the lock is yours "
	    "(chapters/en/08-lock.md)."),
};
static const struct cause no_newline = {
	"08-lock.no-newline",
	N_("Is the newline missing behind the PID? Tools read the file as "
	    "one line."),
	N_("Write \"PID\\n\", and no other byte (chapters/en/08-lock.md)."),
};
static const struct cause extra_bytes = {
	"08-lock.extra-bytes",
	N_("Are more bytes written than the text has, its final NUL or the "
	    "rest of the array?"),
	N_("Write as many bytes as snprintf returned "
	    "(chapters/en/08-lock.md)."),
};
static const struct cause not_truncated = {
	"08-lock.not-truncated",
	N_("Is a longer number of an earlier start still behind the new one?"),
	N_("Call ftruncate(fd, 0) once the lock is yours, then write "
	    "(chapters/en/08-lock.md)."),
};
static const struct cause other_pid = {
	"08-lock.other-pid",
	N_("Whose PID was written? A PID that was asked for before the last "
	    "fork is the parent's."),
	N_("Call getpid in the process that stays, just before you write "
	    "(chapters/en/08-lock.md)."),
};
static const struct cause no_lock = {
	"08-lock.no-lock",
	N_("Is the file locked at all? A PID in a file stops nobody."),
	N_("Lock the descriptor with flock, or with fcntl and F_OFD_SETLK "
	    "(chapters/en/08-lock.md)."),
};
static const struct cause shared = {
	"08-lock.shared",
	N_("Is it a lock for reading? Two processes can hold one at once."),
	N_("Ask for LOCK_EX, or for F_WRLCK (chapters/en/08-lock.md)."),
};
static const struct cause unchecked = {
	"08-lock.unchecked",
	N_("The lock was refused. Is the result of that call tested?"),
	N_("Return -1 when the lock is refused (chapters/en/08-lock.md)."),
};
static const struct cause lost_at_fork = {
	"08-lock.lost-at-fork",
	N_("Was the lock taken before the last fork? A child doesn't inherit "
	    "the locks of lockf and F_SETLK."),
	N_("Lock after the last fork, or with flock or F_OFD_SETLK "
	    "(chapters/en/08-lock.md)."),
};
static const struct cause lost_at_close = {
	"08-lock.lost-at-close",
	N_("Was another descriptor of the same file closed after the lock? "
	    "Then the locks of lockf and F_SETLK are gone."),
	N_("Open the file once, or lock with flock or F_OFD_SETLK "
	    "(chapters/en/08-lock.md)."),
};
static const struct cause closed = {
	"08-lock.closed",
	N_("Was the descriptor closed at the end of the function? The lock "
	    "went with it."),
	N_("Return the locked descriptor and leave it open "
	    "(chapters/en/08-lock.md)."),
};
static const struct cause no_cloexec = {
	"08-lock.no-cloexec",
	N_("Is O_CLOEXEC missing? Any program that the daemon starts would "
	    "hold the file, and the lock, too."),
	N_("Open with O_CLOEXEC (chapters/en/08-lock.md)."),
};
static const struct cause world_writable = {
	"08-lock.world-writable",
	N_("With which mode is the file made? Now anybody may write another "
	    "PID into it, and root kills that."),
	N_("Give open the mode 0644 (chapters/en/08-lock.md)."),
};
static const struct cause group_writable = {
	"08-lock.group-writable",
	N_("Must a whole group be able to change the PID?"),
	N_("Give open the mode 0644 (chapters/en/08-lock.md)."),
};
static const struct cause race = {
	"08-lock.removal-race",
	N_("The file is removed by name. May somebody have locked a new file "
	    "of that name meanwhile?"),
	N_("Don't remove it; or compare fstat with stat once it is locked, and "
	    "try again (chapters/en/08-lock.md)."),
};

const struct file *
needed_file(const struct run *run, struct verdict *verdict,
    const char *moment, const char *path)
{
	const struct file *file = file_at(run, moment, path);

	if (file != NULL && file->type != NULL &&
	    (same_text(file->type, "none") || known_identity(file->identity)))
		return file;
	lacks_file(run, verdict, moment, path);
	return NULL;
}

const struct file *
pid_file(const struct observation *seen, struct verdict *verdict,
    const char *run, const char *moment)
{
	return needed_file(find_run(seen, run), verdict, moment,
	    find_setting(seen, "pid-file"));
}

bool
holds_pid(struct verdict *verdict, const struct file *file, int pid)
{
	char *wanted = text("%d\n", pid), *quote;
	const char *content = file->content;
	const size_t digits = strlen(wanted) - 1;
	bool right = same_text(content, wanted);
	const long length = content != NULL ? (long)strlen(content) : 0;

	expect(verdict, _("%d and a newline, and nothing else"), pid);
	if (right && file->size == length) {
		free(wanted);
		return true;
	}
	if (!same_text(file->type, "file") || content == NULL) {
		found_no_file(verdict, file);
		accuse(verdict, &no_pid_file);
	} else {
		quote = quoted(content);
		found(verdict, ngettext("%s, %ld byte", "%s, %ld bytes",
		    (unsigned long)file->size), quote, file->size);
		free(quote);
		show_content(verdict, file);
		if (file->size == 0)
			accuse(verdict, &empty);
		else if (file->size > length)
			accuse(verdict, &extra_bytes);
		else if (strncmp(content, wanted, digits) != 0)
			accuse(verdict, &other_pid);
		else if (content[digits] == '\0')
			accuse(verdict, &no_newline);
		else
			accuse(verdict, &not_truncated);
	}
	show_file(verdict, file);
	free(wanted);
	return false;
}

/* The daemon of a run and the file that names it; NULL: verdict given. */
static const struct process *
with_file(const struct observation *seen, struct verdict *verdict,
    const char *run, const struct file **file)
{
	const struct process *process =
	    the_daemon(seen, verdict, run, "first", "after");

	if (process == NULL)
		return NULL;
	*file = pid_file(seen, verdict, run, "after");
	return *file != NULL ? process : NULL;
}

static bool
has_pid_file(const struct observation *seen, struct verdict *verdict,
    const char *run)
{
	const struct file *file;
	const struct process *process = with_file(seen, verdict, run, &file);

	return process != NULL && holds_pid(verdict, file, process->pid);
}

static void
judge_content(const struct observation *seen, struct verdict *verdict)
{
	both_runs(seen, verdict, has_pid_file);
}

/* A lock in fdinfo belongs to the process, whoever took it once. */
static const struct descriptor *
locked_on(const struct process *process, const struct file *file,
    const char *access)
{
	const struct descriptor *fd = NULL;

	while ((fd = next_on(process, file, fd)) != NULL)
		if (fd->lock != NULL && strstr(fd->lock, access) != NULL)
			return fd;
	return NULL;
}

/*
 * /proc/locks hides a flock whose taker is dead in a PID namespace, and some
 * file systems of a machine (plain mode) have another device number there: its
 * silence is no proof then.  Else all kinds are shown.
 */
static bool
locks_agree(const struct observation *seen, const struct snapshot *shot,
    const struct process *process, const struct file *file,
    const struct descriptor *held, struct verdict *verdict)
{
	const struct lock *own = NULL;

	for (size_t i = 0; i < shot->lock_count; i++) {
		const struct lock *lock = &shot->locks[i];

		if (!same_identity(lock->identity, file->identity))
			continue;
		if (held != NULL)
			return true;
		if (lock->pid == process->pid && same_text(lock->kind, "POSIX"))
			own = lock;
	}
	if (held == NULL && own == NULL)
		return true;
	if (held != NULL && (strstr(held->lock, "FLOCK") != NULL ||
	    same_text(seen->mode, "plain")))
		return true;
	harness_fault(verdict, _("fdinfo and /proc/locks don't agree about "
	    "the lock of process %d"), process->pid);
	return false;
}

static bool
takes_lock(const struct event *event)
{
	const char *arguments = event->arguments;

	if (arguments == NULL)
		return false;
	if (names_call(event, "flock"))
		return strstr(arguments, "LOCK_UN") == NULL;
	return names_call(event, "fcntl fcntl64") &&
	    strstr(arguments, "SETLK") != NULL &&
	    strstr(arguments, "F_UNLCK") == NULL;
}

/* Was the descriptor that a call is about opened by that name, once? */
static bool
is_about(const struct run *run, const struct event *call, const char *path)
{
	char *name = text("\"%s\"", path);
	const long number = strtol(call->arguments, NULL, 10);
	bool about = false;

	for (const struct event *e = run->events; e < call; e++)
		about = about || (e->result == number &&
		    call_says(e, "open openat openat2 creat", name));
	free(name);
	return about;
}

/* The last time that a process of the first start asked for a lock: on the
 * pid file, for the capstone locks its board as well. */
static const struct event *
last_lock(const struct observation *seen, const struct run *run,
    const struct start *first)
{
	const char *path = find_setting(seen, "pid-file");
	const struct event *other = NULL;

	for (size_t i = run->event_count; i > 0; i--) {
		const struct event *event = &run->events[i - 1];

		if (!takes_lock(event) || !belongs(run, first, event->pid))
			continue;
		if (path == NULL || is_about(run, event, path))
			return event;
		if (other == NULL)
			other = event;
	}
	return other;
}

static const struct event *
close_after(const struct run *run, const struct event *lock)
{
	const struct event *end = run->events + run->event_count;

	for (const struct event *e = lock + 1; e < end; e++)
		if (e->pid == lock->pid && names_call(e, "close"))
			return e;
	return NULL;
}

/* Why the daemon holds no lock; strace of the traced run explains both. */
static void
explain_no_lock(const struct observation *seen, struct verdict *verdict,
    bool is_open)
{
	const struct run *run = find_run(seen, "traced");
	const struct start *first = run ? find_start(run, "first") : NULL;
	const struct event *lock = first ? last_lock(seen, run, first) :
	    NULL;

	show_event(verdict, lock);
	if (lock == NULL)
		accuse(verdict, &no_lock);
	else if (lock->error != NULL)
		accuse(verdict, &unchecked);
	else if (!is_open)
		accuse(verdict, &closed);
	else if (lock->pid != first->daemon)
		accuse(verdict, &lost_at_fork);
	else {
		show_event(verdict, close_after(run, lock));
		accuse(verdict, &lost_at_close);
	}
}

void
show_descriptors_on(struct verdict *verdict, const struct process *process,
    const struct file *file)
{
	const struct descriptor *fd = NULL;

	while ((fd = next_on(process, file, fd)) != NULL) {
		show_descriptor(verdict, process, fd);
		if (fd->lock != NULL)
			evidence(verdict, "/proc/%d/fdinfo/%d: %s",
			    process->pid, fd->number, fd->lock);
	}
}

static void
show_locks_on(struct verdict *verdict, const struct snapshot *shot,
    const struct file *file)
{
	for (size_t i = 0; i < shot->lock_count; i++) {
		const struct lock *lock = &shot->locks[i];

		if (same_identity(lock->identity, file->identity))
			evidence(verdict, "/proc/locks: %s ADVISORY %s %d "
			    "inode %ld", lock->kind ? lock->kind : "?",
			    lock->access ? lock->access : "?", lock->pid,
			    lock->identity.inode);
	}
}

bool
is_locked_by(const struct observation *seen, struct verdict *verdict,
    const struct snapshot *shot, const struct process *process,
    const struct file *file)
{
	const struct descriptor *held;

	expect(verdict, _("process %d holds a write lock on %s"),
	    process->pid, file->path);
	if (same_text(file->type, "none")) {
		found(verdict, _("there is no such file"));
		show_file(verdict, file);
		accuse(verdict, &no_pid_file);
		return false;
	}
	held = locked_on(process, file, "WRITE");
	if (!locks_agree(seen, shot, process, file, held, verdict))
		return false;
	if (held != NULL)
		return true;
	show_descriptors_on(verdict, process, file);
	show_locks_on(verdict, shot, file);
	if (locked_on(process, file, "READ") != NULL) {
		found(verdict, _("it holds a read lock"));
		accuse(verdict, &shared);
		return false;
	}
	found(verdict, next_on(process, file, NULL) != NULL ?
	    _("the file is open, and not locked") :
	    _("it doesn't even have the file open"));
	show_file(verdict, file);
	explain_no_lock(seen, verdict, next_on(process, file, NULL) != NULL);
	return false;
}

static bool
has_lock(const struct observation *seen, struct verdict *verdict,
    const char *run)
{
	const struct file *file;
	const struct process *process = with_file(seen, verdict, run, &file);

	return process != NULL && is_locked_by(seen, verdict,
	    find_snapshot(find_run(seen, run), "after"), process, file);
}

static void
judge_lock(const struct observation *seen, struct verdict *verdict)
{
	both_runs(seen, verdict, has_lock);
}

const struct run *
traced_run(const struct observation *seen, struct verdict *verdict)
{
	if (the_daemon(seen, verdict, "traced", "first", "after") == NULL)
		return NULL;
	return find_run(seen, "traced");
}

static bool
closes_on_exec(const struct observation *seen, struct verdict *verdict,
    const char *run)
{
	const struct file *file;
	const struct process *process = with_file(seen, verdict, run, &file);
	const struct descriptor *fd = NULL;

	if (process == NULL)
		return false;
	expect(verdict, _("the descriptor of %s has O_CLOEXEC"), file->path);
	if (same_text(file->type, "none") ||
	    next_on(process, file, NULL) == NULL) {
		found(verdict, _("it doesn't even have the file open"));
		show_file(verdict, file);
		accuse(verdict, same_text(file->type, "none") ? &no_pid_file :
		    &closed);
		return false;
	}
	while ((fd = next_on(process, file, fd)) != NULL) {
		if (fd->flags < 0) {
			harness_fault(verdict, _("the flags of descriptor %d "
			    "could not be read"), fd->number);
			return false;
		}
		if (fd->flags & O_CLOEXEC)
			continue;
		found(verdict, _("descriptor %d stays open in a program that "
		    "it starts"), fd->number);
		show_descriptor(verdict, process, fd);
		accuse(verdict, &no_cloexec);
		return false;
	}
	return true;
}

static void
judge_exec(const struct observation *seen, struct verdict *verdict)
{
	both_runs(seen, verdict, closes_on_exec);
}

static bool
is_closed_to(const struct observation *seen, struct verdict *verdict,
    const char *run, int right, const struct cause *cause)
{
	const struct file *file;

	if (with_file(seen, verdict, run, &file) == NULL)
		return false;
	expect(verdict, _("a mode without %04o"), (unsigned)right);
	if (same_text(file->type, "none")) {
		found(verdict, _("there is no such file"));
		show_file(verdict, file);
		accuse(verdict, &no_pid_file);
		return false;
	}
	return lacks_right(file, right, cause, verdict);
}

static bool
is_closed_to_others(const struct observation *seen, struct verdict *verdict,
    const char *run)
{
	return is_closed_to(seen, verdict, run, BY_OTHERS, &world_writable);
}

static bool
is_closed_to_group(const struct observation *seen, struct verdict *verdict,
    const char *run)
{
	return is_closed_to(seen, verdict, run, BY_GROUP, &group_writable);
}

static void
judge_others(const struct observation *seen, struct verdict *verdict)
{
	both_runs(seen, verdict, is_closed_to_others);
}

static void
judge_group(const struct observation *seen, struct verdict *verdict)
{
	both_runs(seen, verdict, is_closed_to_group);
}

/* Compared by name once it was locked? */
static bool
compares(const struct run *run, const struct event *lock, const char *path)
{
	const struct event *end = run->events + run->event_count;

	for (const struct event *e = lock; e != NULL && e < end; e++)
		if (e->pid == lock->pid && call_says(e,
		    "stat lstat newfstatat fstatat64 statx", path))
			return true;
	return false;
}

/* Only a file that somebody removes can be locked by two. */
static void
judge_race(const struct observation *seen, struct verdict *verdict)
{
	const struct run *run = traced_run(seen, verdict);
	const char *path = find_setting(seen, "pid-file");

	if (run == NULL)
		return;
	if (path == NULL || run->event_count == 0) {
		harness_fault(verdict, _("nothing was seen by strace"));
		return;
	}
	expect(verdict, _("nobody removes %s, or what is locked is compared "
	    "with what has the name"), path);
	for (size_t i = 0; i < run->event_count; i++) {
		const struct event *e = &run->events[i];

		if (!call_says(e, "unlink unlinkat rename renameat renameat2",
		    path) || compares(run, last_lock(seen, run,
		    find_start(run, "first")), path))
			continue;
		if (count_calls(run, 0, "fstat newfstatat statx") == 0) {
			cannot_tell(verdict, _("strace was not asked for the "
			    "calls that compare"));
			return;
		}
		found(verdict, _("it is removed by name, without comparing"));
		show_event(verdict, e);
		accuse(verdict, &race);
		return;
	}
}

const struct check lock_checks[] = {
	{"holds-the-pid", true,
	    N_("the pid file holds its PID and a newline, and nothing else"),
	    judge_content},
	{"holds-the-lock", true,
	    N_("it holds a write lock on the pid file, after all the forks"),
	    judge_lock},
	{"second-start-is-refused", true,
	    N_("a second start ends with a status other than 0"),
	    judge_refusal},
	{"second-start-touches-nothing", true,
	    N_("a second start leaves the pid file as it is, byte for byte"),
	    judge_untouched},
	{"refusal-names-the-owner", true,
	    N_("the refusal names the process that holds the lock"),
	    judge_owner, "syslog"},
	{"starts-after-a-kill", true,
	    N_("after SIGKILL a new start succeeds, even over a longer stale "
		"PID"), judge_restart},
	{"link-is-refused", true,
	    N_("a symbolic link in the place of the pid file is refused"),
	    judge_link},
	{"not-writable-by-others", true,
	    N_("others can't write the pid file"), judge_others},
	{"closed-on-exec", true,
	    N_("the descriptor of the pid file is closed on exec"),
	    judge_exec},
	{"not-writable-by-the-group", false,
	    N_("the group can't write the pid file"), judge_group,
	    .advice = N_("don't let the group write the pid file")},
	{"no-removal-race", false,
	    N_("no two processes can lock two files of that name"),
	    judge_race,
	    .advice = N_("don't let two processes lock two files of that "
		"name")},
	{NULL, false, NULL, NULL},
};
