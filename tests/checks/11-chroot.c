/*
 * 11-chroot - judges the root, and that no way leads out of it
 */
#include <string.h>

#include "checks/absence.h"
#include "checks/check.h"
#include "checks/daemon.h"
#include "checks/events.h"
#include "checks/files.h"
#include "checks/needs.h"
#include "checks/verdict.h"
#include "checks/witness.h"
#include "checks/words.h"
#include "language.h"

enum { CHROOT = 11 };

static const char outer_passwd[] = "/etc/passwd";

static const struct cause not_called = {
	"11-chroot.not-called",
	N_("Is chroot called at all, and its result tested?"),
	N_("Call chdir(dir), chroot(\".\"), then chdir(\"/\") "
	    "(chapters/en/11-chroot.md)."),
};
static const struct cause chdir_only = {
	"11-chroot.chdir-only",
	N_("It stands in the jail, and its root is still the old one. Is "
	    "chroot missing?"),
	N_("Call chroot(\".\") after chdir(dir) (chapters/en/11-chroot.md)."),
};
static const struct cause refused = {
	"11-chroot.refused",
	N_("chroot failed. Is its result tested, and is the process still "
	    "root when it calls it?"),
	N_("Return -1 when chroot fails, and call it before the user is "
	    "changed (chapters/en/11-chroot.md)."),
};
static const struct cause elsewhere = {
	"11-chroot.other-directory",
	N_("Which directory was given to chroot? A relative name counts from "
	    "the working directory."),
	N_("Give chroot the directory that enter_jail received "
	    "(chapters/en/11-chroot.md)."),
};
static const struct cause no_chdir = {
	"11-chroot.no-chdir",
	N_("Is chdir missing? chroot leaves the working directory outside, "
	    "and ../../.. leads out."),
	N_("Call chdir(\"/\") after chroot (chapters/en/11-chroot.md)."),
};
static const struct cause not_at_the_root = {
	"11-chroot.not-at-the-root",
	N_("It stands in the jail, and not at its root. Was the path used "
	    "again after chroot? There it names another directory, or none."),
	N_("Call chdir(\"/\") after chroot (chapters/en/11-chroot.md)."),
};
static const struct cause directory_open = {
	"11-chroot.directory-left-open",
	N_("Was a directory opened before chroot, and not closed? fchdir "
	    "leads out through it."),
	N_("Close it, or don't open it: chdir(dir) and chroot(\".\") need none "
	    "(chapters/en/11-chroot.md)."),
};
static const struct cause escaped = {
	"11-chroot.escaped",
	N_("The outer file was opened from inside. Which of root, working "
	    "directory and descriptors leads out?"),
	N_("Compare ls -l /proc/PID/root and /proc/PID/cwd "
	    "(chapters/en/11-chroot.md)."),
};
static const struct cause log_lost = {
	"11-chroot.log-lost",
	N_("Was the descriptor of the log closed, or its path opened again in "
	    "the jail?"),
	N_("Leave the descriptors of the log open in enter_jail "
	    "(chapters/en/11-chroot.md)."),
};
static const struct cause log_closed = {
	"11-chroot.log-closed",
	N_("syslog was connected, and isn't any more. Was closelog called, or "
	    "its socket closed? It can't be opened again in the jail."),
	N_("Leave the descriptors of the log open in enter_jail "
	    "(chapters/en/11-chroot.md)."),
};
static const struct cause no_delay = {
	"10-log.no-ndelay",
	N_("Is LOG_NDELAY missing in open_log? Then syslog connects at the "
	    "first message, and in the jail there is no /dev/log."),
	N_("Give LOG_PID | LOG_NDELAY to openlog (chapters/en/10-log.md)."),
};

/* It said -1: chroot was refused, the user having been changed before. */
bool
explain_chroot(const struct absence *absence, struct verdict *verdict)
{
	const struct run *run = absence->run;
	const struct event *call = first_failure(run, 0, "chroot", "EPERM");

	if (call == NULL)
		return false;
	show_event(verdict, last_success(run, call->pid,
	    "setuid setreuid setresuid"));
	show_event(verdict, call);
	accuse(verdict, &refused);
	return true;
}

/* A file of a snapshot, or NULL with the verdict given. */
static const struct file *
needed_file(const struct run *run, struct verdict *verdict,
    const char *moment, const char *path)
{
	const struct file *file = file_at(run, moment, path);

	if (file != NULL && file->type != NULL &&
	    known_identity(file->identity))
		return file;
	lacks_file(run, verdict, moment, path);
	return NULL;
}

/* The daemon of a start, with its root and working directory known. */
static const struct process *
placed(const struct observation *seen, struct verdict *verdict,
    const char *run, const char *start, const char *moment)
{
	const struct process *process =
	    the_daemon(seen, verdict, run, start, moment);

	if (process == NULL || (known_identity(process->root_identity) &&
	    known_identity(process->cwd_identity) && process->cwd != NULL))
		return process;
	harness_fault(verdict, _("root and cwd of process %d could not be "
	    "read"), process->pid);
	return NULL;
}

/* That of a run's first start, and its jail. */
static const struct process *
jailed(const struct observation *seen, struct verdict *verdict,
    const char *run, const struct file **jail)
{
	const struct process *process =
	    placed(seen, verdict, run, "first", "after");

	if (process == NULL)
		return NULL;
	*jail = needed_file(find_run(seen, run), verdict, "after",
	    find_setting(seen, "jail"));
	return *jail != NULL ? process : NULL;
}

/* By device and inode: names lie, and lead elsewhere from inside. */
static bool
is_in(const struct process *process, const struct file *jail)
{
	return same_identity(process->root_identity, jail->identity);
}

/* A path seen from the box's root, at or below another. */
static bool
is_below(const char *path, const char *above)
{
	size_t length;

	if (path == NULL || above == NULL)
		return false;
	length = strlen(above);
	while (length > 1 && above[length - 1] == '/')
		length--;
	return strncmp(path, above, length) == 0 &&
	    (length == 1 || path[length] == '\0' || path[length] == '/');
}

static void
show_places(struct verdict *verdict, const struct process *process,
    const struct file *jail)
{
	evidence(verdict, "/proc/%d/root -> %s (inode %ld)", process->pid,
	    process->root ? process->root : "?",
	    process->root_identity.inode);
	evidence(verdict, "/proc/%d/cwd -> %s (inode %ld)", process->pid,
	    process->cwd, process->cwd_identity.inode);
	evidence(verdict, "stat: %s inode %ld", jail->path,
	    jail->identity.inode);
}

static void
show_calls(struct verdict *verdict, const struct observation *seen)
{
	const struct run *run = find_run(seen, "traced");

	for (size_t i = 0; run != NULL && i < run->event_count; i++)
		if (names_call(&run->events[i], "chroot pivot_root fchdir"))
			show_event(verdict, &run->events[i]);
	if (run != NULL)
		show_event(verdict, last_call(run, 0, "chdir"));
}

/* Why the root isn't the jail. */
static const struct cause *
why_outside(const struct observation *seen, const struct process *process,
    const struct file *jail)
{
	const struct run *run = find_run(seen, "traced");

	if (run != NULL && last_success(run, 0, "chroot pivot_root") != NULL)
		return &elsewhere;
	if (run != NULL && first_failure(run, 0, "chroot", NULL) != NULL)
		return &refused;
	if (same_identity(process->cwd_identity, jail->identity))
		return &chdir_only;
	return &not_called;
}

static bool
has_root(const struct observation *seen, struct verdict *verdict,
    const char *run)
{
	const struct file *jail;
	const struct process *process = jailed(seen, verdict, run, &jail);

	if (process == NULL)
		return false;
	expect(verdict, _("the root is %s, device %ld and inode %ld"),
	    jail->path, jail->identity.device, jail->identity.inode);
	found(verdict, _("the root is %s, device %ld and inode %ld"),
	    process->root ? process->root : "?",
	    process->root_identity.device, process->root_identity.inode);
	if (is_in(process, jail))
		return true;
	show_places(verdict, process, jail);
	show_calls(verdict, seen);
	accuse(verdict, why_outside(seen, process, jail));
	return false;
}

static void
judge_root(const struct observation *seen, struct verdict *verdict)
{
	both_runs(seen, verdict, has_root);
}

static bool
stands_at_root(const struct observation *seen, struct verdict *verdict,
    const struct process *process, const struct file *jail)
{
	/* Without the jail as its root that would be judged by "/". */
	const bool stands = is_in(process, jail) ?
	    same_identity(process->cwd_identity, process->root_identity) :
	    is_below(process->cwd, jail->path);

	expect(verdict, _("the working directory is %s, the root"),
	    jail->path);
	found(verdict, "%s", process->cwd);
	if (stands)
		return true;
	show_places(verdict, process, jail);
	show_calls(verdict, seen);
	if (!is_in(process, jail))
		accuse(verdict, why_outside(seen, process, jail));
	else
		accuse(verdict, process->cwd_outside ? &no_chdir :
		    &not_at_the_root);
	return false;
}

static bool
stands_in_jail(const struct observation *seen, struct verdict *verdict,
    const char *run)
{
	const struct file *jail;
	const struct process *process = jailed(seen, verdict, run, &jail);

	return process != NULL &&
	    stands_at_root(seen, verdict, process, jail);
}

/* In the second jail its own path is another directory. */
static bool
stands_in_other_jail(const struct observation *seen, struct verdict *verdict)
{
	const struct process *process =
	    placed(seen, verdict, "plain", "second", "second");
	const struct run *run = find_run(seen, "plain");
	const char *path;
	const struct file *jail;

	path = process ? needed_fact(run, verdict, "other-jail") : NULL;
	jail = path ? needed_file(run, verdict, "second", path) : NULL;
	return jail != NULL && stands_at_root(seen, verdict, process, jail);
}

static void
judge_cwd(const struct observation *seen, struct verdict *verdict)
{
	/* The capstone, which is judged by this too, has one jail. */
	if (both_runs(seen, verdict, stands_in_jail) &&
	    step_number(seen) == CHROOT)
		(void)stands_in_other_jail(seen, verdict);
}

static bool
holds_no_directory(const struct observation *seen, struct verdict *verdict,
    const char *run)
{
	const struct file *jail;
	const struct process *process = jailed(seen, verdict, run, &jail);
	size_t outside = 0;

	if (process == NULL)
		return false;
	for (size_t i = 0; i < process->descriptor_count; i++) {
		const struct descriptor *fd = &process->descriptors[i];

		if (!same_text(fd->type, "directory") || (is_in(process, jail) ?
		    !fd->outside : is_below(fd->target, jail->path)))
			continue;
		outside++;
		show_descriptor(verdict, process, fd);
	}
	expect(verdict, _("no directory outside %s is open"), jail->path);
	found(verdict, ngettext("%zu such directory", "%zu such directories",
	    outside), outside);
	if (outside == 0)
		return true;
	show_calls(verdict, seen);
	accuse(verdict, &directory_open);
	return false;
}

static void
judge_directories(const struct observation *seen, struct verdict *verdict)
{
	both_runs(seen, verdict, holds_no_directory);
}

static const struct cause *
why_escaped(const struct observation *seen, const struct process *process,
    const struct file *jail)
{
	if (!is_in(process, jail))
		return why_outside(seen, process, jail);
	return process->cwd_outside ? &no_chdir : &escaped;
}

/*
 * --read leaves open what it could reach: the jail has a passwd of its own,
 * so at least one descriptor tells that the experiment was made.
 */
static void
judge_reach(const struct observation *seen, struct verdict *verdict)
{
	const struct file *jail, *outer;
	const struct process *process = jailed(seen, verdict, "plain", &jail);
	size_t reached = 0, inner = 0;

	if (process == NULL)
		return;
	outer = needed_file(find_run(seen, "plain"), verdict, "after",
	    outer_passwd);
	if (outer == NULL)
		return;
	for (size_t i = 0; i < process->descriptor_count; i++) {
		const struct descriptor *fd = &process->descriptors[i];

		if (same_identity(fd->identity, outer->identity)) {
			reached++;
			show_descriptor(verdict, process, fd);
		} else if (fd->target != NULL &&
		    strstr(fd->target, outer_passwd) != NULL)
			inner++;
	}
	expect(verdict, _("no name leads to the outer %s"), outer_passwd);
	found(verdict, ngettext("%zu descriptor on it, %zu on the jail's own",
	    "%zu descriptors on it, %zu on the jail's own", reached), reached,
	    inner);
	if (reached > 0) {
		evidence(verdict, "stat: %s inode %ld", outer_passwd,
		    outer->identity.inode);
		show_places(verdict, process, jail);
		accuse(verdict, why_escaped(seen, process, jail));
	} else if (inner == 0 && !is_in(process, jail)) {
		found(verdict, _("it was in another directory"));
		show_places(verdict, process, jail);
		accuse(verdict, why_outside(seen, process, jail));
	} else if (inner == 0)
		harness_fault(verdict, _("--read left no descriptor open"));
}

/* "ready" is what main.c logs once all techniques have succeeded. */
static bool
syslog_says_ready(const struct run *run, int pid)
{
	for (size_t i = 0; i < run->message_count; i++) {
		const struct message *message = &run->messages[i];

		if ((message->pid == pid || message->pid == 0) &&
		    message->text != NULL &&
		    strstr(message->text, "ready") != NULL)
			return true;
	}
	return false;
}

/* It had been connected in time: then it is connected no more. */
static const struct event *
connected_before(const struct run *run)
{
	for (size_t i = 0; i < run->event_count; i++) {
		const struct event *event = &run->events[i];

		if (names_call(event, "chroot pivot_root") &&
		    event->error == NULL)
			break;
		if (call_says(event, "connect", "/dev/log") &&
		    event->error == NULL)
			return event;
	}
	return NULL;
}

static bool
still_logs(const struct observation *seen, struct verdict *verdict,
    const char *run_name)
{
	const char *path = find_setting(seen, "log-file");
	const struct event *connected;
	const struct file *log;
	struct scene at;

	if (!set_scene(seen, verdict, run_name, &at))
		return false;
	log = file_at(at.run, "after", path);
	if (log == NULL || (same_text(log->type, "file") &&
	    log->content == NULL)) {
		lacks_file(at.run, verdict, "after", path);
		return false;
	}
	expect(verdict, _("process %d says \"ready\" in %s and to syslog"),
	    at.process->pid, path);
	if (log->content == NULL || strstr(log->content, "ready") == NULL) {
		found(verdict, _("the file doesn't say it"));
		show_file(verdict, log);
		accuse(verdict, &log_lost);
	} else if (!syslog_says_ready(at.run, at.process->pid)) {
		found(verdict, _("syslog wasn't told"));
		connected = connected_before(at.run);
		show_event(verdict, connected);
		show_event(verdict, first_failure(at.run, at.process->pid,
		    "connect sendto sendmsg send", NULL));
		accuse(verdict, connected != NULL ? &log_closed : &no_delay);
	} else
		return true;
	return false;
}

static void
judge_log(const struct observation *seen, struct verdict *verdict)
{
	both_runs(seen, verdict, still_logs);
}

const struct check chroot_checks[] = {
	{"root-is-the-jail", true,
	    N_("its root directory is the jail, by device and inode"),
	    judge_root},
	{"cwd-is-inside", true,
	    N_("its working directory is the root of the jail"), judge_cwd},
	{"no-directory-left-open", true,
	    N_("it has no directory outside the jail open"),
	    judge_directories},
	{"outer-files-out-of-reach", true,
	    N_("no name reaches the outer /etc/passwd, not by ../.. either"),
	    judge_reach},
	{"log-still-works", true,
	    N_("its log still works in the jail, in the file and by syslog"),
	    judge_log, "syslog"},
	{NULL, false, NULL, NULL},
};
