/*
 * 10-syslog - judges what reaches syslog
 */
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#include "checks/10-log.h"
#include "checks/daemon.h"
#include "checks/events.h"
#include "checks/needs.h"
#include "checks/verdict.h"
#include "checks/witness.h"
#include "checks/words.h"
#include "language.h"

enum { DAEMON = LOG_DAEMON >> 3, USER = LOG_USER >> 3 };

const struct cause no_syslog = {
	"10-log.no-syslog",
	N_("Is syslog called for each message?"),
	N_("Call openlog in open_log, and syslog in log_message "
	    "(chapters/en/10-log.md)."),
};
static const struct cause facility_user = {
	"10-log.facility-user",
	N_("Was LOG_USER given to openlog, or syslog called before openlog?"),
	N_("Give LOG_DAEMON to openlog, before the first message "
	    "(chapters/en/10-log.md)."),
};
static const struct cause facility_other = {
	"10-log.facility",
	N_("Which facility does openlog get, or the priority carry?"),
	N_("Give LOG_DAEMON to openlog (chapters/en/10-log.md)."),
};
static const struct cause severity = {
	"10-log.severity",
	N_("Does syslog get the priority that log_message was given?"),
	N_("Pass priority on as it is (chapters/en/10-log.md)."),
};
static const struct cause no_log_pid = {
	"10-log.syslog-no-pid",
	N_("Is LOG_PID missing in openlog?"),
	N_("Give LOG_PID | LOG_NDELAY to openlog (chapters/en/10-log.md)."),
};
static const struct cause ident_path = {
	"10-log.ident-path",
	N_("Was argv[0] given to openlog, with its directories?"),
	N_("Give openlog the ident that open_log received "
	    "(chapters/en/10-log.md)."),
};
static const struct cause ident_other = {
	"10-log.ident",
	N_("openlog keeps only a pointer. Does what it points to still hold "
	    "the ident?"),
	N_("Copy ident into a static array, and give that to openlog "
	    "(chapters/en/10-log.md)."),
};
static const struct cause no_delay = {
	"10-log.no-ndelay",
	N_("Is LOG_NDELAY missing in openlog? It connects at the first "
	    "message then, and in the jail there is no /dev/log."),
	N_("Give LOG_PID | LOG_NDELAY to openlog (chapters/en/10-log.md)."),
};

static const struct cause before_openlog = {
	"10-log.before-openlog",
	N_("Was syslog called before openlog? Then it opens the log itself, "
	    "with the facility user and without PID."),
	N_("Call openlog first (chapters/en/10-log.md)."),
};

const struct message *
sent(const struct run *run, int pid, const char *words)
{
	for (size_t i = 0; i < run->message_count; i++) {
		const struct message *message = &run->messages[i];

		if ((message->pid == pid || message->pid == 0) &&
		    message->text != NULL &&
		    strncmp(message->text, words, strlen(words)) == 0)
			return message;
	}
	return NULL;
}

const struct message *
told_message(const struct run *run, const struct process *process,
    const char *words, struct verdict *verdict)
{
	char *part = harmless_part(words);
	const struct message *message = sent(run, process->pid, words);

	if (message == NULL)
		message = sent(run, process->pid, part);
	free(part);
	if (message != NULL)
		return message;
	found(verdict, _("nothing of it reached /dev/log"));
	for (size_t i = 0; i < run->message_count; i++)
		show_message(verdict, &run->messages[i]);
	show_event(verdict, last_call(run, process->pid,
	    "connect sendto sendmsg send"));
	accuse(verdict, &no_syslog);
	return NULL;
}

/* The traced daemon, its run and the words it was told; NULL: verdict given. */
static const struct message *
syslog_message(const struct observation *seen, struct verdict *verdict,
    const struct process **process)
{
	const struct run *run = find_run(seen, "traced");
	const char *words;

	*process = the_daemon(seen, verdict, "traced", "first", "after");
	words = *process ? needed_fact(run, verdict, "message") : NULL;
	if (words == NULL)
		return NULL;
	if (verdict->expected == NULL)
		expect(verdict, _("a datagram of process %d that says: %s"),
		    (*process)->pid, words);
	return told_message(run, *process, words, verdict);
}

void
judge_syslog(const struct observation *seen, struct verdict *verdict)
{
	const struct process *process;
	const struct message *message =
	    syslog_message(seen, verdict, &process);

	if (message != NULL)
		found(verdict, "%s", message->line ? message->line :
		    message->text);
}

/* main.c logs the message as a notice, and "ready" as information. */
static bool
has_priority(const struct message *message, int wanted,
    struct verdict *verdict)
{
	expect(verdict, _("facility %d (daemon) and severity %d for: %s"),
	    DAEMON, wanted, message->text);
	found(verdict, _("facility %d and severity %d"), message->facility,
	    message->severity);
	if (message->facility == DAEMON && message->severity == wanted)
		return true;
	show_message(verdict, message);
	if (message->facility == USER)
		accuse(verdict, &facility_user);
	else if (message->facility != DAEMON)
		accuse(verdict, &facility_other);
	else
		accuse(verdict, &severity);
	return false;
}

/* What main.c has it log is right; so must be what it says of its own. */
static void
blame_early(const struct run *run, const struct process *process,
    struct verdict *verdict)
{
	for (size_t i = 0; i < run->message_count; i++) {
		const struct message *message = &run->messages[i];

		if (message->pid != process->pid ||
		    message->facility == DAEMON)
			continue;
		expect(verdict, _("facility %d (daemon) for all that it "
		    "says"), DAEMON);
		found(verdict, _("facility %d for: %s"), message->facility,
		    message->text ? message->text : "");
		show_message(verdict, message);
		accuse(verdict, &before_openlog);
		return;
	}
}

void
judge_priority(const struct observation *seen, struct verdict *verdict)
{
	const struct process *process;
	const struct message *message =
	    syslog_message(seen, verdict, &process);

	if (message == NULL || !has_priority(message, LOG_NOTICE, verdict))
		return;
	message = sent(find_run(seen, "traced"), process->pid, "ready");
	if (message != NULL && has_priority(message, LOG_INFO, verdict))
		blame_early(find_run(seen, "traced"), process, verdict);
	else if (message == NULL)
		harness_fault(verdict, _("process %d never said \"ready\" to "
		    "syslog"), process->pid);
}

void
judge_sender(const struct observation *seen, struct verdict *verdict)
{
	const char *ident = ident_of(seen);
	const struct process *process;
	const struct message *message =
	    syslog_message(seen, verdict, &process);

	if (message == NULL)
		return;
	if (ident == NULL) {
		harness_fault(verdict, _("the setting %s is missing"),
		    "program");
		return;
	}
	expect(verdict, "%s[%d]", ident, process->pid);
	if (message->claimed == -1)
		found(verdict, _("\"%s\", without a PID"),
		    message->ident ? message->ident : "");
	else
		found(verdict, "%s[%d]", message->ident ? message->ident : "",
		    message->claimed);
	show_message(verdict, message);
	if (message->claimed != process->pid)
		accuse(verdict, &no_log_pid);
	else if (message->ident != NULL && strchr(message->ident, '/') != NULL)
		accuse(verdict, &ident_path);
	else if (!same_text(message->ident, ident))
		accuse(verdict, &ident_other);
}

/* The call by which its first message went to syslog, or NULL. */
static const struct event *
first_datagram(const struct run *run, int pid)
{
	for (size_t i = 0; i < run->event_count; i++)
		if (run->events[i].pid == pid && call_says(&run->events[i],
		    "send sendto sendmsg write writev", "\"<"))
			return &run->events[i];
	return NULL;
}

const struct event *
config_read(const struct observation *seen, const struct run *run, int pid)
{
	const char *config = find_setting(seen, "config");

	for (size_t i = 0; i < run->event_count && config != NULL; i++)
		if (run->events[i].pid == pid && call_says(&run->events[i],
		    "open openat openat2", config))
			return &run->events[i];
	return NULL;
}

/* Who hasn't connected before the configuration is read does it at the first
 * message, and never in a jail. */
void
judge_connection(const struct observation *seen, struct verdict *verdict)
{
	const char *config = find_setting(seen, "config");
	const struct event *connect = NULL, *read, *sending;
	const struct process *process;
	const struct run *run = find_run(seen, "traced");
	const struct message *message =
	    syslog_message(seen, verdict, &process);

	if (message == NULL)
		return;
	read = config_read(seen, run, process->pid);
	for (const struct event *event = run->events;
	    read != NULL && event < read; event++)
		if (call_says(event, "connect", "/dev/log") &&
		    event->result == 0)
			connect = event;
	expect(verdict, _("/dev/log is connected before the first message"));
	if (read == NULL) {
		harness_fault(verdict, _("strace didn't see %s opened"),
		    config ? config : "?");
	} else if (connect == NULL) {
		found(verdict, _("it is connected with the first message"));
		show_event(verdict, last_call(run, process->pid, "connect"));
		sending = first_datagram(run, process->pid);
		show_event(verdict, sending);
		if (sending == NULL)
			show_message(verdict, message);
		accuse(verdict, &no_delay);
	}
}
