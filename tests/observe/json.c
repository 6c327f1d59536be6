/*
 * json - an observation as JSON, and back
 */
#define _GNU_SOURCE
#include "observe/json.h"

#include "observe/shape.h"

json_t *
observation_to_json(const struct observation *seen)
{
	return shape_save(&observation_shape, seen);
}

json_t *
run_to_json(const struct run *run)
{
	return shape_save(&run_shape, run);
}

int
observation_from_json(struct observation *seen, const json_t *json)
{
	return shape_load(&observation_shape, seen, json);
}

int
run_from_json(struct run *run, const json_t *json)
{
	return shape_load(&run_shape, run, json);
}
