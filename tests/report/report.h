/*
 * report - the verdicts of one check, and how they are shown
 */
#ifndef TESTS_REPORT_REPORT_H
#define TESTS_REPORT_REPORT_H

#include <jansson.h>
#include <stdio.h>

#include "checks/check.h"

struct result {
	const char *step;	/* "05-devnull" */
	enum status status;	/* of the whole: PASS FAIL SKIP ERROR */
	struct verdict *verdicts;
	size_t count;
	double seconds;		/* wall time; goes into "volatile" */
};

/*
 * For a person, at 80 columns, colours only where `out` is a terminal:
 * failures whole, what passed in one line each, advice apart.
 */
void report_console(FILE *out, const struct result *result,
    const struct observation *seen);

/*
 * {"schema":1,"step":...,"status":"pass|fail|skip|error","checks":[...],
 * "volatile":{"seed","mode","seconds","observation"?}}; a new reference.
 */
json_t *report_json(const struct result *result,
    const struct observation *seen);

/* Writes it beside, renames it in place: a present file is whole.  Returns
 * 0, or -1 with errno. */
int report_save(json_t *report, const char *path);

void result_free(struct result *result);

/* The word of a status: "pass" "fail" "skip" "error" "advice". */
const char *status_word(enum status status);

/* The process before and after, changed cells marked (make show-NN). */
void report_picture(FILE *out, const struct observation *seen);

/* The student's own system calls of that step, each with half a line of
 * explanation (make trace-NN). */
void report_trace(FILE *out, const struct observation *seen);

/* Writes text for a terminal: control characters, bidirectional marks and
 * broken UTF-8 are made visible.  The one way out for others' text. */
void print_safely(FILE *out, const char *text);

#endif
