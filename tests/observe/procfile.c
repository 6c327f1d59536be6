/*
 * procfile - understands the texts of /proc
 */
#define _GNU_SOURCE
#include "observe/procfile.h"

#include <sys/sysmacros.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- Lines "Name:\tvalue" --------------------------------------------- */

/*
 * The value of the next line of that name from a line's beginning on, or
 * NULL; it ends where the line does.
 */
static const char *
find_field(const char *line, const char *name)
{
	size_t length = strlen(name);

	while (line != NULL) {
		if (strncmp(line, name, length) == 0 && line[length] == ':') {
			line += length + 1;
			return line + strspn(line, " \t");
		}
		line = strchr(line, '\n');
		if (line != NULL)
			line++;
	}
	return NULL;
}

/* A copy of the first value of that name, or NULL. */
static char *
field(const char *lines, const char *name)
{
	const char *value = find_field(lines, name);

	return value == NULL ? NULL :
	    text("%.*s", (int)strcspn(value, "\n"), value);
}

static int
octal_field(const char *lines, const char *name)
{
	char *digits = field(lines, name);
	int value = digits == NULL ? -1 : (int)strtol(digits, NULL, 8);

	free(digits);
	return value;
}

/* "NSpid:\t4583\t1": the innermost comes last. */
static int
last_number(const char *lines, const char *name)
{
	char *numbers = field(lines, name);
	const char *last = numbers == NULL ? NULL : strrchr(numbers, '\t');
	int value = numbers == NULL ? 0 :
	    atoi(last == NULL ? numbers : last + 1);

	free(numbers);
	return value;
}

static void
read_numbers(const char *lines, const char *name, int **numbers,
    size_t *count)
{
	char *words = field(lines, name), *save = NULL;

	for (char *word = words == NULL ? NULL :
	    strtok_r(words, " \t", &save); word != NULL;
	    word = strtok_r(NULL, " \t", &save)) {
		int *number = observation_grow((void **)numbers, count,
		    sizeof(**numbers));
		*number = (int)strtol(word, NULL, 10);
	}
	free(words);
}

/* --- A process -------------------------------------------------------- */

/* comm may hold blanks and brackets: it ends at the last one. */
int
procfile_stat(struct process *process, const char *stat)
{
	const char *open = strchr(stat, '('), *close = strrchr(stat, ')');
	char state;
	int ppid, pgid, sid, terminal;

	if (open == NULL || close == NULL || close < open ||
	    sscanf(close + 1, " %c %d %d %d %d", &state, &ppid, &pgid, &sid,
	    &terminal) != 5)
		return -1;
	process->comm = text("%.*s", (int)(close - open - 1), open + 1);
	process->state = text("%c", state);
	process->ppid = ppid;
	process->terminal = terminal;
	return 0;
}

double
procfile_ticks(const char *stat)
{
	const char *close = strrchr(stat, ')');
	unsigned long user, system;

	if (close == NULL || sscanf(close + 1, " %*c %*d %*d %*d %*d %*d "
	    "%*u %*u %*u %*u %*u %lu %lu", &user, &system) != 2)
		return 0;
	return (double)user + (double)system;
}

void
procfile_status(struct process *process, const char *status)
{
	static const char *const sets[] = {
		"CapInh", "CapPrm", "CapEff", "CapAmb"
	};

	process->mask = octal_field(status, "Umask");
	read_numbers(status, "Uid", &process->uids, &process->uid_count);
	read_numbers(status, "Gid", &process->gids, &process->gid_count);
	read_numbers(status, "Groups", &process->groups,
	    &process->group_count);
	for (size_t i = 0; i < 4; i++)
		process->capabilities[i] = field(status, sets[i]);
	process->blocked = field(status, "SigBlk");
	process->ignored = field(status, "SigIgn");
	process->caught = field(status, "SigCgt");
	process->pid = last_number(status, "NSpid");
	process->pgid = last_number(status, "NSpgid");
	process->sid = last_number(status, "NSsid");
}

int
procfile_innermost(const char *status)
{
	return last_number(status, "NSpid");
}

size_t
procfile_children(const char *children, int *list, size_t count, size_t room)
{
	char *end;
	long pid;

	while (count < room) {
		pid = strtol(children, &end, 10);
		if (end == children)
			break;
		list[count++] = (int)pid;
		children = end;
	}
	return count;
}

/* --- Descriptors and locks -------------------------------------------- */

/* All values of "lock:" lines, joined by newlines; NULL without one. */
static char *
lock_lines(const char *info)
{
	const char *line = info;
	char *all = NULL, *longer;
	int length;

	while ((line = find_field(line, "lock")) != NULL) {
		length = (int)strcspn(line, "\n");
		longer = all == NULL ? text("%.*s", length, line) :
		    text("%s\n%.*s", all, length, line);
		free(all);
		all = longer;
		line += length;
	}
	return all;
}

void
procfile_fdinfo(struct descriptor *descriptor, const char *info)
{
	descriptor->flags = octal_field(info, "flags");
	descriptor->lock = lock_lines(info);
}

/* "1: FLOCK  ADVISORY  WRITE 812 00:2d:7 0 EOF"; who waits has "->" before
 * FLOCK. */
bool
procfile_lock(struct lock *lock, const char *line)
{
	char kind[16], access[16];
	unsigned int major, minor;
	unsigned long inode;
	int pid;

	if (sscanf(line, "%*d: %15s %*s %15s %d %x:%x:%lu", kind, access,
	    &pid, &major, &minor, &inode) != 6)
		return false;
	lock->kind = text("%s", kind);
	lock->access = text("%s", access);
	lock->pid = pid;
	lock->identity.device = (long)makedev(major, minor);
	lock->identity.inode = (long)inode;
	return true;
}

const char *
procfile_lock_pid(const char *line, int *pid, size_t *length)
{
	int before, after;

	if (sscanf(line, "%*d: %*s %*s %*s %n%d%n", &before, pid,
	    &after) != 1 || (size_t)after > strcspn(line, "\n"))
		return NULL;
	*length = (size_t)(after - before);
	return line + before;
}
