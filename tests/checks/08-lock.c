/*
 * 08-lock - judges the pid file, the lock on it, and what a second start does
 */
#define _POSIX_C_SOURCE 200809L

#include <sys/wait.h>

#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checks/check.h"
#include "checks/helpers.h"
#include "language.h"

enum { BY_GROUP = 020, BY_OTHERS = 02 };

/* What probably happened, as a question, and what to do next. */
struct cause {
	const char *key, *question, *action;
};

static const struct cause no_file = {
	"08-lock.no-file",
	N_("Is the file opened with O_CREAT, under the path that was given?"),
	N_("Open path with O_RDWR | O_CREAT and keep the descriptor; see "
	    "chapters/en/08-lock.md"),
};
static const struct cause empty = {
	"08-lock.not-written",
	N_("Was the PID written at all, or does it still wait in a stdio "
	    "buffer?"),
	N_("Write the PID and a newline with write(2), once the lock is "
	    "yours; see chapters/en/08-lock.md"),
};
static const struct cause no_newline = {
	"08-lock.no-newline",
	N_("Is the newline missing behind the PID? Tools read the file as "
	    "one line."),
	N_("Write \"PID\\n\", and no other byte; see "
	    "chapters/en/08-lock.md"),
};
static const struct cause extra_bytes = {
	"08-lock.extra-bytes",
	N_("Are more bytes written than the text has, its final NUL or the "
	    "rest of the array?"),
	N_("Write as many bytes as snprintf returned; see "
	    "chapters/en/08-lock.md"),
};
static const struct cause not_truncated = {
	"08-lock.not-truncated",
	N_("Is a longer number of an earlier start still behind the new one?"),
	N_("Call ftruncate(fd, 0) once the lock is yours, then write; see "
	    "chapters/en/08-lock.md"),
};
static const struct cause other_pid = {
	"08-lock.other-pid",
	N_("Whose PID was written? A PID that was asked for before the last "
	    "fork is the parent's."),
	N_("Call getpid in the process that stays, just before you write; see "
	    "chapters/en/08-lock.md"),
};
static const struct cause no_lock = {
	"08-lock.no-lock",
	N_("Is the file locked at all? A PID in a file stops nobody."),
	N_("Lock the descriptor with flock, or with fcntl and F_OFD_SETLK; "
	    "see chapters/en/08-lock.md"),
};
static const struct cause shared = {
	"08-lock.shared",
	N_("Is it a lock for reading? Two processes can hold one at once."),
	N_("Ask for LOCK_EX, or for F_WRLCK; see chapters/en/08-lock.md"),
};
static const struct cause unchecked = {
	"08-lock.unchecked",
	N_("The lock was refused. Is the result of that call tested?"),
	N_("Return -1 when the lock is refused; see chapters/en/08-lock.md"),
};
static const struct cause lost_at_fork = {
	"08-lock.lost-at-fork",
	N_("Was the lock taken before the last fork? A child doesn't inherit "
	    "the locks of lockf and F_SETLK."),
	N_("Lock after the last fork, or with flock or F_OFD_SETLK; see "
	    "chapters/en/08-lock.md"),
};
static const struct cause lost_at_close = {
	"08-lock.lost-at-close",
	N_("Was another descriptor of the same file closed after the lock? "
	    "Then the locks of lockf and F_SETLK are gone."),
	N_("Open the file once, or lock with flock or F_OFD_SETLK; see "
	    "chapters/en/08-lock.md"),
};
static const struct cause closed = {
	"08-lock.closed",
	N_("Was the descriptor closed at the end of the function? The lock "
	    "went with it."),
	N_("Return the locked descriptor and leave it open; see "
	    "chapters/en/08-lock.md"),
};
static const struct cause second_runs = {
	"08-lock.second-runs",
	N_("Does the function return -1 when another process holds the "
	    "lock?"),
	N_("Lock without waiting (LOCK_NB) and return -1 with EWOULDBLOCK; "
	    "see chapters/en/08-lock.md"),
};
static const struct cause waits = {
	"08-lock.waits",
	N_("Does the second start wait for the lock, instead of being "
	    "refused?"),
	N_("Add LOCK_NB, or use F_SETLK and F_TLOCK, which don't wait; see "
	    "chapters/en/08-lock.md"),
};
static const struct cause exit_zero = {
	"08-lock.exit-zero",
	N_("Does the function call exit(0) when it is refused? Then init "
	    "believes that the start succeeded."),
	N_("Return -1 with errno, and let main.c end the process; see "
	    "chapters/en/08-lock.md"),
};
static const struct cause crashed = {
	"08-lock.second-crashed",
	N_("Which pointer or descriptor is used although the call before it "
	    "failed?"),
	N_("Test each result before you use it; see chapters/en/08-lock.md"),
};
static const struct cause owner_unknown = {
	"08-lock.owner-unknown",
	N_("Is the PID in the file read, and put into *owner, when the lock "
	    "is refused?"),
	N_("Read the number at offset 0 of the file into *owner; see "
	    "chapters/en/08-lock.md"),
};
static const struct cause truncated_first = {
	"08-lock.truncated-before-lock",
	N_("Is the file opened with O_TRUNC, or with fopen \"w\"? It was "
	    "emptied before the lock was asked for."),
	N_("Open without O_TRUNC; call ftruncate once the lock is yours; see "
	    "chapters/en/08-lock.md"),
};
static const struct cause removed = {
	"08-lock.removed",
	N_("Does the second start remove or replace a file that isn't its "
	    "own?"),
	N_("Leave the file alone unless the lock is yours; see "
	    "chapters/en/08-lock.md"),
};
static const struct cause overwritten = {
	"08-lock.overwritten",
	N_("Is something written into the file before the lock is held?"),
	N_("Lock first, then write; see chapters/en/08-lock.md"),
};
static const struct cause exclusive = {
	"08-lock.excl",
	N_("Is the file opened with O_EXCL? After a crash it is still there, "
	    "and refuses for ever."),
	N_("Open without O_EXCL: the lock tells, not the file; see "
	    "chapters/en/08-lock.md"),
};
static const struct cause stale = {
	"08-lock.refuses-stale",
	N_("Does an old number in the file refuse the start, although nobody "
	    "holds the lock?"),
	N_("Let the lock alone decide; see chapters/en/08-lock.md"),
};
static const struct cause no_cloexec = {
	"08-lock.no-cloexec",
	N_("Is O_CLOEXEC missing? Any program that the daemon starts would "
	    "hold the file, and the lock, too."),
	N_("Open with O_CLOEXEC; see chapters/en/08-lock.md"),
};
static const struct cause world_writable = {
	"08-lock.world-writable",
	N_("With which mode is the file made? Now anybody may write another "
	    "PID into it, and root kills that."),
	N_("Give open the mode 0644; see chapters/en/08-lock.md"),
};
static const struct cause group_writable = {
	"08-lock.group-writable",
	N_("Must a whole group be able to change the PID?"),
	N_("Give open the mode 0644; see chapters/en/08-lock.md"),
};
static const struct cause follows_link = {
	"08-lock.follows-link",
	N_("Does open follow a symbolic link? Then whoever plants one chooses "
	    "which file root overwrites."),
	N_("Open with O_NOFOLLOW; see chapters/en/08-lock.md"),
};
static const struct cause link_ignored = {
	"08-lock.link-ignored",
	N_("It goes on without a file of its own. Is the result of open "
	    "tested?"),
	N_("Return -1 when open fails; see chapters/en/08-lock.md"),
};
static const struct cause race = {
	"08-lock.removal-race",
	N_("The file is removed by name. May somebody have locked a new file "
	    "of that name meanwhile?"),
	N_("Don't remove it; or compare fstat with stat once it is locked, "
	    "and try again; see chapters/en/08-lock.md"),
};

static void
accuse(struct verdict *verdict, const struct cause *cause)
{
	blame(verdict, cause->key, "%s", _(cause->question));
	advise_action(verdict, "%s", _(cause->action));
}

/* As in a C program, whole: a missing newline can be seen. */
static char *
quoted(const char *content)
{
	char *quote = NULL, *end;
	size_t size = 0;

	for (const char *c = content; *c != '\0'; c++)
		size += isprint((unsigned char)*c) ? 2 : 4;
	quote = text("%*s", (int)size + 2, "");
	end = quote;
	*end++ = '"';
	for (; *content != '\0'; content++) {
		if (*content == '\n')
			end += sprintf(end, "\\n");
		else if (*content == '"' || *content == '\\')
			end += sprintf(end, "\\%c", *content);
		else if (isprint((unsigned char)*content))
			*end++ = *content;
		else
			end += sprintf(end, "\\%03o",
			    (unsigned)(unsigned char)*content);
	}
	*end++ = '"';
	*end = '\0';
	return quote;
}

static void
show_content(struct verdict *verdict, const struct file *file)
{
	char *quote = quoted(file->content != NULL ? file->content : "");

	evidence(verdict, "%s: %s", file->path, quote);
	free(quote);
}

/* PIDs of a box ascend: those of a start lie below the next launcher's. */
static bool
belongs(const struct run *run, const struct start *start, int pid)
{
	if (pid < start->launcher)
		return false;
	for (size_t i = 0; i < run->start_count; i++)
		if (pid == run->starts[i].shell ||
		    (run->starts[i].launcher > start->launcher &&
		    pid >= run->starts[i].launcher))
			return false;
	return true;
}

/* A fact that a judge needs, or NULL with the verdict given. */
static const char *
needed_fact(const struct run *run, struct verdict *verdict, const char *name)
{
	const char *value = find_fact(run, name);
	char *skipped = text("%s.skipped", name);
	const char *reason = find_fact(run, skipped);

	free(skipped);
	if (reason != NULL)
		cannot_tell(verdict, "%s", _(reason));
	else if (value == NULL)
		harness_fault(verdict, _("run %s has no fact %s"),
		    run->name ? run->name : "?", name);
	else
		return value;
	return NULL;
}

static const struct start *
needed_start(const struct run *run, struct verdict *verdict, const char *name)
{
	const struct start *start = find_start(run, name);
	char *skipped = text("%s.skipped", name);
	const char *reason = find_fact(run, skipped);

	free(skipped);
	if (start != NULL)
		return start;
	if (reason != NULL)
		cannot_tell(verdict, "%s", _(reason));
	else
		harness_fault(verdict, _("start %s of run %s is missing"),
		    name, run->name ? run->name : "?");
	return NULL;
}

/* A file of a snapshot, "none" among them, or NULL with the verdict given. */
static const struct file *
needed_file(const struct run *run, struct verdict *verdict,
    const char *moment, const char *path)
{
	const struct snapshot *shot = find_snapshot(run, moment);
	const struct file *file = NULL;

	if (shot != NULL && path != NULL)
		file = find_file(shot, path);
	if (file != NULL && file->type != NULL &&
	    (same_text(file->type, "none") || known_identity(file->identity)))
		return file;
	harness_fault(verdict, _("snapshot %s of run %s lacks the file %s"),
	    moment, run->name ? run->name : "?", path ? path : "?");
	return NULL;
}

static const struct file *
pid_file(const struct observation *seen, struct verdict *verdict,
    const char *run, const char *moment)
{
	return needed_file(find_run(seen, run), verdict, moment,
	    find_setting(seen, "pid-file"));
}

/* Whether the pid file of a moment holds just `pid` and a newline. */
static bool
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
		found(verdict, _("no regular file (%s)"), file->type);
		accuse(verdict, &no_file);
	} else {
		quote = quoted(content);
		found(verdict, _("%s, %ld bytes"), quote, file->size);
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

static bool
has_pid_file(const struct observation *seen, struct verdict *verdict,
    const char *run)
{
	const struct process *process =
	    the_daemon(seen, verdict, run, "first", "after");
	const struct file *file;

	if (process == NULL)
		return false;
	file = pid_file(seen, verdict, run, "after");
	return file != NULL && holds_pid(verdict, file, process->pid);
}

static void
judge_content(const struct observation *seen, struct verdict *verdict)
{
	both_runs(seen, verdict, has_pid_file);
}

/* The next descriptor of a file after `last`, or the first after NULL. */
static const struct descriptor *
next_on(const struct process *process, const struct file *file,
    const struct descriptor *last)
{
	size_t i = last == NULL ? 0 :
	    (size_t)(last - process->descriptors) + 1;

	for (; i < process->descriptor_count; i++)
		if (same_identity(process->descriptors[i].identity,
		    file->identity))
			return &process->descriptors[i];
	return NULL;
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

/* The last time that a process of the first start asked for a lock. */
static const struct event *
last_lock(const struct run *run, const struct start *first)
{
	for (size_t i = run->event_count; i > 0; i--) {
		const struct event *event = &run->events[i - 1];

		if (takes_lock(event) && belongs(run, first, event->pid))
			return event;
	}
	return NULL;
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
	const struct event *lock = first ? last_lock(run, first) : NULL;

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

static void
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

static bool
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
		accuse(verdict, &no_file);
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
	const struct process *process =
	    the_daemon(seen, verdict, run, "first", "after");
	const struct file *file;

	if (process == NULL)
		return false;
	file = pid_file(seen, verdict, run, "after");
	return file != NULL && is_locked_by(seen, verdict,
	    find_snapshot(find_run(seen, run), "after"), process, file);
}

static void
judge_lock(const struct observation *seen, struct verdict *verdict)
{
	both_runs(seen, verdict, has_lock);
}

/* A process of a start that is alive in a snapshot, or NULL. */
static const struct process *
survivor(const struct run *run, const struct start *start,
    const struct snapshot *shot)
{
	for (size_t i = 0; shot != NULL && i < shot->process_count; i++) {
		const struct process *process = &shot->processes[i];

		if (is_program(process) && is_alive(process) &&
		    belongs(run, start, process->pid))
			return process;
	}
	return NULL;
}

/* strace and the box's init both saw the end: they must tell the same. */
static bool
endings_agree(const struct run *run, const struct ending *ending,
    struct verdict *verdict)
{
	const int status = ending->status;

	for (size_t i = 0; i < run->event_count; i++) {
		const struct event *event = &run->events[i];

		if (event->pid != ending->pid ||
		    !same_text(event->kind, "exit") ||
		    (WIFEXITED(status) && WEXITSTATUS(status) == event->result))
			continue;
		harness_fault(verdict, _("strace and init don't agree about "
		    "the end of process %d"), ending->pid);
		show_event(verdict, event);
		show_ending(verdict, ending);
		return false;
	}
	return true;
}

/* The launcher may have said 0 long ago: its descendants count too. */
static bool
ended_badly(const struct run *run, const struct start *start,
    struct verdict *verdict)
{
	const struct ending *last = NULL;

	for (size_t i = 0; i < run->ending_count; i++) {
		const struct ending *ending = &run->endings[i];

		if (!belongs(run, start, ending->pid))
			continue;
		if (!endings_agree(run, ending, verdict))
			return false;
		if (last == NULL || ending->status != 0)
			last = ending;
	}
	if (start->ended && start->status > 0 &&
	    (last == NULL || last->status == 0))
		return WIFEXITED(start->status);
	if (last == NULL) {
		harness_fault(verdict, _("nobody saw how start %s ended"),
		    start->name ? start->name : "?");
		return false;
	}
	if (WIFEXITED(last->status) && WEXITSTATUS(last->status) != 0)
		return true;
	show_ending(verdict, last);
	found(verdict, last->status == 0 ?
	    _("all its processes ended with status 0") :
	    _("it was killed by a signal"));
	accuse(verdict, last->status == 0 ? &exit_zero : &crashed);
	return false;
}

/* The traced run, once its first start serves; else the verdict is given. */
static const struct run *
traced_run(const struct observation *seen, struct verdict *verdict)
{
	if (the_daemon(seen, verdict, "traced", "first", "after") == NULL)
		return NULL;
	return find_run(seen, "traced");
}

static void
judge_refusal(const struct observation *seen, struct verdict *verdict)
{
	const struct run *run = traced_run(seen, verdict);
	const struct start *second;
	const struct snapshot *shot;
	const struct process *alive;

	second = run ? needed_start(run, verdict, "second") : NULL;
	if (second == NULL)
		return;
	shot = find_snapshot(run, "second");
	if (shot == NULL) {
		harness_fault(verdict, _("snapshot %s of run %s is missing"),
		    "second", "traced");
		return;
	}
	expect(verdict, _("the second start ends, and not with status 0"));
	alive = survivor(run, second, shot);
	if (alive == NULL) {
		if (ended_badly(run, second, verdict))
			found(verdict, _("it was refused"));
		return;
	}
	found(verdict, _("process %d of the second start is alive"),
	    alive->pid);
	show_process(verdict, alive);
	accuse(verdict, second->daemon > 0 ? &second_runs : &waits);
}

/* The call of a start that opened a file in this way, or NULL. */
static const struct event *
opened_with(const struct run *run, const struct start *start,
    const char *path, const char *flag, const char *error)
{
	for (size_t i = 0; i < run->event_count; i++) {
		const struct event *event = &run->events[i];
		const char *arguments = event->arguments;

		if (names_call(event, "open openat openat2 creat") &&
		    belongs(run, start, event->pid) && arguments != NULL &&
		    strstr(arguments, path) != NULL &&
		    (strstr(arguments, flag) != NULL ||
		    same_text(event->name, "creat")) &&
		    (error == NULL || same_text(event->error, error)))
			return event;
	}
	return NULL;
}

/* Digits that stand for themselves, not part of a longer number. */
static bool
names_number(const char *words, int number)
{
	char *end;

	while (words != NULL && *words != '\0') {
		if (!isdigit((unsigned char)*words)) {
			words++;
			continue;
		}
		if (strtol(words, &end, 10) == number)
			return true;
		words = end;
	}
	return false;
}

/*
 * Nothing names the owner.  Who runs, waits or has left without a word has
 * another mistake, and so has who emptied the file or wasn't let in by it.
 */
static void
blame_silence(const struct observation *seen, const struct run *run,
    const struct start *second, struct verdict *verdict)
{
	const struct process *alive =
	    survivor(run, second, find_snapshot(run, "second"));
	const char *path = find_setting(seen, "pid-file");
	const struct event *open, *refused;

	open = opened_with(run, second, path ? path : "?", "O_TRUNC", NULL);
	refused = opened_with(run, second, path ? path : "?", "O_EXCL",
	    "EEXIST");
	show_process(verdict, alive);
	show_event(verdict, open);
	show_event(verdict, refused);
	if (alive != NULL)
		accuse(verdict, second->daemon > 0 ? &second_runs : &waits);
	else if (open != NULL)
		accuse(verdict, &truncated_first);
	else if (refused != NULL)
		accuse(verdict, &exclusive);
	else if (ended_badly(run, second, verdict)) {
		evidence(verdict, "wait: %d exit status %d", second->launcher,
		    WEXITSTATUS(second->status));
		accuse(verdict, &owner_unknown);
	}
}

static void
judge_owner(const struct observation *seen, struct verdict *verdict)
{
	const struct run *run = traced_run(seen, verdict);
	const struct start *second =
	    run ? needed_start(run, verdict, "second") : NULL;
	int owner;

	if (second == NULL)
		return;
	owner = find_start(run, "first")->daemon;
	expect(verdict, _("a sentence that names process %d"), owner);
	if (names_number(second->output, owner))
		return;
	found(verdict, _("no sentence names it"));
	show_output(verdict, second);
	for (size_t i = 0; i < run->message_count; i++) {
		const struct message *message = &run->messages[i];

		if (message->text == NULL || (message->pid > 0 &&
		    !belongs(run, second, message->pid)))
			continue;
		if (names_number(message->text, owner)) {
			found(verdict, "%s", message->text);
			return;
		}
		evidence(verdict, "/dev/log: %s",
		    message->line ? message->line : message->text);
	}
	blame_silence(seen, run, second, verdict);
}

static void
blame_spoilt(const struct run *run, const struct start *second,
    const struct file *before, const struct file *after,
    struct verdict *verdict)
{
	const struct event *open =
	    opened_with(run, second, before->path, "O_TRUNC", NULL);

	show_content(verdict, before);
	show_content(verdict, after);
	show_file(verdict, before);
	show_file(verdict, after);
	show_event(verdict, open);
	if (second->daemon > 0)
		accuse(verdict, &second_runs);
	else if (!same_identity(before->identity, after->identity))
		accuse(verdict, &removed);
	else if (open != NULL || after->size == 0)
		accuse(verdict, &truncated_first);
	else
		accuse(verdict, &overwritten);
}

static void
judge_untouched(const struct observation *seen, struct verdict *verdict)
{
	const struct run *run = traced_run(seen, verdict);
	const struct start *second =
	    run ? needed_start(run, verdict, "second") : NULL;
	const struct file *before, *after;

	if (second == NULL)
		return;
	before = pid_file(seen, verdict, "traced", "after");
	after = pid_file(seen, verdict, "traced", "second");
	if (before == NULL || after == NULL)
		return;
	expect(verdict, _("%s as the first start left it"), before->path);
	if (before->content == NULL || !same_text(before->type, "file")) {
		found(verdict, _("the first start left no such file"));
		show_file(verdict, before);
		accuse(verdict, &no_file);
		return;
	}
	if (same_text(before->content, after->content) &&
	    same_identity(before->identity, after->identity) &&
	    before->size == after->size && before->mode == after->mode &&
	    before->uid == after->uid && before->gid == after->gid) {
		found(verdict, _("the same file, byte for byte"));
		return;
	}
	found(verdict, _("the second start changed it"));
	blame_spoilt(run, second, before, after, verdict);
}

/* Whether the third start's own mistake explains that it doesn't serve. */
static bool
blames_old_file(const struct observation *seen, const struct run *run,
    const struct start *third, struct verdict *verdict)
{
	const char *path = find_setting(seen, "pid-file");
	const struct event *call = opened_with(run, third,
	    path ? path : "?", "O_EXCL", "EEXIST");
	const struct cause *cause = &exclusive;

	for (size_t i = 0; call == NULL && i < run->event_count; i++)
		if (names_call(&run->events[i], "kill pidfd_open") &&
		    belongs(run, third, run->events[i].pid)) {
			call = &run->events[i];
			cause = &stale;
		}
	if (call == NULL)
		return false;
	found(verdict, _("the start after the kill was refused"));
	show_event(verdict, call);
	accuse(verdict, cause);
	return true;
}

static void
judge_restart(const struct observation *seen, struct verdict *verdict)
{
	const struct run *run = traced_run(seen, verdict);
	const struct start *third =
	    run ? needed_start(run, verdict, "third") : NULL;
	const struct process *process;
	const struct file *file;

	if (third == NULL)
		return;
	expect(verdict, _("a start after SIGKILL serves, whatever number the "
	    "file holds"));
	if (third->daemon <= 0 && blames_old_file(seen, run, third, verdict))
		return;
	process = the_daemon(seen, verdict, "traced", "third", "third");
	if (process == NULL)
		return;
	file = pid_file(seen, verdict, "traced", "third");
	if (file != NULL && holds_pid(verdict, file, process->pid))
		(void)is_locked_by(seen, verdict, find_snapshot(run, "third"),
		    process, file);
}

static bool
closes_on_exec(const struct observation *seen, struct verdict *verdict,
    const char *run)
{
	const struct process *process =
	    the_daemon(seen, verdict, run, "first", "after");
	const struct descriptor *fd = NULL;
	const struct file *file;

	if (process == NULL)
		return false;
	file = pid_file(seen, verdict, run, "after");
	if (file == NULL)
		return false;
	expect(verdict, _("the descriptor of %s has O_CLOEXEC"), file->path);
	if (same_text(file->type, "none") ||
	    next_on(process, file, NULL) == NULL) {
		found(verdict, _("it doesn't even have the file open"));
		show_file(verdict, file);
		accuse(verdict, same_text(file->type, "none") ? &no_file :
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

	if (the_daemon(seen, verdict, run, "first", "after") == NULL)
		return false;
	file = pid_file(seen, verdict, run, "after");
	if (file == NULL)
		return false;
	expect(verdict, _("a mode without %04o"), (unsigned)right);
	if (same_text(file->type, "none")) {
		found(verdict, _("there is no such file"));
		show_file(verdict, file);
		accuse(verdict, &no_file);
		return false;
	}
	found(verdict, _("mode %04o"), (unsigned)file->mode);
	if ((file->mode & right) == 0)
		return true;
	show_file(verdict, file);
	accuse(verdict, cause);
	return false;
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

/* Refused, or served by a file of its own in the link's place: both do. */
static void
judge_link_start(const struct run *run, const struct start *start,
    const char *link, const struct file *victim, struct verdict *verdict)
{
	const struct process *alive =
	    survivor(run, start, find_snapshot(run, "link"));
	const struct file *place;

	if (alive == NULL) {
		if (ended_badly(run, start, verdict))
			found(verdict, _("it was refused"));
		return;
	}
	place = needed_file(run, verdict, "link", link);
	if (place == NULL)
		return;
	found(verdict, _("process %d serves"), alive->pid);
	show_process(verdict, alive);
	show_descriptors_on(verdict, alive, victim);
	if (next_on(alive, victim, NULL) != NULL)
		accuse(verdict, &follows_link);
	else if (!same_text(place->type, "file"))
		accuse(verdict, &link_ignored);
}

static void
judge_link(const struct observation *seen, struct verdict *verdict)
{
	const struct run *run = NULL;
	const struct start *start;
	const struct file *victim;
	const char *link, *path;

	/* A program that always says no must not pass for a careful one. */
	if (the_daemon(seen, verdict, "plain", "first", "after") != NULL)
		run = find_run(seen, "plain");
	start = run ? needed_start(run, verdict, "link") : NULL;
	link = start ? needed_fact(run, verdict, "link") : NULL;
	path = link ? needed_fact(run, verdict, "victim") : NULL;
	victim = path ? needed_file(run, verdict, "link", path) : NULL;
	if (victim == NULL)
		return;
	expect(verdict, _("%s is a symbolic link: the start is refused, and "
	    "%s keeps its text"), link, path);
	if (same_text(victim->content, "precious\n")) {
		judge_link_start(run, start, link, victim, verdict);
		return;
	}
	found(verdict, _("the file behind the link was changed"));
	show_content(verdict, victim);
	show_file(verdict, victim);
	accuse(verdict, &follows_link);
}

/* Compared by name once it was locked? */
static bool
compares(const struct run *run, const struct event *lock, const char *path)
{
	const struct event *end = run->events + run->event_count;

	for (const struct event *e = lock; e != NULL && e < end; e++)
		if (e->pid == lock->pid && e->arguments != NULL &&
		    names_call(e, "stat lstat newfstatat fstatat64 statx") &&
		    strstr(e->arguments, path) != NULL)
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

		if (!names_call(e, "unlink unlinkat rename renameat renameat2")
		    || e->arguments == NULL || strstr(e->arguments, path) ==
		    NULL || compares(run, last_lock(run,
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
	    N_("the group can't write the pid file"), judge_group},
	{"no-removal-race", false,
	    N_("no two processes can lock two files of that name"),
	    judge_race},
	{NULL, false, NULL, NULL},
};
