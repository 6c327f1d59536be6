/*
 * effect - what a technique leaves on a process, step by step
 */
#define _POSIX_C_SOURCE 200809L

#include <sys/stat.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checks/10-log.h"
#include "checks/12-setuid.h"
#include "checks/effect.h"
#include "checks/files.h"
#include "checks/needs.h"
#include "checks/process.h"
#include "checks/words.h"
#include "language.h"

static char *
lacks_fork(const struct bearer *b)
{
	const struct process *init = find_role(b->shot, "init");

	if (b->process->pid == b->start->launcher)
		return text(_("it is the launcher itself, not its child"));
	if (init != NULL && b->process->ppid != init->pid)
		return text(_("its parent is process %d, not init"),
		    b->process->ppid);
	return NULL;
}

static char *
lacks_session(const struct bearer *b)
{
	const struct process *p = b->process;

	if (p->sid != p->pid || p->pgid != p->pid)
		return text(_("it is in session %d and leads none of its "
		    "own"), p->sid);
	if (p->terminal != 0)
		return text(_("it still has a controlling terminal"));
	return NULL;
}

static char *
lacks_refork(const struct bearer *b)
{
	if (b->process->sid == b->process->pid)
		return text(_("it still leads its session"));
	return NULL;
}

/* A technique may keep descriptors of its own, closed on exec. */
static char *
lacks_closing(const struct bearer *b)
{
	for (size_t i = 0; i < b->process->descriptor_count; i++) {
		const struct descriptor *fd = &b->process->descriptors[i];

		if ((fd->flags & O_CLOEXEC) == 0)
			return text(_("descriptor %d is still open"),
			    fd->number);
	}
	return NULL;
}

static char *
lacks_null(const struct bearer *b)
{
	for (int i = 0; i < 3; i++) {
		const struct descriptor *fd = find_descriptor(b->process, i);

		if (fd == NULL)
			return text(_("descriptor %d is closed"), i);
		if (!same_text(fd->type, "character") || fd->major != 1 ||
		    fd->minor != 3)
			return text(_("descriptor %d is not /dev/null"), i);
		if ((fd->flags & O_ACCMODE) ==
		    (i == 0 ? O_WRONLY : O_RDONLY))
			return text(i == 0 ?
			    _("descriptor %d can't be read") :
			    _("descriptor %d can't be written"), i);
	}
	return NULL;
}

static char *
lacks_directory(const struct bearer *b)
{
	if (same_text(b->process->cwd, find_setting(b->seen, "directory")))
		return NULL;
	return text(_("its working directory is %s"),
	    b->process->cwd ? b->process->cwd : "?");
}

static const struct file *
pid_file_of(const struct bearer *b)
{
	const char *path = find_setting(b->seen, "pid-file");
	char *whole = text("%s.%d", path ? path : "", b->number);
	const struct file *file = find_file(b->shot, whole);

	free(whole);
	return file;
}

static char *
lacks_lock(const struct bearer *b)
{
	const struct file *file = pid_file_of(b);
	const struct descriptor *fd = NULL;
	char *wanted = text("%d\n", b->process->pid), *quote, *lack;

	if (file == NULL || !same_text(file->content, wanted)) {
		free(wanted);
		quote = quoted(file && file->content ? file->content : "");
		lack = text(_("its pid file holds %s"), quote);
		free(quote);
		return lack;
	}
	free(wanted);
	while ((fd = next_on(b->process, file, fd)) != NULL)
		if (fd->lock != NULL)
			return NULL;
	return text(_("it holds no lock on its pid file"));
}

static char *
lacks_handlers(const struct bearer *b)
{
	static const int wanted[] = { SIGTERM, SIGHUP };
	const struct process *p = b->process;

	for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++) {
		if (signal_in(p->caught, wanted[i]) == 0)
			return text(_("it doesn't catch %s"),
			    signal_word(wanted[i]));
		if (sleeps(p) && signal_in(p->blocked, wanted[i]) == 1)
			return text(_("it blocks %s"),
			    signal_word(wanted[i]));
	}
	if (signal_in(p->ignored, SIGPIPE) == 0 &&
	    signal_in(p->caught, SIGPIPE) == 0 &&
	    signal_in(p->blocked, SIGPIPE) == 0)
		return text(_("%s would kill it"), "SIGPIPE");
	return NULL;
}

/* A line of this process, whatever its form: "10-log[5]: ready". */
static bool
says_ready(const struct file *log, int pid)
{
	bool says = false;

	for (const char *at = log->content; !says && at != NULL &&
	    *at != '\0'; at = next_line(at)) {
		char *line = line_at(at);

		says = strstr(line, "ready") != NULL && has_number(line, pid);
		free(line);
	}
	return says;
}

/* In the log, and in syslog where that is the box's own. */
static char *
lacks_log(const struct bearer *b)
{
	const char *path = find_setting(b->seen, "log-file");
	const struct file *file = find_file(b->shot, path ? path : "");

	if (file == NULL || !says_ready(file, b->process->pid))
		return text(_("its message is not in the log"));
	if (find_fact(b->run, "syslog.skipped") != NULL)
		return NULL;
	for (size_t i = 0; i < b->run->message_count; i++)
		if (b->run->messages[i].pid == b->process->pid)
			return NULL;
	return text(_("its message did not reach syslog"));
}

static char *
lacks_jail(const struct bearer *b)
{
	const char *path = find_setting(b->seen, "jail");
	const struct file *jail = find_file(b->shot, path ? path : "");

	if (jail == NULL || !same_identity(jail->identity,
	    b->process->root_identity))
		return text(_("its root is not the jail"));
	if (b->process->cwd_outside)
		return text(_("its working directory is outside the jail"));
	return NULL;
}

static int
number_of(const struct bearer *b, const char *setting)
{
	const char *value = find_setting(b->seen, setting);

	return value == NULL ? -1 : atoi(value);
}

static char *
lacks_dropping(const struct bearer *b)
{
	const struct process *p = b->process;

	if (p->uid_count != 4 || !all_are(p->uids, number_of(b, "user.uid")))
		return text(_("its user ids are %d %d %d"),
		    p->uid_count > 2 ? p->uids[0] : -1,
		    p->uid_count > 2 ? p->uids[1] : -1,
		    p->uid_count > 2 ? p->uids[2] : -1);
	if (p->gid_count != 4 || !all_are(p->gids, number_of(b, "user.gid")))
		return text(_("its group ids are %d %d %d"),
		    p->gid_count > 2 ? p->gids[0] : -1,
		    p->gid_count > 2 ? p->gids[1] : -1,
		    p->gid_count > 2 ? p->gids[2] : -1);
	if (foreign_group(b->seen, p) != -1)
		return text(_("it is still in group %d"),
		    foreign_group(b->seen, p));
	for (size_t i = 0; i < 4; i++)
		if (p->capabilities[i] == NULL ||
		    strspn(p->capabilities[i], "0") != 16)
			return text(_("it still has capabilities"));
	return NULL;
}

char *
lacking(const struct bearer *bearer)
{
	static char *(*const judges[])(const struct bearer *) = {
		[1] = lacks_fork, [2] = lacks_session, [3] = lacks_refork,
		[4] = lacks_closing, [5] = lacks_null, [6] = lacks_directory,
		[8] = lacks_lock, [9] = lacks_handlers, [10] = lacks_log,
		[11] = lacks_jail, [12] = lacks_dropping,
	};
	const int number = step_number(bearer->seen);

	if (number < 1 || number > 12 || judges[number] == NULL)
		return NULL;
	return judges[number](bearer);
}
