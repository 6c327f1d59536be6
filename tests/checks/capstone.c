/*
 * capstone - the launcher that waits, the service that answers when it has
 * ended, and the twelve steps' properties on the one process
 */
#define _GNU_SOURCE		/* O_CLOEXEC */

#include <sys/wait.h>

#include <ctype.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "checks/absence.h"
#include "checks/capstone.h"
#include "checks/daemon.h"
#include "checks/events.h"
#include "checks/files.h"
#include "checks/needs.h"
#include "checks/process.h"
#include "checks/witness.h"
#include "checks/words.h"
#include "language.h"

enum { BY_OTHERS = 02 };

const struct cause launcher_stays = {
	"capstone.launcher-stays",
	N_("Who has the other end of the pipe still open? It ends for its "
	    "reader when the last copy is closed, and the launcher has one "
	    "too."),
	N_("Close the launcher's own copy before it reads, and keep one in "
	    "the daemon alone (chapters/en/capstone.md)."),
};
static const struct cause word_lost = {
	"capstone.word-lost",
	N_("The service works, and the launcher wasn't told. Is the pipe's "
	    "descriptor below what 04-close spares, and is it `launcher`?"),
	N_("Put the pipe's end below lowest, and its number into `launcher`, "
	    "in steps/capstone/daemonize.c (chapters/en/capstone.md)."),
};
static const struct cause told_early = {
	"capstone.told-too-early",
	N_("Who writes the newline, and when? Here it was written before the "
	    "service was open."),
	N_("Leave the newline to the service: it writes to `launcher` once it "
	    "answers (chapters/en/capstone.md)."),
};
static const struct cause launcher_leaves = {
	"capstone.launcher-leaves",
	N_("Does the first process wait for anything? Who started the service "
	    "believes that it answers."),
	N_("Let the first process read the pipe to its end before it ends, in "
	    "steps/capstone/daemonize.c (chapters/en/capstone.md)."),
};
static const struct cause not_opened = {
	"capstone.service-not-opened",
	N_("Is open_service() called at all?"),
	N_("Call open_service() in steps/capstone/daemonize.c, while root and "
	    "the world outside the jail are there (chapters/en/capstone.md)."),
};
static const struct cause no_answer = {
	"capstone.no-answer",
	N_("What has become of the sockets that open_service() opened? 04 "
	    "closes what is not below lowest."),
	N_("Call open_service() after 04-close, in "
	    "steps/capstone/daemonize.c (chapters/en/capstone.md)."),
};
static const struct cause owner_not_said = {
	"capstone.owner-not-said",
	N_("lock_pid_file() has put the owner's PID into *owner: who tells "
	    "the launcher?"),
	N_("Say the PID by fail() where errno is EWOULDBLOCK "
	    "(chapters/en/capstone.md)."),
};
static const struct cause port_first = {
	"capstone.port-before-lock",
	N_("What stopped the second start is the port, not the lock. Does the "
	    "daemon hold the lock, and is it asked for before the service is "
	    "opened?"),
	N_("Lock after the last fork, after 04-close, and before "
	    "open_service(), in steps/capstone/daemonize.c "
	    "(chapters/en/capstone.md)."),
};
static const struct cause end_is_ready = {
	"capstone.end-means-ready",
	N_("What does the launcher make of an end without a word? The pipe "
	    "ends when the daemon dies, too."),
	N_("Take nothing but the newline for a success, in "
	    "steps/capstone/daemonize.c (chapters/en/capstone.md)."),
};
static const struct cause output_lost = {
	"capstone.output-lost",
	N_("open_service() has put the configured file on descriptor 1: what "
	    "came after it?"),
	N_("Call redirect_stdio() before open_service(), in "
	    "steps/capstone/daemonize.c (chapters/en/capstone.md)."),
};
static const struct cause pipe_left = {
	"capstone.pipe-left",
	N_("Which copy of the pipe is never closed? The service closes "
	    "`launcher` only."),
	N_("Let 04-close close the pipe's other numbers: O_CLOEXEC doesn't, "
	    "for nothing is executed (chapters/en/capstone.md)."),
};
static const struct cause not_reloaded = {
	"capstone.log-not-reopened",
	N_("Can the log be opened by its name from inside the jail, and by "
	    "this user? Is SIGHUP let in?"),
	N_("Look at the log after kill -HUP (chapters/en/capstone.md)."),
};
static const struct cause others_write = {
	"capstone.others-write",
	N_("With which mask are the files made? 07-umask comes before the "
	    "first of them."),
	N_("Call set_file_mask() before anything is created, in "
	    "steps/capstone/daemonize.c (chapters/en/capstone.md)."),
};

static const struct cause late_bind = {
	"capstone.bind-after-setuid",
	N_("Who is it when it binds its sockets? A port below 1024 is root's "
	    "to give."),
	N_("Call open_service() before 12-setuid, in "
	    "steps/capstone/daemonize.c (chapters/en/capstone.md)."),
};
static const struct cause late_root = {
	"capstone.too-late-for-root",
	N_("Who is it by then? What needs root comes before 12-setuid."),
	N_("Let 12-setuid be the last technique, in "
	    "steps/capstone/daemonize.c (chapters/en/capstone.md)."),
};
static const struct cause late_names = {
	"capstone.too-late-for-names",
	N_("Does that name lead anywhere from inside the jail?"),
	N_("Open what lies outside before 11-chroot, in "
	    "steps/capstone/daemonize.c (chapters/en/capstone.md)."),
};

static const struct cause late_log = {
	"capstone.log-after-the-jail",
	N_("Where is /dev/log, seen from inside the jail? openlog() says "
	    "nothing when it can't connect."),
	N_("Call open_log() before 11-chroot, in "
	    "steps/capstone/daemonize.c; where it is, run make 10 "
	    "(chapters/en/capstone.md)."),
};
static const struct cause lowest_high = {
	"capstone.lowest-too-high",
	N_("Which lowest does 04-close get? Only what must survive stands "
	    "below it."),
	N_("Put the pipe's end right above 2, and give close_descriptors() "
	    "the next number (chapters/en/capstone.md)."),
};

/* --- why there is no daemon --------------------------------------------- */

/* What bbserve says when something comes too late. */
static const struct late {
	const char *words, *reason;
	const struct cause *cause;
} lates[] = {
	{ ": listen ", ": Permission denied", &late_bind },
	{ "11-chroot: ", "Operation not permitted", &late_root },
	{ "08-lock: ", "No such file", &late_names },
	{ "10-log: ", "No such file", &late_names },
	{ ": /dev/null: ", "No such file", &late_names },
	{ "/bbfile: ", "No such file", &late_names },
	{ "08-lock: ", "Permission denied", &late_root },
	{ "10-log: ", "Permission denied", &late_root },
	{ "/bbfile: ", "Permission denied", &late_root },
	{ ": epoll_pwait: ", "", &no_answer },
};

static bool
is_said(const char *text, const struct late *late)
{
	return text != NULL && strstr(text, late->words) != NULL &&
	    strstr(text, late->reason) != NULL;
}

/* On the terminal or, once the launcher has gone, to syslog. */
static bool
was_late(const struct absence *absence, const struct late *late,
    struct verdict *verdict)
{
	const struct run *run = absence->run;

	if (is_said(absence->start->output, late)) {
		if (verdict->evidence_count == 0)
			show_output(verdict, absence->start);
		return true;
	}
	for (size_t i = 0; i < run->message_count; i++) {
		const struct message *message = &run->messages[i];

		if (!is_said(message->line, late) ||
		    !belongs(run, absence->start, message->pid))
			continue;
		show_message(verdict, message);
		return true;
	}
	return false;
}

bool
explain_capstone(const struct absence *absence, struct verdict *verdict)
{
	for (size_t i = 0; i < sizeof(lates) / sizeof(*lates); i++)
		if (was_late(absence, &lates[i], verdict)) {
			found(verdict, _("the start was given up"));
			accuse(verdict, lates[i].cause);
			return true;
		}
	return false;
}

/* --- the twelve steps' properties ----------------------------------------- */

static const struct {
	const struct check *table;
	const char *id;
} borrowed[] = {
	{ setsid_checks, "has-no-controlling-terminal" },
	{ refork_checks, "is-not-a-session-leader" },
	{ refork_checks, "the-leader-is-gone" },
	{ close_checks, "closes-from-lowest-on" },
	{ close_checks, "closes-above-a-lowered-limit" },
	{ close_checks, "pipe-meets-its-end" },
	{ devnull_checks, "stdio-is-dev-null" },
	{ devnull_checks, "input-can-be-read" },
	{ devnull_checks, "output-can-be-written" },
	{ chdir_checks, "start-can-be-unmounted" },
	{ lock_checks, "holds-the-pid" },
	{ lock_checks, "holds-the-lock" },
	{ lock_checks, "second-start-is-refused" },
	{ lock_checks, "second-start-touches-nothing" },
	{ lock_checks, "starts-after-a-kill" },
	{ signals_checks, "ends-on-sigterm" },
	{ signals_checks, "pid-file-no-longer-names-it" },
	{ signals_checks, "handlers-are-safe" },
	{ signals_checks, "started-with-sigterm-blocked" },
	{ log_checks, "line-has-time-ident-pid" },
	{ log_checks, "syslog-ident-and-pid" },
	{ chroot_checks, "root-is-the-jail" },
	{ chroot_checks, "cwd-is-inside" },
	{ chroot_checks, "no-directory-left-open" },
	{ chroot_checks, "log-still-works" },
	{ setuid_checks, "all-uids-are-the-user-s" },
	{ setuid_checks, "all-gids-are-the-user-s" },
	{ setuid_checks, "groups-are-the-user-s" },
	{ setuid_checks, "uid-goes-last" },
	{ setuid_checks, "no-capability-is-left" },
};

enum { BORROWED = sizeof(borrowed) / sizeof(borrowed[0]) };

const struct check *
borrowed_check(size_t number)
{
	const struct check *check;

	if (number >= BORROWED)
		return NULL;
	for (check = borrowed[number].table; check->id != NULL; check++)
		if (same_text(check->id, borrowed[number].id))
			return check;
	return NULL;
}

/* It has all that it was started with: a pipe, the working directory. */
static bool
launcher_holds(const struct observation *seen)
{
	const struct run *run = find_run(seen, "traced");
	const struct start *first = run ? find_start(run, "first") : NULL;
	const struct snapshot *shot = run ? find_snapshot(run, "after") : NULL;

	return first != NULL && shot != NULL && first->daemon > 0 &&
	    is_alive(find_process(shot, first->launcher));
}

/* The second start: its daemon was refused, and the launcher doesn't end. */
static bool
launcher_alone_waits(const struct observation *seen)
{
	const struct run *run = find_run(seen, "traced");
	const struct start *second = run ? find_start(run, "second") : NULL;
	const struct snapshot *shot = run ? find_snapshot(run, "second") :
	    NULL;

	if (second == NULL || shot == NULL ||
	    !is_alive(find_process(shot, second->launcher)))
		return false;
	for (size_t i = 0; i < shot->process_count; i++) {
		const struct process *one = &shot->processes[i];

		if (one->pid != second->launcher && is_program(one) &&
		    is_alive(one) && belongs(run, second, one->pid))
			return false;
	}
	return true;
}

/*
 * Where the technique is right, and comes at the wrong time; or where it is a
 * launcher that stays, if there is one (`when`; NULL: always).
 */
static const struct {
	const char *key;
	const struct cause *cause;
	bool (*when)(const struct observation *seen);
} instead[] = {
	{ "10-log.no-syslog", &late_log, NULL },
	{ "10-log.no-ndelay", &late_log, NULL },
	{ "11-chroot.log-lost", &late_log, NULL },
	{ "04-close.some-left", &lowest_high, NULL },
	{ "04-close.another-holds-it", &launcher_stays, launcher_holds },
	{ "06-chdir.start-held", &launcher_stays, launcher_holds },
	{ "08-lock.waits", &launcher_stays, launcher_alone_waits },
};

void
point_at_score(const struct observation *seen, struct verdict *verdict)
{
	const char *cause = verdict->cause;

	if (verdict->status != STATUS_FAIL || cause == NULL ||
	    verdict->action == NULL || !isdigit((unsigned char)cause[0]))
		return;
	for (size_t i = 0; i < sizeof(instead) / sizeof(*instead); i++)
		if (same_text(cause, instead[i].key) &&
		    (instead[i].when == NULL || instead[i].when(seen))) {
			verdict->status = STATUS_PASS; /* a new verdict */
			accuse(verdict, instead[i].cause);
			return;
		}
	advise_action(verdict, _("Run make %.2s: where it passes, it is the "
	    "order of the calls in steps/capstone/daemonize.c "
	    "(chapters/en/capstone.md)."), cause);
}

/* --- the launcher ------------------------------------------------------- */

/* An end of a pipe that wasn't open at the start. */
static bool
is_own_pipe(const struct observation *seen, const struct run *run,
    const struct descriptor *one)
{
	return same_text(one->type, "pipe") &&
	    !number_in(opened_at_start(seen, run), one->number);
}

static void
show_pipes(const struct observation *seen, const struct scene *at,
    struct verdict *verdict)
{
	for (size_t i = 0; i < at->shot->process_count; i++) {
		const struct process *one = &at->shot->processes[i];

		for (size_t j = 0; is_program(one) &&
		    j < one->descriptor_count; j++)
			if (is_own_pipe(seen, at->run, &one->descriptors[j]))
				show_descriptor(verdict, one,
				    &one->descriptors[j]);
	}
}

static bool
says_success(const struct observation *seen, struct verdict *verdict,
    const char *name)
{
	struct scene at;

	if (!set_scene(seen, verdict, name, &at))
		return false;
	/* One that waits for the daemon's end has ended by now. */
	if (!at.start->ended ||
	    is_alive(find_process(at.shot, at.start->launcher))) {
		found(verdict, _("process %d serves, and the launcher "
		    "(process %d) still waits"), at.process->pid,
		    at.start->launcher);
		show_pipes(seen, &at, verdict);
		accuse(verdict, &launcher_stays);
		return false;
	}
	if (at.start->status == 0)
		return true;
	found(verdict, _("process %d serves, and the launcher did not end "
	    "with status 0"), at.process->pid);
	show_prompt(verdict, at.start);
	show_output(verdict, at.start);
	show_launcher(verdict, at.start);
	accuse(verdict, &word_lost);
	return false;
}

static void
judge_success(const struct observation *seen, struct verdict *verdict)
{
	expect(verdict, _("the launcher ends with status 0 when the service "
	    "can be used"));
	both_runs(seen, verdict, says_success);
}

/* The newline that says "ready", written while the gate was closed. */
static const struct event *
early_word(const struct run *run)
{
	for (size_t i = 0; i < run->event_count; i++) {
		const struct event *event = &run->events[i];

		if (call_says(event, "open openat openat2", "/log/gate\""))
			return NULL;
		if (call_says(event, "write", "\"\\n\"") &&
		    event->result == 1)
			return event;
	}
	return NULL;
}

static const struct cause *
why_it_left(const struct run *run, const struct start *start)
{
	if (start->status != 0)
		return &word_lost;
	return early_word(run) != NULL ? &told_early : &launcher_leaves;
}

static void
blame_leaving(const struct run *run, const struct start *start,
    struct verdict *verdict)
{
	show_prompt(verdict, start);
	show_event(verdict, early_word(run));
	show_event(verdict, last_call(run, start->launcher,
	    "exit_group exit"));
	show_launcher(verdict, start);
	accuse(verdict, why_it_left(run, start));
}

/*
 * Held while it opens its service, by a FIFO that nobody reads, and all its
 * processes sleep: then the launcher has to be one of them.
 */
static void
judge_waiting(const struct observation *seen, struct verdict *verdict)
{
	const struct snapshot *shot;
	const struct start *start;
	const struct run *run;
	struct scene at;

	expect(verdict, _("as long as the service isn't open, the launcher "
	    "waits"));
	if (!set_scene(seen, verdict, "traced", &at))
		return;
	run = the_run(seen, verdict, "held");
	start = run ? needed_start(run, verdict, "first") : NULL;
	shot = start ? needed_snapshot(run, verdict, "first") : NULL;
	if (shot == NULL)
		return;
	if (find_process(shot, start->daemon) == NULL) {
		found(verdict, _("nobody opens the service"));
		show_output(verdict, start);
		accuse(verdict, &not_opened);
	} else if (!is_alive(find_process(shot, start->launcher))) {
		found(verdict, _("the launcher has ended, and process %d is "
		    "still opening the service"), start->daemon);
		blame_leaving(run, start, verdict);
	}
}

static bool
greets(const struct observation *seen, struct verdict *verdict,
    const char *name)
{
	const struct run *run = the_run(seen, verdict, name);
	const struct start *client, *first;
	const struct snapshot *held;

	client = run ? needed_start(run, verdict, "client") : NULL;
	if (client == NULL)
		return false;
	if (client->output != NULL && strncmp(client->output, "220", 3) == 0)
		return true;
	first = find_start(run, "first");
	held = find_snapshot(run, "first"); /* of run "held" */
	found(verdict, _("no greeting"));
	show_prompt(verdict, first);
	show_output(verdict, client);
	accuse(verdict, held != NULL && !is_alive(find_process(held,
	    first->launcher)) ? why_it_left(run, first) : &no_answer);
	return false;
}

static void
judge_answer(const struct observation *seen, struct verdict *verdict)
{
	const char *port = find_setting(seen, "port");

	expect(verdict, _("a client that connects to port %s the moment the "
	    "launcher has ended is greeted"), port ? port : "?");
	if (the_daemon(seen, verdict, "plain", "first", "after") == NULL)
		return;
	(void)(greets(seen, verdict, "held") && greets(seen, verdict,
	    "plain"));
}

static const struct cause *
why_death_is_hidden(const struct run *run, const struct start *start)
{
	const struct snapshot *shot = find_snapshot(run, "doomed");

	if (!start->ended)
		return &launcher_stays;
	if (shot != NULL && !is_alive(find_process(shot, start->launcher)))
		return why_it_left(run, start);
	return start->output == NULL || start->output[0] == '\0' ?
	    &end_is_ready : &failure_says_0;
}

/* Killed at the gate, where it could not say anything. */
static void
judge_death(const struct observation *seen, struct verdict *verdict)
{
	const struct run *run;
	const struct start *start;

	expect(verdict, _("a daemon that dies while it starts makes the "
	    "launcher end with another status than 0"));
	if (the_daemon(seen, verdict, "traced", "first", "after") == NULL)
		return;
	run = the_run(seen, verdict, "held");
	start = run ? needed_start(run, verdict, "doomed") : NULL;
	if (start == NULL || (start->ended && start->status != 0))
		return;
	found(verdict, start->ended ?
	    _("the launcher ended with status 0, and process %d was killed") :
	    _("the launcher still waits, and process %d was killed"),
	    start->daemon);
	show_prompt(verdict, start);
	show_output(verdict, start);
	show_ending(verdict, find_ending(run, start->daemon));
	if (start->ended)
		show_launcher(verdict, start);
	accuse(verdict, why_death_is_hidden(run, start));
}

/* --- a second copy ---------------------------------------------------- */

static void
blame_second(const struct start *second, int owner, struct verdict *verdict)
{
	const bool named = names_number(second->output, owner);

	if (!named)
		found(verdict, _("no sentence names it"));
	else
		found(verdict, _("its launcher did not end with another status "
		    "than 0"));
	show_prompt(verdict, second);
	show_output(verdict, second);
	if (second->ended)
		show_launcher(verdict, second);
	if (!second->ended)
		accuse(verdict, &launcher_stays);
	else if (second->status == 0)
		accuse(verdict, &failure_says_0);
	else if (second->output != NULL &&
	    strstr(second->output, "Address already in use") != NULL)
		accuse(verdict, &port_first);
	else
		accuse(verdict, &owner_not_said);
}

static void
judge_second(const struct observation *seen, struct verdict *verdict)
{
	const struct start *second;
	struct scene at;

	if (!set_scene(seen, verdict, "traced", &at))
		return;
	expect(verdict, _("the second start says on its terminal that process "
	    "%d is the owner"), at.process->pid);
	second = needed_start(at.run, verdict, "second");
	if (second == NULL)
		return;
	if (!second->ended || second->status == 0 ||
	    !names_number(second->output, at.process->pid))
		blame_second(second, at.process->pid, verdict);
}

/* --- the daemon --------------------------------------------------------- */

static bool
closes_pipe(const struct observation *seen, struct verdict *verdict,
    const char *name)
{
	struct scene at;

	if (!set_scene(seen, verdict, name, &at))
		return false;
	for (size_t i = 0; i < at.process->descriptor_count; i++) {
		const struct descriptor *one = &at.process->descriptors[i];

		if (!is_own_pipe(seen, at.run, one))
			continue;
		found(verdict, _("descriptor %d is a pipe"), one->number);
		show_descriptor(verdict, at.process, one);
		accuse(verdict, &pipe_left);
		return false;
	}
	return true;
}

static void
judge_pipe(const struct observation *seen, struct verdict *verdict)
{
	expect(verdict, _("no end of a pipe stays open in the daemon"));
	both_runs(seen, verdict, closes_pipe);
}

/* What the service has opened must outlive the score. */
static void
judge_output(const struct observation *seen, struct verdict *verdict)
{
	const struct snapshot *shot = NULL;
	const struct process *process;
	const struct descriptor *one;
	const struct run *run = NULL;
	const char *gate = NULL;

	if (the_daemon(seen, verdict, "traced", "first", "after") != NULL)
		run = the_run(seen, verdict, "held");
	if (run != NULL)
		gate = needed_fact(run, verdict, "gate");
	if (gate != NULL)
		shot = needed_snapshot(run, verdict, "open");
	if (shot == NULL)
		return;
	expect(verdict, _("descriptor 1 is %s, as `output` says"), gate);
	process = find_process(shot, find_start(run, "first")->daemon);
	one = process != NULL ? find_descriptor(process, 1) : NULL;
	if (one != NULL && same_text(one->target, gate))
		return;
	found(verdict, _("descriptor 1 is %s"),
	    one != NULL && one->target != NULL ? one->target : "?");
	show_descriptor(verdict, process, one);
	accuse(verdict, &output_lost);
}

static void
judge_reload(const struct observation *seen, struct verdict *verdict)
{
	const char *path = find_setting(seen, "log-file");
	const struct snapshot *shot;
	const struct file *log;
	struct scene at;

	expect(verdict, _("after a rename and SIGHUP, process and log go on: "
	    "%s says \"reloaded\""), path ? path : "?");
	if (!set_scene(seen, verdict, "traced", &at))
		return;
	shot = needed_snapshot(at.run, verdict, "reload");
	log = shot != NULL && path != NULL ? find_file(shot, path) : NULL;
	if (shot != NULL && log == NULL)
		lacks_file(at.run, verdict, "reload", path);
	if (log == NULL)
		return;
	if (!is_alive(find_process(shot, at.process->pid))) {
		found(verdict, _("process %d is gone"), at.process->pid);
		show_ending(verdict, find_ending(at.run, at.process->pid));
		accuse(verdict, &not_reloaded);
	} else if (log->content == NULL ||
	    strstr(log->content, "reloaded") == NULL) {
		found(verdict, _("the file doesn't say it"));
		show_file(verdict, log);
		show_event(verdict, first_failure(at.run, at.process->pid,
		    "openat", NULL));
		accuse(verdict, &not_reloaded);
	}
}

static bool
is_guarded(const struct scene *at, const char *path, struct verdict *verdict)
{
	const struct file *file = path == NULL ? NULL :
	    find_file(at->shot, path);

	if (file == NULL || file->type == NULL) {
		lacks_file(at->run, verdict, "after", path);
		return false;
	}
	if (same_text(file->type, "none") || (file->mode & BY_OTHERS) == 0)
		return true;
	found(verdict, _("others may write to %s"), path);
	show_file(verdict, file);
	accuse(verdict, &others_write);
	return false;
}

static bool
guards_files(const struct observation *seen, struct verdict *verdict,
    const char *name)
{
	static const char *const settings[] =
	    { "pid-file", "log-file", "board" };
	struct scene at;

	if (!set_scene(seen, verdict, name, &at))
		return false;
	for (size_t i = 0; i < sizeof(settings) / sizeof(*settings); i++)
		if (!is_guarded(&at, find_setting(seen, settings[i]), verdict))
			return false;
	if (at.process->mask >= 0 && (at.process->mask & BY_OTHERS) != 0)
		return true;
	found(verdict, _("umask %03o"), (unsigned)at.process->mask);
	show_mask(verdict, at.process);
	accuse(verdict, &others_write);
	return false;
}

static void
judge_modes(const struct observation *seen, struct verdict *verdict)
{
	expect(verdict, _("no file of it can be written by others, nor will "
	    "be"));
	both_runs(seen, verdict, guards_files);
}

const struct check capstone_checks[] = {
	{ "launcher-says-success", true,
	    N_("the launcher ends with status 0 once it serves"),
	    judge_success },
	{ "launcher-waits", true,
	    N_("the launcher waits until the service is open"),
	    judge_waiting },
	{ "answers-at-once", true,
	    N_("whoever connects when the launcher has ended is answered, on "
		"a port below 1024"), judge_answer },
	{ "failure-is-a-status", true,
	    N_("whatever fails, and wherever, the launcher's status isn't 0, "
		"and nobody is left"), judge_statuses },
	{ "failure-has-a-reason", true,
	    N_("the reason of a failure stands on the terminal"),
	    judge_reasons },
	{ "death-is-a-failure", true,
	    N_("a daemon that dies before it is ready is a failure"),
	    judge_death },
	{ "second-names-the-owner", true,
	    N_("a second start names the owner's PID on the terminal"),
	    judge_second },
	{ "no-pipe-is-left", true,
	    N_("the readiness pipe isn't left open"), judge_pipe },
	{ "output-goes-where-told", true,
	    N_("its output goes where the configuration says"),
	    judge_output },
	{ "reloads-in-the-jail", true,
	    N_("SIGHUP reopens its log from inside the jail"), judge_reload },
	{ "others-write-nothing", true,
	    N_("nothing that it makes can be written by others"),
	    judge_modes },
	{ NULL, false, NULL, NULL }
};
