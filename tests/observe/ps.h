/*
 * ps - reads what ps(1) printed inside the box
 */
#ifndef TESTS_OBSERVE_PS_H
#define TESTS_OBSERVE_PS_H

#include "observe/observation.h"

/* The arguments that ps_parse understands, NULL at the end. */
extern const char *const ps_command[];

/*
 * Adds a row for each line of ps's output (with its heading) to a snapshot.
 * Returns 0, or -1 with EINVAL where it isn't ps's.
 */
int ps_parse(struct snapshot *shot, const char *output);

#endif
