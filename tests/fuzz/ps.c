/*
 * ps - ps's output: each whole line is a row, and a row printed again is
 * understood as the same
 */
#define _GNU_SOURCE
#include "observe/ps.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"

#define HEADING	"PID PPID PGID SID EUID EGID TT STAT COMMAND\n"

/* What ps printed, whatever its size, is what was read. */
static void
look_at_numbers(const struct row *row)
{
	const int read[] = { row->pid, row->ppid, row->pgid, row->sid,
	    row->uid, row->gid };
	const char *number = row->line;
	char *end;

	for (size_t i = 0; i < sizeof(read) / sizeof(read[0]); i++) {
		promise(strtol(number, &end, 10) == read[i], "%d of %s",
		    read[i], row->line);
		number = end;
	}
}

static void
look_at(const struct row *row, const char *output)
{
	promise(row->pid > 0, "pid %d", row->pid);
	promise(row->ppid >= 0 && row->pgid >= 0 && row->sid >= 0 &&
	    row->uid >= 0 && row->gid >= 0, "negative: %s", row->line);
	look_at_numbers(row);
	promise(strpbrk(row->line, "\n") == NULL, "two lines: %s", row->line);
	promise(strstr(output, row->line) != NULL, "invented: %s", row->line);
	promise(row->terminal[0] != '\0' && row->stat[0] != '\0' &&
	    strpbrk(row->terminal, " \n") == NULL &&
	    strpbrk(row->stat, " \n") == NULL, "not a word: %s", row->line);
	promise(strstr(row->line, row->comm) != NULL, "comm %s", row->comm);
}

/* The rows as ps could have printed them. */
static char *
print(const struct snapshot *shot)
{
	char *all = text(HEADING), *longer;

	for (size_t i = 0; i < shot->row_count; i++) {
		const struct row *row = &shot->rows[i];
		longer = text("%s%d %d %d %d %d %d %s %s %s%s\n", all,
		    row->pid, row->ppid, row->pgid, row->sid, row->uid,
		    row->gid, row->terminal, row->stat, row->comm,
		    row->stat[0] == 'Z' ? " <defunct>" : "");
		free(all);
		all = longer;
	}
	return all;
}

static void
forget_lines(struct snapshot *shot)
{
	for (size_t i = 0; i < shot->row_count; i++) {
		free(shot->rows[i].line);
		shot->rows[i].line = NULL;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct run run = { 0 }, again = { 0 };
	struct snapshot *shot = observation_add(&run, snapshots,
	    snapshot_count);
	struct snapshot *copy = observation_add(&again, snapshots,
	    snapshot_count);
	char *output = string_of(bytes, length), *printed;

	if (ps_parse(shot, output) == 0) {
		promise(shot->row_count + 1 == count_of(output, '\n'),
		    "%zu rows", shot->row_count);
		for (size_t i = 0; i < shot->row_count; i++)
			look_at(&shot->rows[i], output);
		printed = print(shot);
		promise(ps_parse(copy, printed) == 0, "refused: %s", printed);
		forget_lines(shot);
		forget_lines(copy);
		promise_same(&again, &run, printed);
		free(printed);
	}
	free(output);
	run_free(&run);
	run_free(&again);
	return 0;
}
