/*
 * picture - what a process was and what it has become, side by side
 */
#ifndef TESTS_REPORT_PICTURE_H
#define TESTS_REPORT_PICTURE_H

#include <stdbool.h>
#include <stddef.h>

#include "observe/observation.h"

/* The first of picture_cells: PID, PPID, PGID, SID and TTY. */
enum { PICTURE_IDENTITY = 5 };

struct cell {
	char *label;
	char *before, *after;	/* after: NULL where there is no daemon */
	bool changed;
	bool ours;		/* the step is about it */
};

/* All that there is to compare; to be freed.  Returns how many. */
size_t picture_cells(int step, const struct process *before,
    const struct process *after, struct cell **cells);
void picture_free(struct cell *cells, size_t count);

/*
 * Draws sessions, groups, processes and terminals: before the step, which is
 * after the one before it (`earlier`; NULL: when the program began), and
 * after it.  An SVG document, malloc'ed; NULL with errno, ENODATA where one
 * of the two was not seen.  It is in processes.c, which build/lab does
 * without (Makefile).
 */
char *processes_svg(const struct observation *earlier,
    const struct observation *seen);

#endif
