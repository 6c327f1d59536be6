/*
 * events - the calls that strace saw, by name
 */
#include <string.h>

#include "checks/events.h"
#include "checks/words.h"

bool
names_call(const struct event *event, const char *list)
{
	size_t length;

	if (event->name == NULL || !same_text(event->kind, "call"))
		return false;
	for (; *list != '\0'; list += length) {
		list += strspn(list, " ");
		length = strcspn(list, " ");
		if (length > 0 && strlen(event->name) == length &&
		    strncmp(event->name, list, length) == 0)
			return true;
	}
	return false;
}

bool
call_says(const struct event *event, const char *names, const char *words)
{
	return names_call(event, names) && event->arguments != NULL &&
	    strstr(event->arguments, words) != NULL;
}

bool
of_program(const struct run *run, const struct event *event)
{
	bool launcher = false;

	for (size_t i = 0; i < run->start_count; i++)
		launcher = launcher || run->starts[i].launcher == event->pid;
	/* Is its first execve still to come?  Then the shell did this. */
	for (const struct event *one = run->events; launcher && one < event;
	    one++)
		if (one->pid == event->pid && one->error == NULL &&
		    names_call(one, "execve execveat"))
			return true;
	for (const struct event *one = event; launcher &&
	    one < run->events + run->event_count; one++)
		if (one->pid == event->pid && one->error == NULL &&
		    names_call(one, "execve execveat"))
			return false;
	return true;
}

static bool
is_call_of(const struct run *run, const struct event *event, int pid,
    const char *list)
{
	return (pid == 0 || event->pid == pid) && names_call(event, list) &&
	    of_program(run, event);
}

const struct event *
last_call(const struct run *run, int pid, const char *list)
{
	for (size_t i = run->event_count; i > 0; i--)
		if (is_call_of(run, &run->events[i - 1], pid, list))
			return &run->events[i - 1];
	return NULL;
}

const struct event *
first_call(const struct run *run, int pid, const char *list)
{
	for (size_t i = 0; i < run->event_count; i++)
		if (is_call_of(run, &run->events[i], pid, list))
			return &run->events[i];
	return NULL;
}

size_t
count_calls(const struct run *run, int pid, const char *list)
{
	size_t count = 0;

	for (size_t i = 0; i < run->event_count; i++)
		count += is_call_of(run, &run->events[i], pid, list);
	return count;
}

const struct event *
last_success(const struct run *run, int pid, const char *list)
{
	for (size_t i = run->event_count; i > 0; i--) {
		const struct event *event = &run->events[i - 1];

		if (is_call_of(run, event, pid, list) && event->finished &&
		    event->error == NULL && event->result >= 0)
			return event;
	}
	return NULL;
}

const struct event *
first_failure(const struct run *run, int pid, const char *list,
    const char *error)
{
	for (size_t i = 0; i < run->event_count; i++) {
		const struct event *event = &run->events[i];

		if (is_call_of(run, event, pid, list) && event->finished &&
		    event->error != NULL &&
		    (error == NULL || strcmp(event->error, error) == 0))
			return event;
	}
	return NULL;
}
