/*
 * set - what the files behind stage.h share: furnish.c, stage.c, watch.c and
 * play.c
 */
#ifndef TESTS_SCENARIOS_SET_H
#define TESTS_SCENARIOS_SET_H

#include "scenarios/stage.h"

/* Records what the harness could not do to a path, with errno. */
void stage_fault(struct stage *stage, const char *what, const char *path);

/* Makes users, folders and the jail. */
void stage_furnish(struct stage *stage);
/* Fact "new-files": what came to be since. */
void stage_note_files(const struct stage *stage);

/* Adds a string, and frees it, to a request's arguments or environment. */
void stage_push(struct start_request *request, int *count, char *string);
void stage_push_environment(const struct stage *stage,
    struct start_request *request, bool traced);
/* The command of a request as a person would type it; to be freed. */
char *stage_command_line(const struct start_request *request);

#endif
