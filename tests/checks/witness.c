/*
 * witness - what ps, /proc, strace and init say, quoted and compared
 */
#include <sys/wait.h>

#include <stdlib.h>
#include <string.h>

#include "checks/verdict.h"
#include "checks/witness.h"
#include "checks/words.h"
#include "language.h"

void
show_process(struct verdict *verdict, const struct process *process)
{
	if (process == NULL)
		return;
	evidence(verdict, "/proc/%d/stat: pid %d ppid %d pgrp %d session %d "
	    "tty_nr %d", process->pid, process->pid, process->ppid,
	    process->pgid, process->sid, process->terminal);
}

void
show_row(struct verdict *verdict, const struct row *row)
{
	if (row == NULL)
		return;
	if (row->line != NULL)
		evidence(verdict, "ps: %s", row->line);
	else
		evidence(verdict, "ps: %d %d %d %d %s", row->pid, row->ppid,
		    row->pgid, row->sid, row->terminal ? row->terminal : "");
}

void
show_event(struct verdict *verdict, const struct event *event)
{
	if (event == NULL)
		return;
	if (event->line != NULL)
		evidence(verdict, "strace: %s", event->line);
	else
		evidence(verdict, "strace: %d %s(%s) = %ld%s%s", event->pid,
		    event->name ? event->name : "",
		    event->arguments ? event->arguments : "", event->result,
		    event->error ? " " : "", event->error ? event->error : "");
}

void
show_events(struct verdict *verdict, const struct run *run, int pid,
    const char *kinds)
{
	for (size_t i = 0; i < run->event_count; i++)
		if (run->events[i].pid == pid && run->events[i].kind != NULL &&
		    strstr(kinds, run->events[i].kind) != NULL)
			show_event(verdict, &run->events[i]);
}

void
show_descriptor(struct verdict *verdict, const struct process *process,
    const struct descriptor *descriptor)
{
	if (process == NULL || descriptor == NULL)
		return;
	evidence(verdict, "/proc/%d/fd/%d -> %s (flags: 0%o)", process->pid,
	    descriptor->number, descriptor->target ? descriptor->target : "?",
	    (unsigned)descriptor->flags);
}

void
show_prompt(struct verdict *verdict, const struct start *start)
{
	evidence(verdict, "$ %s", start->command ? start->command : "?");
}

/* Each line that its terminal received, without the terminal's own "\r". */
void
show_output(struct verdict *verdict, const struct start *start)
{
	const char *line = start != NULL ? start->output : NULL;
	size_t length;

	while (line != NULL && *line != '\0') {
		length = strcspn(line, "\r\n");
		if (length > 0)
			evidence(verdict, "terminal: %.*s", (int)length, line);
		line += length;
		line += strspn(line, "\r\n");
	}
}

void
show_file(struct verdict *verdict, const struct file *file)
{
	if (file == NULL)
		return;
	if (same_text(file->type, "none"))
		evidence(verdict, "stat: %s: ENOENT", file->path);
	else
		evidence(verdict, "stat: %s %s mode %04o uid %d gid %d "
		    "size %ld", file->path ? file->path : "?",
		    file->type ? file->type : "?", (unsigned)file->mode,
		    file->uid, file->gid, file->size);
}

void
show_content(struct verdict *verdict, const struct file *file)
{
	char *quote = quoted(file->content != NULL ? file->content : "");

	evidence(verdict, "%s: %s", file->path, quote);
	free(quote);
}

void
show_ending(struct verdict *verdict, const struct ending *ending)
{
	if (ending == NULL)
		return;
	if (WIFSIGNALED(ending->status))
		evidence(verdict, "wait: %d killed by %s", ending->pid,
		    signal_word(WTERMSIG(ending->status)));
	else
		evidence(verdict, "wait: %d exit status %d", ending->pid,
		    WEXITSTATUS(ending->status));
}

void
show_launcher(struct verdict *verdict, const struct start *start)
{
	const struct ending ending = {
		.pid = start->launcher, .status = start->status,
	};

	show_ending(verdict, &ending);
}

void
show_message(struct verdict *verdict, const struct message *message)
{
	if (message != NULL)
		evidence(verdict, "/dev/log: %s",
		    message->line ? message->line : message->text);
}

void
show_mask(struct verdict *verdict, const struct process *process)
{
	evidence(verdict, "/proc/%d/status: Umask: %04o", process->pid,
	    (unsigned)process->mask);
}

void
name_terminal(struct verdict *verdict, const struct process *process)
{
	char *name = terminal_name(process->terminal);

	found(verdict, _("process %d has the controlling terminal %s"),
	    process->pid, name);
	free(name);
}

void
show_cwd(struct verdict *verdict, const struct process *process)
{
	evidence(verdict, "/proc/%d/cwd -> %s", process->pid, process->cwd);
}

void
show_both(struct verdict *verdict, const struct snapshot *shot,
    const struct process *process)
{
	show_process(verdict, process);
	if (process != NULL && shot != NULL)
		show_row(verdict, find_row(shot, process->pid));
}

bool
witnesses_agree(const struct run *run, const struct snapshot *shot,
    const struct process *process, struct verdict *verdict)
{
	const struct row *row = find_row(shot, process->pid);

	if (row == NULL) {
		if (run->traced || !same_text(shot->moment, "after"))
			return true;
		harness_fault(verdict, _("ps has no row for process %d"),
		    process->pid);
		return false;
	}
	if (row->ppid == process->ppid && row->pgid == process->pgid &&
	    row->sid == process->sid && row->terminal != NULL &&
	    same_text(row->terminal, "?") == (process->terminal == 0))
		return true;
	harness_fault(verdict, _("ps and /proc don't agree about process %d"),
	    process->pid);
	show_both(verdict, shot, process);
	return false;
}

bool
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
