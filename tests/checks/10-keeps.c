/*
 * 10-keeps - judges what must outlive the log's opening: the file that it has
 * when it can't have another one, close-on-exec, and the time zone
 */
#define _POSIX_C_SOURCE 200809L

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "checks/10-log.h"
#include "checks/daemon.h"
#include "checks/events.h"
#include "checks/files.h"
#include "checks/needs.h"
#include "checks/verdict.h"
#include "checks/witness.h"
#include "checks/words.h"
#include "language.h"

static const char precious[] = "precious\n", zone[] = "/etc/localtime";

static const struct cause given_up = {
	"10-log.given-up",
	N_("Is the old file closed before it's known that the new one can be "
	    "opened? What is said from then on is lost."),
	N_("Open the new file first; when that fails return -1, and go on with "
	    "the old one (chapters/en/10-log.md)."),
};
static const struct cause link_followed = {
	"10-log.link-followed",
	N_("Is O_NOFOLLOW missing? Whoever may write in the log's directory "
	    "can choose, by a symbolic link, which file gets the lines."),
	N_("Open with O_NOFOLLOW (chapters/en/10-log.md)."),
};
static const struct cause no_cloexec = {
	"10-log.no-cloexec",
	N_("Is O_CLOEXEC missing? Any program that the daemon starts could "
	    "write into its log."),
	N_("Open with O_CLOEXEC (chapters/en/10-log.md)."),
};
static const struct cause cloexec_lost = {
	"10-log.cloexec-lost",
	N_("Was the new descriptor put over the old one by dup2? The copy "
	    "isn't closed on exec, whatever was copied."),
	N_("Use dup3 with O_CLOEXEC in reopen_log, or close the old descriptor "
	    "and keep the new one (chapters/en/10-log.md)."),
};
static const struct cause zone_unknown = {
	"10-log.zone-unknown",
	N_("Is the time zone looked for at each message, by localtime, or not "
	    "before the first? In the jail there is no /etc/localtime, and "
	    "the log is in universal time."),
	N_("Call tzset in open_log, and localtime_r for each message "
	    "(chapters/en/10-log.md)."),
};

/* The last line that a file has. */
static void
show_end(struct verdict *verdict, const struct file *file)
{
	const char *last = file->content;
	char *line;

	for (const char *next = last; next != NULL; next = next_line(next))
		last = next;
	line = line_at(last);
	evidence(verdict, _("%s ends with: %s"), file->path, line);
	free(line);
}

/* Who opens the log for each message has no file to go on with. */
static bool
held(const struct run *run, int pid, const struct file *log)
{
	const struct process *process =
	    find_process(find_snapshot(run, "second"), pid);

	return process != NULL && next_on(process, log, NULL) != NULL;
}

static bool
victim_is_whole(const struct run *run, struct verdict *verdict)
{
	const char *path = needed_fact(run, verdict, "victim");
	const struct file *victim =
	    path ? file_at(run, "refused", path) : NULL;

	if (victim == NULL || victim->content == NULL) {
		if (path != NULL)
			lacks_file(run, verdict, "refused", path);
		return false;
	}
	if (same_text(victim->content, precious))
		return true;
	found(verdict, _("it has written to %s, where the link leads"), path);
	show_content(verdict, victim);
	accuse(verdict, &link_followed);
	return false;
}

/*
 * main.c says why reopen_log has failed, and that it has reloaded: both
 * through log_message, so into the file that there is.
 */
void
judge_kept(const struct observation *seen, struct verdict *verdict)
{
	const struct run *run = find_run(seen, "texts");
	const struct process *process =
	    the_daemon(seen, verdict, "texts", "first", "refused");
	const struct file *log, *old;
	const char *path;

	log = process ? log_file_at(seen, verdict, "texts", "second") : NULL;
	path = log ? needed_fact(run, verdict, "renamed") : NULL;
	if (path == NULL)
		return;
	old = file_at(run, "refused", path);
	expect(verdict, _("it says \"reloaded\" in the old file, %s, while a "
	    "symbolic link has the log's name"), path);
	if (!victim_is_whole(run, verdict))
		return;
	if (old == NULL || old->content == NULL) {
		lacks_file(run, verdict, "refused", path);
	} else if (old->size > (long)strlen(old->content)) {
		;	/* NUL bytes: message-is-one-line tells of them */
	} else if (strstr(old->content, "reloaded") == NULL &&
	    held(run, process->pid, log)) {
		found_no_line(verdict, old);
		show_file(verdict, old);
		show_end(verdict, old);
		accuse(verdict, strstr(log->content, "ready") == NULL ?
		    &log_not_written : &given_up);
	}
}

/* The descriptors of a process on its logs: is one open after an exec? */
struct heir {
	const struct process *process;
	const struct cause *cause;
};

static void
check_exec(void *own, const struct file *log, struct verdict *verdict)
{
	const struct heir *heir = own;
	const struct descriptor *fd = NULL;

	while ((fd = next_on(heir->process, log, fd)) != NULL) {
		if (fd->flags < 0 || (fd->flags & O_CLOEXEC) != 0)
			continue;
		found(verdict, _("descriptor %d stays open in a program that "
		    "it starts"), fd->number);
		show_descriptor(verdict, heir->process, fd);
		accuse(verdict, heir->cause);
		return;
	}
}

/* In "plain" the log has been opened again, after each rename. */
void
judge_exec(const struct observation *seen, struct verdict *verdict)
{
	struct heir heir = {
		the_daemon(seen, verdict, "traced", "first", "after"),
		&no_cloexec
	};
	const struct file *log;

	log = heir.process ? log_file(seen, verdict, "traced") : NULL;
	if (log == NULL)
		return;
	expect(verdict, _("the descriptor of %s has O_CLOEXEC"), log->path);
	check_exec(&heir, log, verdict);
	if (verdict->status != STATUS_PASS)
		return;
	heir.process = the_daemon(seen, verdict, "plain", "first", "after");
	heir.cause = &cloexec_lost;
	if (heir.process != NULL)
		(void)each_log(find_run(seen, "plain"), verdict, check_exec,
		    &heir);
}

/*
 * Before the first message main.c reads the configuration.  Who looks for the
 * zone after that, or again, does it in the jail too, and finds none there.
 */
void
judge_zone(const struct observation *seen, struct verdict *verdict)
{
	const struct process *process =
	    the_daemon(seen, verdict, "traced", "first", "after");
	const struct run *run = find_run(seen, "traced");
	const char *config = find_setting(seen, "config");
	const struct event *read, *look = NULL;

	if (process == NULL)
		return;
	read = config_read(seen, run, process->pid);
	if (read == NULL) {
		harness_fault(verdict, _("strace didn't see %s opened"),
		    config ? config : "?");
		return;
	}
	expect(verdict, _("nobody asks for %s once the log is open"), zone);
	for (const struct event *event = read; look == NULL &&
	    event < run->events + run->event_count; event++)
		if (event->pid == process->pid && call_says(event,
		    "open openat openat2 stat newfstatat statx", zone))
			look = event;
	if (look == NULL)
		return;
	found(verdict, _("it is asked for with a message"));
	show_event(verdict, look);
	accuse(verdict, &zone_unknown);
}
