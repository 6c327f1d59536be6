/*
 * process - which process it is, and how it ended
 */
#include <sys/wait.h>

#include <string.h>

#include "checks/process.h"
#include "checks/words.h"

bool
is_program(const struct process *process)
{
	return process != NULL && same_text(process->role, "program");
}

bool
is_alive(const struct process *process)
{
	return process != NULL && (process->state == NULL ||
	    strchr("ZXx", process->state[0]) == NULL ||
	    process->state[0] == '\0');
}

bool
sleeps(const struct process *process)
{
	return process != NULL && same_text(process->state, "S");
}

const struct process *
find_role(const struct snapshot *shot, const char *role)
{
	for (size_t i = 0; shot != NULL && i < shot->process_count; i++)
		if (same_text(shot->processes[i].role, role))
			return &shot->processes[i];
	return NULL;
}

const struct process *
process_before(const struct run *run, const char *name)
{
	const struct snapshot *shot = find_snapshot(run, "before");
	const struct start *start = find_start(run, name);
	const struct process *process;

	if (shot == NULL || start == NULL)
		return NULL;
	process = find_process(shot, start->launcher);
	return is_program(process) ? process : find_role(shot, "program");
}

bool
belongs(const struct run *run, const struct start *start, int pid)
{
	if (pid < start->launcher)
		return false;
	for (size_t i = 0; i < run->start_count; i++) {
		const struct start *other = &run->starts[i];

		if (pid == other->shell || (pid >= other->launcher &&
		    other->launcher > start->launcher))
			return false;
	}
	return true;
}

const struct process *
survivor(const struct run *run, const struct start *start,
    const struct snapshot *shot)
{
	for (size_t i = 0; shot != NULL && i < shot->process_count; i++) {
		const struct process *process = &shot->processes[i];

		if (is_program(process) && is_alive(process) &&
		    (start == NULL || belongs(run, start, process->pid)))
			return process;
	}
	return NULL;
}

const struct ending *
find_ending(const struct run *run, int pid)
{
	for (size_t i = 0; i < run->ending_count; i++)
		if (run->endings[i].pid == pid)
			return &run->endings[i];
	return NULL;
}

bool
killed_by(const struct ending *ending, int number)
{
	return ending != NULL && WIFSIGNALED(ending->status) &&
	    WTERMSIG(ending->status) == number;
}
