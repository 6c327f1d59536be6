/*
 * 09-signals - judges what SIGTERM, SIGHUP and SIGPIPE do to the daemon
 */
#define _POSIX_C_SOURCE 200809L

#include <sys/wait.h>

#include <ctype.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checks/absence.h"
#include "checks/check.h"
#include "checks/daemon.h"
#include "checks/events.h"
#include "checks/files.h"
#include "checks/needs.h"
#include "checks/process.h"
#include "checks/verdict.h"
#include "checks/witness.h"
#include "checks/words.h"
#include "language.h"

enum { RELOADS = 5, NAME_LENGTH = 15, LAST_STANDARD = 31 };

/*
 * The calls behind the functions of signal-safety(7), and those that the C
 * library makes to deliver a signal.  What is missing is what malloc, stdio,
 * exit and syslog need besides: brk, mmap, futex, exit_group ...
 */
static const char safe_calls[] =
    "accept accept4 access alarm bind chdir chmod chown clock_gettime "
    "clock_nanosleep clone clone3 close connect creat dup dup2 dup3 execve "
    "execveat faccessat faccessat2 fchdir fchmod fchmodat fchown fchownat "
    "fcntl fcntl64 fdatasync fork fstat fstat64 fstatat64 fsync ftruncate "
    "ftruncate64 getegid geteuid getgid getgroups getpeername getpgid "
    "getpgrp getpid getppid getsid getsockname getsockopt gettid "
    "gettimeofday getuid ioctl kill link linkat listen lseek lstat mkdir "
    "mkdirat mknod mknodat nanosleep newfstatat open openat openat2 pause "
    "pipe pipe2 poll ppoll pselect6 read readlink readlinkat recvfrom "
    "recvmsg rename renameat renameat2 restart_syscall rmdir rt_sigaction "
    "rt_sigpending rt_sigprocmask rt_sigqueueinfo rt_sigreturn "
    "rt_sigsuspend rt_sigtimedwait select sendmsg sendto setgid setitimer "
    "setpgid setsid setsockopt setuid shutdown signalfd4 sigreturn socket "
    "socketpair stat statx symlink symlinkat tgkill time timer_getoverrun "
    "timer_gettime timer_settime times umask uname unlink unlinkat utime "
    "utimensat utimes vfork wait4 waitid write";

static const struct cause hup_kills = {
	"09-signals.hup-kills",
	N_("Is there a handler for SIGHUP? Without one the signal kills."),
	N_("Install one with sigaction (chapters/en/09-signals.md)."),
};
static const struct cause second_hup = {
	"09-signals.second-hup",
	N_("Was the handler installed with signal under -std=c17, or with "
	    "SA_RESETHAND? The first SIGHUP puts the default action back "
	    "then, and the second kills."),
	N_("Use sigaction, without SA_RESETHAND (chapters/en/09-signals.md)."),
};
static const struct cause hup_ignored = {
	"09-signals.hup-left-ignored",
	N_("Is SIGHUP ignored? nohup leaves it so, and so do daemons that "
	    "ignore it around their forks."),
	N_("Install the handler for SIGHUP whatever was inherited "
	    "(chapters/en/09-signals.md)."),
};
static const struct cause hup_blocked = {
	"09-signals.hup-left-blocked",
	N_("Is SIGHUP blocked? A blocked signal waits for ever."),
	N_("Unblock SIGHUP with sigprocmask (chapters/en/09-signals.md)."),
};
static const struct cause not_reloaded = {
	"09-signals.not-reloaded",
	N_("Does the handler of SIGHUP set reload_requested, each time?"),
	N_("Set the flag in the handler, and do nothing else there "
	    "(chapters/en/09-signals.md)."),
};
static const struct cause lost = {
	"09-signals.lost",
	N_("A signal that came in the middle of others was forgotten. Who "
	    "puts the flag back to 0, or blocks the signal?"),
	N_("Let the handler only set the flag, and main.c put it back "
	    "(chapters/en/09-signals.md)."),
};
static const struct cause hup_died = {
	"09-signals.hup-died",
	N_("Does the handler of SIGHUP end the process, or crash?"),
	N_("Set the flag in the handler, and do nothing else there "
	    "(chapters/en/09-signals.md)."),
};
static const struct cause term_survived = {
	"09-signals.term-survived",
	N_("Does the handler of SIGTERM return without setting "
	    "stop_requested? A daemon that only logs it needs kill -9."),
	N_("Set stop_requested in the handler (chapters/en/09-signals.md)."),
};
static const struct cause term_blocked = {
	"09-signals.term-left-blocked",
	N_("Is SIGTERM still blocked? A mask is inherited by fork and "
	    "execve."),
	N_("Unblock SIGTERM with sigprocmask (chapters/en/09-signals.md)."),
};
static const struct cause term_ignored = {
	"09-signals.term-ignored",
	N_("Is SIGTERM ignored? Then nothing but SIGKILL ends it."),
	N_("Install a handler for SIGTERM (chapters/en/09-signals.md)."),
};
static const struct cause term_default = {
	"09-signals.term-default",
	N_("Is there a handler for SIGTERM? Without one the signal kills, and "
	    "nothing is tidied up."),
	N_("Install one with sigaction (chapters/en/09-signals.md)."),
};
static const struct cause term_status = {
	"09-signals.term-status",
	N_("It was asked to stop, and did: why does it say that it failed?"),
	N_("Set stop_requested and let main.c end with status 0 "
	    "(chapters/en/09-signals.md)."),
};
static const struct cause exit_in_handler = {
	"09-signals.exit-in-handler",
	N_("Does the handler call exit? It may interrupt malloc or stdio, and "
	    "the main loop never tidies up."),
	N_("Set a flag in the handler, and let the main loop end "
	    "(chapters/en/09-signals.md)."),
};
static const struct cause syslog_in_handler = {
	"09-signals.syslog-in-handler",
	N_("Does the handler call syslog? It isn't async-signal-safe: it "
	    "takes a lock that the interrupted code may hold."),
	N_("Set a flag in the handler, and log in the main loop "
	    "(chapters/en/09-signals.md)."),
};
static const struct cause unsafe_handler = {
	"09-signals.unsafe-handler",
	N_("Which function of the handler isn't in the list of "
	    "signal-safety(7)?"),
	N_("Set a flag in the handler, and act in the main loop "
	    "(chapters/en/09-signals.md)."),
};
static const struct cause no_handler = {
	"09-signals.no-handler",
	N_("Were the handlers installed for SIGTERM and SIGHUP?"),
	N_("Install them with sigaction (chapters/en/09-signals.md)."),
};
static const struct cause pipe_kills = {
	"09-signals.sigpipe",
	N_("Is SIGPIPE left at its default action? Then a client that leaves "
	    "kills the daemon."),
	N_("Ignore SIGPIPE, and handle EPIPE (chapters/en/09-signals.md)."),
};
static const struct cause has_terminal = {
	"09-signals.keyboard",
	N_("It has a controlling terminal. Does make 02 still pass, and make "
	    "03?"),
	N_("Leave the terminal first (chapters/en/02-setsid.md)."),
};
static const struct cause ignores_more = {
	"09-signals.ignores-more",
	N_("An ignored signal stays ignored in the programs that a daemon "
	    "starts. Does it have to be?"),
	N_("Ignore SIGPIPE only, and put SIG_DFL back before exec "
	    "(chapters/en/09-signals.md)."),
};
static const struct cause unblocks_more = {
	"09-signals.unblocks-more",
	N_("Was the whole mask replaced, by SIG_SETMASK, or the set never "
	    "emptied by sigemptyset? Who blocked that signal may count on "
	    "it."),
	N_("Unblock SIGTERM and SIGHUP alone: SIG_UNBLOCK, and a set that "
	    "sigemptyset has begun (chapters/en/09-signals.md)."),
};

/* Whoever was killed by a broken pipe has no daemon to look at any more. */
bool
explain_signals(const struct absence *absence, struct verdict *verdict)
{
	if (!killed_by(absence->ending, SIGPIPE))
		return false;
	accuse(verdict, &pipe_kills);
	return true;
}

/* The kernel keeps 15 characters of a name. */
static bool
has_name(const struct process *process, const char *name)
{
	return process->comm != NULL &&
	    strncmp(process->comm, name, NAME_LENGTH) == 0;
}

static void
show_signals(struct verdict *verdict, const struct process *process)
{
	evidence(verdict, "/proc/%d/status: SigBlk: %s", process->pid,
	    process->blocked ? process->blocked : "?");
	evidence(verdict, "/proc/%d/status: SigIgn: %s", process->pid,
	    process->ignored ? process->ignored : "?");
	evidence(verdict, "/proc/%d/status: SigCgt: %s", process->pid,
	    process->caught ? process->caught : "?");
}

/* SIGHUP killed it: was there a handler at least once? */
static const struct cause *
killing_hup(const struct process *process)
{
	return signal_in(process->caught, SIGHUP) == 1 ? &second_hup :
	    &hup_kills;
}

/*
 * Why a living daemon doesn't do what a SIGHUP asks for.  Until it sleeps
 * main.c holds the signal itself, and what is blocked tells nothing.
 */
static void
blame_deaf(struct verdict *verdict, const struct process *process,
    const struct cause *otherwise)
{
	show_signals(verdict, process);
	if (signal_in(process->ignored, SIGHUP) == 1)
		accuse(verdict, &hup_ignored);
	else if (sleeps(process) && signal_in(process->blocked, SIGHUP) == 1)
		accuse(verdict, &hup_blocked);
	else
		accuse(verdict, otherwise);
}

/* The last call that said what a signal does to a process, or NULL. */
static const struct event *
last_action(const struct run *run, int pid, const char *name)
{
	for (size_t i = run->event_count; i > 0; i--) {
		const struct event *event = &run->events[i - 1];

		if (event->pid == pid && call_says(event, "rt_sigaction", name))
			return event;
	}
	return NULL;
}

/*
 * It died of a SIGHUP, neither of SIGTERM later ("stopped" is "yes" then) nor
 * of the harness's own end: true once blamed.
 */
static bool
blames_death(struct verdict *verdict, const struct run *run,
    const struct process *process)
{
	const int pid = process->pid;
	const struct ending *ending = find_ending(run, pid);

	if (ending == NULL || killed_by(ending, SIGKILL) ||
	    same_text(find_fact(run, "stopped"), "yes"))
		return false;
	found(verdict, _("process %d has ended"), pid);
	show_ending(verdict, ending);
	show_event(verdict, last_action(run, pid, "SIGHUP"));
	show_events(verdict, run, pid, "killed");
	accuse(verdict, killed_by(ending, SIGHUP) ? killing_hup(process) :
	    &hup_died);
	return true;
}

/* After a SIGHUP: the same PID, under the name that was written. */
static bool
took_name(const struct run *run, struct verdict *verdict,
    const struct process *process, const char *moment, const char *name,
    const struct cause *otherwise)
{
	const struct snapshot *shot = find_snapshot(run, moment);
	const struct process *now;
	const int pid = process->pid;
	char *words;

	now = shot != NULL ? find_process(shot, pid) : NULL;
	if (now != NULL && is_alive(now)) {
		found(verdict, _("process %d is called %s"), pid,
		    now->comm ? now->comm : "?");
		if (has_name(now, name))
			return true;
		evidence(verdict, "/proc/%d/comm: %s", pid,
		    now->comm ? now->comm : "?");
		blame_deaf(verdict, process, otherwise);
		return false;
	}
	if (blames_death(verdict, run, process))
		return false;
	if (shot == NULL && run->timeout != NULL) {
		words = timeout_words(run->timeout);
		found(verdict, _("it never got there: %s"), words);
		free(words);
		blame_deaf(verdict, process, otherwise);
		return false;
	}
	harness_fault(verdict, _("snapshot %s of run %s shows no process %d"),
	    moment, run->name ? run->name : "?", pid);
	return false;
}

static void
judge_reload(const struct observation *seen, struct verdict *verdict)
{
	const struct process *process =
	    the_daemon(seen, verdict, "traced", "first", "after");
	const struct run *run = find_run(seen, "traced");

	for (int i = 1; process != NULL && i <= RELOADS; i++) {
		char moment[24];
		const char *name;

		snprintf(moment, sizeof(moment), "reload-%d", i);
		/* A dead daemon's later reloads were never asked for. */
		name = find_fact(run, moment);
		if (name == NULL && blames_death(verdict, run, process))
			return;
		name = needed_fact(run, verdict, moment);
		if (name == NULL)
			return;
		expect(verdict, _("after SIGHUP number %d process %d is "
		    "called %s"), i, process->pid, name);
		if (!took_name(run, verdict, process, moment, name,
		    &not_reloaded))
			return;
	}
}

static bool
is_at_default(const struct process *process, int number)
{
	return signal_in(process->ignored, number) == 0 &&
	    signal_in(process->caught, number) == 0;
}

/* The process is that of "stopped". */
static void
blame_survivor(struct verdict *verdict, const struct process *process)
{
	found(verdict, _("process %d is still alive"), process->pid);
	show_signals(verdict, process);
	if (sleeps(process) && signal_in(process->blocked, SIGTERM) == 1)
		accuse(verdict, &term_blocked);
	else if (signal_in(process->ignored, SIGTERM) == 1)
		accuse(verdict, &term_ignored);
	else
		accuse(verdict, &term_survived);
}

/* How it ended, when strace saw no other end than init. */
static void
judge_end(const struct run *run, const struct process *process,
    const struct ending *ending, struct verdict *verdict)
{
	const int status = ending->status;

	if (!endings_agree(run, ending, verdict))
		return;
	if (WIFEXITED(status))
		found(verdict, _("it ended with status %d"),
		    WEXITSTATUS(status));
	else
		found(verdict, _("it was killed by %s"),
		    signal_word(WTERMSIG(status)));
	if (status == 0)
		return;
	show_ending(verdict, ending);
	if (killed_by(ending, SIGTERM))
		accuse(verdict, &term_default);
	else if (killed_by(ending, SIGHUP))
		accuse(verdict, killing_hup(process));
	else
		accuse(verdict, &term_status);
}

/* The daemon as it was after SIGTERM, where it lives on; or NULL. */
static const struct process *
left_over(const struct run *run, const struct process *process)
{
	const struct snapshot *shot = find_snapshot(run, "stopped");
	const struct process *later =
	    shot != NULL ? find_process(shot, process->pid) : NULL;

	return is_alive(later) ? later : NULL;
}

/*
 * The end of a daemon that was sent SIGTERM, or NULL with the verdict given.
 * A fact "no" without a survivor means that it was dead before.
 */
static const struct ending *
end_of(const struct run *run, const struct process *process,
    struct verdict *verdict)
{
	const struct process *later = left_over(run, process);
	const struct ending *ending = find_ending(run, process->pid);
	const char *fact;

	fact = needed_fact(run, verdict, "stopped");
	if (fact == NULL)
		return NULL;
	if (later != NULL && same_text(fact, "no")) {
		blame_survivor(verdict, later);
		return NULL;
	}
	if (later == NULL && ending != NULL)
		return ending;
	harness_fault(verdict, _("nobody saw how process %d ended"),
	    process->pid);
	return NULL;
}

static void
stopped(const struct run *run, const struct process *process,
    struct verdict *verdict)
{
	const struct ending *ending;

	expect(verdict, _("SIGTERM ends process %d with status 0"),
	    process->pid);
	ending = end_of(run, process, verdict);
	if (ending == NULL)
		return;
	judge_end(run, process, ending, verdict);
	if (verdict->status == STATUS_PASS &&
	    !same_text(find_fact(run, "stopped"), "yes")) {
		found(verdict, _("it had ended before SIGTERM was sent"));
		show_ending(verdict, ending);
		accuse(verdict, &hup_died);
	}
}

static void
judge_stop(const struct observation *seen, struct verdict *verdict)
{
	const struct process *process =
	    the_daemon(seen, verdict, "traced", "first", "after");

	if (process != NULL)
		stopped(find_run(seen, "traced"), process, verdict);
}

static void
judge_blocked_start(const struct observation *seen, struct verdict *verdict)
{
	const struct process *process =
	    the_daemon(seen, verdict, "plain", "first", "after");

	if (process != NULL)
		stopped(find_run(seen, "plain"), process, verdict);
}

/* Why the end of main.c, which empties the file, was never reached. */
static void
blame_stale(const struct run *run, const struct process *process,
    const struct file *file, struct verdict *verdict)
{
	const struct ending *ending = find_ending(run, process->pid);

	found(verdict, _("it still names process %d"), process->pid);
	evidence(verdict, "%s: %s", file->path, file->content);
	show_file(verdict, file);
	show_ending(verdict, ending);
	show_event(verdict, last_call(run, process->pid, "exit_group exit"));
	if (killed_by(ending, SIGTERM))
		accuse(verdict, &term_default);
	else if (killed_by(ending, SIGHUP))
		accuse(verdict, killing_hup(process));
	else
		accuse(verdict, &exit_in_handler);
}

static bool
tidied_up(const struct observation *seen, struct verdict *verdict,
    const char *run_name)
{
	const char *path = find_setting(seen, "pid-file");
	const struct file *file;
	struct scene at;

	if (!set_scene(seen, verdict, run_name, &at))
		return false;
	expect(verdict, _("%s doesn't name process %d any more"),
	    path ? path : "?", at.process->pid);
	if (end_of(at.run, at.process, verdict) == NULL)
		return false;
	file = file_at(at.run, "stopped", path);
	if (file == NULL || file->type == NULL ||
	    (same_text(file->type, "file") && file->content == NULL)) {
		lacks_file(at.run, verdict, "stopped", path);
		return false;
	}
	found(verdict, ngettext("%ld byte", "%ld bytes",
	    (unsigned long)file->size), file->size);
	if (!names_number(file->content, at.process->pid))
		return true;
	blame_stale(at.run, at.process, file, verdict);
	return false;
}

static void
judge_pid_file(const struct observation *seen, struct verdict *verdict)
{
	both_runs(seen, verdict, tidied_up);
}

/* The settled daemon of "plain" must have SIGHUP neither ignored nor blocked,
 * and do what it asks for. */
static void
judge_ignored_start(const struct observation *seen, struct verdict *verdict)
{
	const char *name;
	struct scene at;

	if (!set_scene(seen, verdict, "plain", &at))
		return;
	expect(verdict, _("SIGHUP makes process %d reload, although it was "
	    "ignored at the start"), at.process->pid);
	if (signal_in(at.process->ignored, SIGHUP) == -1) {
		harness_fault(verdict, _("the signals of process %d could not "
		    "be read"), at.process->pid);
	} else if (signal_in(at.process->ignored, SIGHUP) == 1) {
		found(verdict, _("SIGHUP is ignored"));
		blame_deaf(verdict, at.process, &hup_ignored);
	} else {
		name = needed_fact(at.run, verdict, "storm");
		if (name != NULL)
			(void)took_name(at.run, verdict, at.process, "storm",
			    name, &not_reloaded);
	}
}

static void
judge_storm(const struct observation *seen, struct verdict *verdict)
{
	const char *name;
	struct scene at;

	if (!set_scene(seen, verdict, "plain", &at))
		return;
	expect(verdict, _("process %d obeys the last of 1,000 SIGHUPs and "
	    "more"), at.process->pid);
	if (find_fact(at.run, "storm") == NULL &&
	    blames_death(verdict, at.run, at.process))
		return;
	name = needed_fact(at.run, verdict, "storm");
	if (name == NULL)
		return;
	expect(verdict, _("after 1,000 SIGHUPs and one more, process %d is "
	    "called %s"), at.process->pid, name);
	(void)took_name(at.run, verdict, at.process, "storm", name, &lost);
}

/* Alive after the write, and not because the signal was never meant. */
static void
judge_pipe(const struct observation *seen, struct verdict *verdict)
{
	const struct run *run = the_run(seen, verdict, "plain");
	const struct process *process;

	if (run == NULL)
		return;
	expect(verdict, _("a write to a broken pipe fails, and nothing more"));
	for (size_t i = 0; i < run->ending_count; i++)
		if (killed_by(&run->endings[i], SIGPIPE)) {
			found(verdict, _("SIGPIPE killed process %d"),
			    run->endings[i].pid);
			show_ending(verdict, &run->endings[i]);
			accuse(verdict, &pipe_kills);
			return;
		}
	process = the_daemon(seen, verdict, "plain", "first", "after");
	if (process == NULL)
		return;
	found(verdict, _("process %d lives on"), process->pid);
	if (signal_in(process->ignored, SIGPIPE) == -1 ||
	    signal_in(process->caught, SIGPIPE) == -1)
		harness_fault(verdict, _("the signals of process %d could not "
		    "be read"), process->pid);
	else if (is_at_default(process, SIGPIPE) &&
	    signal_in(process->blocked, SIGPIPE) != 1)
		harness_fault(verdict, _("process %d was never sent a SIGPIPE"),
		    process->pid);
}

static bool
has_no_keyboard(const struct observation *seen, struct verdict *verdict,
    const char *run_name)
{
	struct scene at;

	if (!set_scene(seen, verdict, run_name, &at))
		return false;
	if (!witnesses_agree(at.run, at.shot, at.process, verdict))
		return false;
	expect(verdict, _("no controlling terminal"));
	if (at.process->terminal == 0)
		return true;
	name_terminal(verdict, at.process);
	show_both(verdict, at.shot, at.process);
	accuse(verdict, &has_terminal);
	return false;
}

static void
judge_keyboard(const struct observation *seen, struct verdict *verdict)
{
	both_runs(seen, verdict, has_no_keyboard);
}

static bool
is_caught(const struct process *process, const struct event *event)
{
	return same_text(event->kind, "signal") && event->result > 0 &&
	    event->result <= LAST_STANDARD &&
	    signal_in(process->caught, (int)event->result) == 1;
}

/* What a handler may not do: NULL, or the cause. */
static const struct cause *
unsafe(const struct event *event)
{
	const char *words = event->arguments ? event->arguments : "";
	const char *message = strstr(words, "\"<");

	if (!same_text(event->kind, "call"))
		return NULL;
	if (names_call(event, "exit exit_group"))
		return &exit_in_handler;
	/* A datagram "<30>..." is syslog's, and so is its socket. */
	if (names_call(event, "sendto sendmsg connect") &&
	    ((message != NULL && isdigit((unsigned char)message[2])) ||
	    strstr(words, "/dev/log") != NULL))
		return &syslog_in_handler;
	/* sem_post is in the list, and wakes. */
	if (names_call(event, "futex") && strstr(words, "FUTEX_WAKE") != NULL)
		return NULL;
	return names_call(event, safe_calls) ? NULL : &unsafe_handler;
}

/* What a handler does that it may not. */
struct offence {
	const struct event *signal, *call;
	const struct cause *cause;
};

/*
 * The first one counts; but syslog and exit begin with malloc's calls, so
 * what is known by its name comes before what is only not in the list.
 */
static void
take_offence(struct offence *offence, const struct event *signal,
    const struct event *event)
{
	const struct cause *cause = unsafe(event);

	if (cause == NULL || (offence->cause != NULL &&
	    (offence->cause != &unsafe_handler || cause == &unsafe_handler)))
		return;
	*offence = (struct offence){ signal, event, cause };
}

/* From the delivery of a caught signal to its sigreturn the handler runs. */
static size_t
walk_handlers(const struct run *run, const struct process *process,
    struct offence *offence)
{
	const struct event *signal = NULL;
	size_t depth = 0, handled = 0;

	for (size_t i = 0; i < run->event_count; i++) {
		const struct event *event = &run->events[i];

		if (event->pid != process->pid)
			continue;
		if (is_caught(process, event)) {
			depth++;
			handled++;
			signal = event;
		} else if (depth > 0 &&
		    names_call(event, "rt_sigreturn sigreturn")) {
			depth--;
		} else if (depth > 0)
			take_offence(offence, signal, event);
	}
	return handled;
}

static void
blame_offence(const struct offence *offence, struct verdict *verdict)
{
	found(verdict, _("the handler of %s calls %s"),
	    signal_word((int)offence->signal->result), offence->call->name);
	show_event(verdict, offence->signal);
	show_event(verdict, offence->call);
	accuse(verdict, offence->cause);
}

static void
judge_handlers(const struct observation *seen, struct verdict *verdict)
{
	struct offence offence = { NULL, NULL, NULL };
	size_t handled;
	struct scene at;

	if (!set_scene(seen, verdict, "traced", &at))
		return;
	expect(verdict, _("between a signal and the end of its handler, no "
	    "call that signal-safety(7) doesn't allow"));
	if (signal_in(at.process->caught, SIGHUP) == -1) {
		harness_fault(verdict, _("the signals of process %d could not "
		    "be read"), at.process->pid);
		return;
	}
	if (is_at_default(at.process, SIGHUP) &&
	    is_at_default(at.process, SIGTERM)) {
		found(verdict, _("no handler"));
		show_signals(verdict, at.process);
		accuse(verdict, &no_handler);
		return;
	}
	handled = walk_handlers(at.run, at.process, &offence);
	if (offence.cause != NULL)
		blame_offence(&offence, verdict);
	if (handled == 0 && blames_death(verdict, at.run, at.process))
		return;
	/* Without their ends all calls would seem to be the handlers'. */
	if (handled > 1 && count_calls(at.run, at.process->pid,
	    "rt_sigreturn sigreturn") == 0)
		harness_fault(verdict, _("strace saw no handler return"));
	else if (handled == 0 && sleeps(at.process) &&
	    signal_in(at.process->blocked, SIGHUP) == 1) {
		found(verdict, _("no signal was let in"));
		show_signals(verdict, at.process);
		accuse(verdict, &hup_blocked);
	} else if (handled == 0 &&
	    (signal_in(at.process->caught, SIGHUP) == 1 ||
	    signal_in(at.process->caught, SIGTERM) == 1))
		harness_fault(verdict, _("strace saw no signal delivered"));
}

static bool
has_masks(const struct process *process)
{
	return process != NULL && signal_in(process->ignored, SIGPIPE) != -1 &&
	    signal_in(process->blocked, SIGPIPE) != -1;
}

/* The daemon, and what it was before it began; NULL: the verdict is given. */
static const struct process *
since_before(const struct observation *seen, struct verdict *verdict,
    const struct process **before)
{
	const struct process *process =
	    the_daemon(seen, verdict, "traced", "first", "after");

	if (process == NULL)
		return NULL;
	*before = process_before(find_run(seen, "traced"), "first");
	if (has_masks(process) && has_masks(*before))
		return process;
	harness_fault(verdict, _("the signals of process %d could not be "
	    "read"), process->pid);
	return NULL;
}

static void
judge_ignored(const struct observation *seen, struct verdict *verdict)
{
	const struct process *before, *process =
	    since_before(seen, verdict, &before);

	if (process == NULL)
		return;
	expect(verdict, _("of the signals that weren't ignored before, none "
	    "but SIGPIPE is"));
	for (int number = 1; number <= LAST_STANDARD; number++) {
		if (number == SIGPIPE ||
		    signal_in(before->ignored, number) == 1 ||
		    signal_in(process->ignored, number) != 1)
			continue;
		found(verdict, _("%s is ignored"), signal_word(number));
		show_signals(verdict, process);
		accuse(verdict, &ignores_more);
		return;
	}
}

/* Is a signal in the set that a call gives, "[HUP TERM]" or "~[RTMIN]"? */
static bool
gives_signal(const struct event *event, int number)
{
	const char *name = signal_word(number) + strlen("SIG");
	const char *set = strchr(event->arguments, '[');
	const size_t length = strlen(name);
	bool listed = false, others;

	if (set == NULL)
		return false;
	others = set > event->arguments && set[-1] == '~';
	while (*set != ']' && *set != '\0' && !listed) {
		set++;
		listed = strncmp(set, name, length) == 0 &&
		    strchr(" ]", set[length]) != NULL;
		set += strcspn(set, " ]");
	}
	return listed != others;
}

/* The call by which a process let a signal in that had been blocked. */
static const struct event *
unblocking(const struct run *run, int pid, int number)
{
	for (size_t i = 0; i < run->event_count; i++) {
		const struct event *event = &run->events[i];

		if (event->pid != pid)
			continue;
		if ((call_says(event, "rt_sigprocmask", "SIG_UNBLOCK, ") &&
		    gives_signal(event, number)) ||
		    (call_says(event, "rt_sigprocmask", "SIG_SETMASK, ") &&
		    !gives_signal(event, number)))
			return event;
	}
	return NULL;
}

static void
judge_unblocked(const struct observation *seen, struct verdict *verdict)
{
	const struct process *before, *process =
	    since_before(seen, verdict, &before);

	if (process == NULL)
		return;
	expect(verdict, _("of the signals that were blocked before, all but "
	    "SIGTERM and SIGHUP still are"));
	for (int number = 1; number <= LAST_STANDARD; number++) {
		if (number == SIGTERM || number == SIGHUP ||
		    signal_in(before->blocked, number) != 1 ||
		    signal_in(process->blocked, number) == 1)
			continue;
		found(verdict, _("%s is no longer blocked"),
		    signal_word(number));
		evidence(verdict, "/proc/%d/status: SigBlk: %s", before->pid,
		    before->blocked);
		evidence(verdict, "/proc/%d/status: SigBlk: %s", process->pid,
		    process->blocked);
		show_event(verdict, unblocking(find_run(seen, "traced"),
		    process->pid, number));
		accuse(verdict, &unblocks_more);
		return;
	}
}

const struct check signals_checks[] = {
	{"reloads-five-times", true,
	    N_("each SIGHUP makes it read its configuration again, as the "
		"same process"), judge_reload},
	{"ends-on-sigterm", true,
	    N_("SIGTERM ends it with status 0"), judge_stop},
	{"pid-file-no-longer-names-it", true,
	    N_("after SIGTERM the pid file no longer names it"),
	    judge_pid_file},
	{"handlers-are-safe", true,
	    N_("its handlers do only what is async-signal-safe"),
	    judge_handlers},
	{"survives-a-broken-pipe", true,
	    N_("a write to a broken pipe doesn't kill it"), judge_pipe},
	{"started-with-sigterm-blocked", true,
	    N_("SIGTERM ends it even when it was started with SIGTERM "
		"blocked"), judge_blocked_start},
	{"started-with-sighup-ignored", true,
	    N_("SIGHUP makes it reload even when it was started with SIGHUP "
		"ignored"), judge_ignored_start},
	{"loses-no-signal", true,
	    N_("in a storm of signals the last one is never lost"),
	    judge_storm},
	{"no-keyboard-reaches-it", true,
	    N_("no terminal can send it SIGINT, SIGQUIT or a stop"),
	    judge_keyboard},
	{"ignores-only-sigpipe", false,
	    N_("it ignores no signal but SIGPIPE for the programs that it "
		"starts"), judge_ignored,
	    .advice = N_("ignore no signal but SIGPIPE: the programs that it "
		"starts inherit that")},
	{"unblocks-only-its-own", false,
	    N_("it unblocks no signal that isn't its business"),
	    judge_unblocked,
	    .advice = N_("unblock no signal but SIGTERM and SIGHUP: the others "
		"aren't its business")},
	{NULL, false, NULL, NULL},
};
