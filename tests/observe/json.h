/*
 * json - an observation as JSON, and back; run.c's workers use it as their
 * pipe format too, so that what is saved is what was judged
 */
#ifndef TESTS_OBSERVE_JSON_H
#define TESTS_OBSERVE_JSON_H

#include <jansson.h>

#include "observe/observation.h"

/* A new reference, or NULL with ENOMEM. */
json_t *observation_to_json(const struct observation *seen);
json_t *run_to_json(const struct run *run);

/*
 * Fill a zeroed structure; return 0, or -1 with EINVAL where the JSON has
 * another shape (what was read so far can still be freed).
 */
int observation_from_json(struct observation *seen, const json_t *json);
int run_from_json(struct run *run, const json_t *json);

#endif
