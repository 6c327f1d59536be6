/*
 * shape - what the structures of an observation are made of: one table each,
 * from which they are freed, saved as JSON and loaded from it
 */
#ifndef TESTS_OBSERVE_SHAPE_H
#define TESTS_OBSERVE_SHAPE_H

#include <jansson.h>
#include <stddef.h>

enum kind {
	KIND_INT,
	KIND_LONG,
	KIND_BOOL,
	KIND_STRING,		/* char *, owned, or NULL */
	KIND_STRUCT,		/* within its owner */
	KIND_INTS,		/* int *, owned, with a count */
	KIND_ARRAY		/* pointer to structures, owned, with a count */
};

struct field {
	const char *name;	/* its key in JSON; NULL ends the table */
	enum kind kind;
	size_t offset;
	size_t count;		/* offset of the number of elements */
	const struct shape *shape;	/* of the structure, of the elements */
};

struct shape {
	size_t size;
	const struct field *fields;
};

extern const struct shape event_shape, run_shape, observation_shape;

/* Frees all that the structure owns, and empties it. */
void shape_free(const struct shape *shape, void *object);

/* A new reference, or NULL with ENOMEM. */
json_t *shape_save(const struct shape *shape, const void *object);

/*
 * Fills a zeroed structure; returns 0, or -1 with EINVAL where the JSON has
 * another shape (what was read so far can still be freed).
 */
int shape_load(const struct shape *shape, void *object, const json_t *json);

#endif
