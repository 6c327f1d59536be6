/*
 * 08-starts - judges the starts that find a pid file: the lock's, a dead
 * daemon's, or a link in its place
 */
#include <sys/wait.h>

#include <string.h>

#include "checks/08-lock.h"
#include "checks/daemon.h"
#include "checks/events.h"
#include "checks/files.h"
#include "checks/needs.h"
#include "checks/process.h"
#include "checks/verdict.h"
#include "checks/witness.h"
#include "checks/words.h"
#include "language.h"

static const struct cause second_runs = {
	"08-lock.second-runs",
	N_("Does the function return -1 when another process holds the "
	    "lock?"),
	N_("Lock without waiting (LOCK_NB) and return -1 with EWOULDBLOCK "
	    "(chapters/en/08-lock.md)."),
};
static const struct cause waits = {
	"08-lock.waits",
	N_("Does the second start wait for the lock, instead of being "
	    "refused?"),
	N_("Add LOCK_NB, or use F_SETLK and F_TLOCK, which don't wait "
	    "(chapters/en/08-lock.md)."),
};
static const struct cause exit_zero = {
	"08-lock.exit-zero",
	N_("Does the function call exit(0) when it is refused? Then init "
	    "believes that the start succeeded."),
	N_("Return -1 with errno, and let main.c end the process "
	    "(chapters/en/08-lock.md)."),
};
static const struct cause crashed = {
	"08-lock.second-crashed",
	N_("Which pointer or descriptor is used although the call before it "
	    "failed?"),
	N_("Test each result before you use it (chapters/en/08-lock.md)."),
};
static const struct cause owner_unknown = {
	"08-lock.owner-unknown",
	N_("Is the PID in the file read, and put into *owner, when the lock "
	    "is refused?"),
	N_("Read the number at offset 0 of the file into *owner "
	    "(chapters/en/08-lock.md)."),
};
static const struct cause truncated_first = {
	"08-lock.truncated-before-lock",
	N_("Is the file opened with O_TRUNC, or with fopen \"w\"? It was "
	    "emptied before the lock was asked for."),
	N_("Open without O_TRUNC; call ftruncate once the lock is yours "
	    "(chapters/en/08-lock.md)."),
};
static const struct cause removed = {
	"08-lock.removed",
	N_("Does the second start remove or replace a file that isn't its "
	    "own?"),
	N_("Leave the file alone unless the lock is yours "
	    "(chapters/en/08-lock.md)."),
};
static const struct cause overwritten = {
	"08-lock.overwritten",
	N_("Is something written into the file before the lock is held?"),
	N_("Lock first, then write (chapters/en/08-lock.md)."),
};
static const struct cause exclusive = {
	"08-lock.excl",
	N_("Is the file opened with O_EXCL? After a crash it is still there, "
	    "and refuses for ever."),
	N_("Open without O_EXCL: the lock tells, not the file "
	    "(chapters/en/08-lock.md)."),
};
static const struct cause stale = {
	"08-lock.refuses-stale",
	N_("Does an old number in the file refuse the start, although nobody "
	    "holds the lock?"),
	N_("Let the lock alone decide (chapters/en/08-lock.md)."),
};
static const struct cause follows_link = {
	"08-lock.follows-link",
	N_("Does open follow a symbolic link? Then whoever plants one chooses "
	    "which file root overwrites."),
	N_("Open with O_NOFOLLOW (chapters/en/08-lock.md)."),
};
static const struct cause link_ignored = {
	"08-lock.link-ignored",
	N_("It goes on without a file of its own. Is the result of open "
	    "tested?"),
	N_("Return -1 when open fails (chapters/en/08-lock.md)."),
};

/* A start that lives beside the first: what let it in, or keeps it. */
static const struct cause *
how_it_lives(const struct observation *seen, const struct run *run,
    const struct start *second)
{
	const char *path = find_setting(seen, "pid-file");
	const struct file *before = file_at(run, "after", path);
	const struct file *after = file_at(run, "second", path);

	if (second->daemon <= 0)
		return &waits;
	/* A new file of that name has a lock of its own. */
	return before != NULL && after != NULL &&
	    known_identity(before->identity) &&
	    !same_identity(before->identity, after->identity) ? &removed :
	    &second_runs;
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
		/* Where all said 0 the youngest counts: the others left it. */
		if (last == NULL || ending->status != 0 ||
		    (last->status == 0 && ending->pid > last->pid))
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

void
judge_refusal(const struct observation *seen, struct verdict *verdict)
{
	const struct run *run = traced_run(seen, verdict);
	const struct start *second;
	const struct snapshot *shot;
	const struct process *alive;

	second = run ? needed_start(run, verdict, "second") : NULL;
	if (second == NULL)
		return;
	shot = needed_snapshot(run, verdict, "second");
	if (shot == NULL)
		return;
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
	accuse(verdict, how_it_lives(seen, run, second));
}

/* The call of a start that opened a file in this way, or NULL. */
static const struct event *
opened_with(const struct run *run, const struct start *start,
    const char *path, const char *flag, const char *error)
{
	for (size_t i = 0; i < run->event_count; i++) {
		const struct event *event = &run->events[i];

		if (call_says(event, "open openat openat2 creat", path) &&
		    belongs(run, start, event->pid) &&
		    (strstr(event->arguments, flag) != NULL ||
		    same_text(event->name, "creat")) &&
		    (error == NULL || same_text(event->error, error)))
			return event;
	}
	return NULL;
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
		accuse(verdict, how_it_lives(seen, run, second));
	else if (open != NULL)
		accuse(verdict, &truncated_first);
	else if (refused != NULL)
		accuse(verdict, &exclusive);
	else if (ended_badly(run, second, verdict)) {
		show_launcher(verdict, second);
		accuse(verdict, &owner_unknown);
	}
}

void
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
		show_message(verdict, message);
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
	if (!same_identity(before->identity, after->identity))
		accuse(verdict, &removed);
	else if (second->daemon > 0)
		accuse(verdict, &second_runs);
	else if (open != NULL || after->size == 0)
		accuse(verdict, &truncated_first);
	else
		accuse(verdict, &overwritten);
}

void
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
		accuse(verdict, &no_pid_file);
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

void
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
	/* PIDs ascend: one of the second start has got the lock at last. */
	if (third->daemon > 0 && third->daemon < third->launcher) {
		found(verdict, _("process %d of the second start is alive"),
		    third->daemon);
		show_process(verdict, find_process(find_snapshot(run,
		    "third"), third->daemon));
		show_event(verdict, last_call(run, third->daemon,
		    "flock fcntl"));
		accuse(verdict, &waits);
		return;
	}
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

void
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
