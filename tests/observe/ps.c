/*
 * ps - reads what ps(1) printed inside the box
 */
#define _GNU_SOURCE
#include "observe/ps.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* Ids as numbers; comm last, since a name may hold blanks. */
const char *const ps_command[] = {
	"ps", "-e", "-ww", "-o",
	"pid,ppid,pgid,sid,euid,egid,tty,stat,comm", NULL
};

static const char *const headings[] = {
	"PID", "PPID", "PGID", "SID", "EUID", "EGID", "TT", "STAT", "COMMAND"
};

#define HEADINGS	(sizeof(headings) / sizeof(headings[0]))

/*
 * Moves on to the next word and gives its length; 0 at the end of the line.
 */
static size_t
word(const char **line)
{
	*line += strspn(*line, " ");
	return strcspn(*line, " \n");
}

static bool
is_heading(const char *line)
{
	size_t length;

	for (size_t i = 0; i < HEADINGS; i++) {
		length = word(&line);
		if (length != strlen(headings[i]) ||
		    strncmp(line, headings[i], length) != 0)
			return false;
		line += length;
	}
	return word(&line) == 0;
}

static bool
read_number(const char **line, int *value)
{
	size_t length = word(line);
	char *end;
	long read;

	if (!isdigit((unsigned char)**line))
		return false;
	read = strtol(*line, &end, 10);
	if (end != *line + length || read > INT_MAX)
		return false;
	*line = end;
	*value = (int)read;
	return true;
}

static bool
read_word(const char **line, char **value)
{
	size_t length = word(line);

	if (length == 0)
		return false;
	*value = text("%.*s", (int)length, *line);
	*line += length;
	return true;
}

/* The rest of the line; ps adds <defunct> to a zombie's name, and STAT has
 * already said so. */
static void
read_comm(const char *line, struct row *row)
{
	const char *mark = "<defunct>";
	size_t length, tail = strlen(mark);

	line += strspn(line, " ");
	length = strcspn(line, "\n");
	if (row->stat[0] == 'Z' && length >= tail &&
	    strncmp(line + length - tail, mark, tail) == 0)
		length -= tail;
	while (length > 0 && line[length - 1] == ' ')
		length--;
	row->comm = text("%.*s", (int)length, line);
}

static bool
read_row(const char *line, struct row *row)
{
	row->line = text("%.*s", (int)strcspn(line, "\n"), line);
	if (!read_number(&line, &row->pid) ||
	    !read_number(&line, &row->ppid) ||
	    !read_number(&line, &row->pgid) ||
	    !read_number(&line, &row->sid) ||
	    !read_number(&line, &row->uid) ||
	    !read_number(&line, &row->gid) ||
	    !read_word(&line, &row->terminal) ||
	    !read_word(&line, &row->stat))
		return false;
	read_comm(line, row);
	return row->pid > 0;
}

int
ps_parse(struct snapshot *shot, const char *output)
{
	const char *line = strchr(output, '\n');

	if (line == NULL || !is_heading(output))
		goto fail;
	while (*++line != '\0') {
		if (!read_row(line, observation_add(shot, rows, row_count)))
			goto fail;
		/* A last line without its newline is half a line. */
		line = strchr(line, '\n');
		if (line == NULL)
			goto fail;
	}
	return 0;
fail:
	errno = EINVAL;
	return -1;
}
