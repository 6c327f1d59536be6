/*
 * shape - what the structures of an observation are made of
 *
 * A new field needs one line here; the three walkers below never change.
 */
#define _GNU_SOURCE
#include "observe/shape.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "observe/observation.h"

/* --- The tables ------------------------------------------------------- */

#define PLAIN(kind, type, name) \
	{ #name, kind, offsetof(struct type, name), 0, NULL }
#define INT(type, name)		PLAIN(KIND_INT, type, name)
#define LONG(type, name)	PLAIN(KIND_LONG, type, name)
#define BOOL(type, name)	PLAIN(KIND_BOOL, type, name)
#define STRING(type, name)	PLAIN(KIND_STRING, type, name)
#define STRUCT(type, name, shape) \
	{ #name, KIND_STRUCT, offsetof(struct type, name), 0, &(shape) }
#define INTS(type, name, count) \
	{ #name, KIND_INTS, offsetof(struct type, name), \
	    offsetof(struct type, count), NULL }
#define ARRAY(type, name, count, shape) \
	{ #name, KIND_ARRAY, offsetof(struct type, name), \
	    offsetof(struct type, count), &(shape) }
#define CAPABILITIES(name, index) \
	{ name, KIND_STRING, \
	    offsetof(struct process, capabilities) + (index) * sizeof(char *), \
	    0, NULL }
#define END			{ NULL, KIND_INT, 0, 0, NULL }

#define SHAPE(type) \
	{ sizeof(struct type), type##_fields }

static const struct field identity_fields[] = {
	LONG(identity, device), LONG(identity, inode), END
};
static const struct shape identity_shape = SHAPE(identity);

static const struct field descriptor_fields[] = {
	INT(descriptor, number), STRING(descriptor, target),
	STRING(descriptor, type),
	STRUCT(descriptor, identity, identity_shape),
	INT(descriptor, major), INT(descriptor, minor),
	INT(descriptor, flags), BOOL(descriptor, outside),
	STRING(descriptor, lock), END
};
static const struct shape descriptor_shape = SHAPE(descriptor);

static const struct field process_fields[] = {
	INT(process, pid), INT(process, ppid), INT(process, pgid),
	INT(process, sid), INT(process, terminal), STRING(process, state),
	STRING(process, comm), STRING(process, executable),
	STRING(process, role), STRING(process, cwd),
	STRUCT(process, cwd_identity, identity_shape),
	BOOL(process, cwd_outside), STRING(process, root),
	STRUCT(process, root_identity, identity_shape),
	INT(process, mask), INTS(process, uids, uid_count),
	INTS(process, gids, gid_count), INTS(process, groups, group_count),
	CAPABILITIES("CapInh", 0), CAPABILITIES("CapPrm", 1),
	CAPABILITIES("CapEff", 2), CAPABILITIES("CapAmb", 3),
	STRING(process, blocked), STRING(process, ignored),
	STRING(process, caught),
	ARRAY(process, descriptors, descriptor_count, descriptor_shape), END
};
static const struct shape process_shape = SHAPE(process);

static const struct field lock_fields[] = {
	STRING(lock, kind), STRING(lock, access), INT(lock, pid),
	STRUCT(lock, identity, identity_shape), END
};
static const struct shape lock_shape = SHAPE(lock);

static const struct field row_fields[] = {
	INT(row, pid), INT(row, ppid), INT(row, pgid), INT(row, sid),
	INT(row, uid), INT(row, gid), STRING(row, terminal),
	STRING(row, stat), STRING(row, comm), STRING(row, line), END
};
static const struct shape row_shape = SHAPE(row);

static const struct field file_fields[] = {
	STRING(file, path), STRING(file, type), INT(file, mode),
	INT(file, uid), INT(file, gid), LONG(file, size),
	STRUCT(file, identity, identity_shape), STRING(file, content),
	STRING(file, link), END
};
static const struct shape file_shape = SHAPE(file);

static const struct field snapshot_fields[] = {
	STRING(snapshot, moment),
	ARRAY(snapshot, processes, process_count, process_shape),
	ARRAY(snapshot, locks, lock_count, lock_shape),
	ARRAY(snapshot, rows, row_count, row_shape),
	ARRAY(snapshot, files, file_count, file_shape), END
};
static const struct shape snapshot_shape = SHAPE(snapshot);

static const struct field event_fields[] = {
	INT(event, pid), STRING(event, kind), STRING(event, name),
	STRING(event, arguments), LONG(event, result), STRING(event, error),
	BOOL(event, finished), BOOL(event, injected), STRING(event, line), END
};
const struct shape event_shape = SHAPE(event);

static const struct field message_fields[] = {
	INT(message, pid), INT(message, facility), INT(message, severity),
	STRING(message, ident), INT(message, claimed), STRING(message, text),
	STRING(message, line), END
};
static const struct shape message_shape = SHAPE(message);

static const struct field start_fields[] = {
	STRING(start, name), STRING(start, command), INT(start, shell),
	INT(start, launcher), BOOL(start, ended), INT(start, status),
	STRING(start, output), BOOL(start, ready), BOOL(start, settled),
	INT(start, daemon), END
};
static const struct shape start_shape = SHAPE(start);

static const struct field ending_fields[] = {
	INT(ending, pid), INT(ending, status), STRING(ending, comm), END
};
static const struct shape ending_shape = SHAPE(ending);

static const struct field fact_fields[] = {
	STRING(fact, name), STRING(fact, value), END
};
static const struct shape fact_shape = SHAPE(fact);

static const struct field run_fields[] = {
	STRING(run, name), BOOL(run, traced),
	ARRAY(run, starts, start_count, start_shape),
	ARRAY(run, snapshots, snapshot_count, snapshot_shape),
	ARRAY(run, events, event_count, event_shape),
	ARRAY(run, messages, message_count, message_shape),
	ARRAY(run, endings, ending_count, ending_shape),
	ARRAY(run, facts, fact_count, fact_shape),
	STRING(run, skipped), STRING(run, fault), STRING(run, timeout), END
};
const struct shape run_shape = SHAPE(run);

static const struct field observation_fields[] = {
	STRING(observation, step), STRING(observation, mode),
	STRING(observation, seed),
	ARRAY(observation, settings, setting_count, fact_shape),
	ARRAY(observation, runs, run_count, run_shape), END
};
const struct shape observation_shape = SHAPE(observation);

/* --- Where a field lies ----------------------------------------------- */

static const void *
inside(const void *object, size_t offset)
{
	return (const char *)object + offset;
}

static void *
within(void *object, size_t offset)
{
	return (char *)object + offset;
}

/* Arrays have pointers of many types: memcpy reads them all alike. */
static char *
pointer_at(const void *object, size_t offset)
{
	char *pointer;

	memcpy(&pointer, inside(object, offset), sizeof(pointer));
	return pointer;
}

static size_t
count_of(const void *object, const struct field *field)
{
	return *(const size_t *)inside(object, field->count);
}

/* --- Free ------------------------------------------------------------- */

static void
free_array(const struct field *field, void *object)
{
	char *elements = pointer_at(object, field->offset);
	size_t count = count_of(object, field);

	for (size_t i = 0; i < count; i++)
		shape_free(field->shape, elements + i * field->shape->size);
	free(elements);
}

void
shape_free(const struct shape *shape, void *object)
{
	for (const struct field *f = shape->fields; f->name != NULL; f++) {
		if (f->kind == KIND_STRING || f->kind == KIND_INTS)
			free(pointer_at(object, f->offset));
		else if (f->kind == KIND_STRUCT)
			shape_free(f->shape, within(object, f->offset));
		else if (f->kind == KIND_ARRAY)
			free_array(f, object);
	}
	memset(object, 0, shape->size);
}

/* --- Save ------------------------------------------------------------- */

/* JSON is UTF-8 only, a program's output isn't: {"base16": "66fc72"}. */
static json_t *
save_bytes(const char *bytes)
{
	size_t length = strlen(bytes);
	char *digits = malloc(2 * length + 1);
	json_t *json;

	if (digits == NULL)
		return NULL;
	for (size_t i = 0; i < length; i++) {
		digits[2 * i] = "0123456789abcdef"[(bytes[i] >> 4) & 15];
		digits[2 * i + 1] = "0123456789abcdef"[bytes[i] & 15];
	}
	digits[2 * length] = '\0';
	json = json_pack("{s:s}", "base16", digits);
	free(digits);
	return json;
}

static json_t *
save_string(const char *string)
{
	json_t *json;

	if (string == NULL)
		return json_null();
	json = json_string(string);
	return json != NULL ? json : save_bytes(string);
}

static json_t *
save_array(const struct field *field, const void *object)
{
	const char *elements = pointer_at(object, field->offset);
	size_t count = count_of(object, field);
	json_t *array = json_array(), *element;

	for (size_t i = 0; array != NULL && i < count; i++) {
		if (field->kind == KIND_INTS)
			element = json_integer(((const int *)(const void *)
			    elements)[i]);
		else
			element = shape_save(field->shape,
			    elements + i * field->shape->size);
		if (json_array_append_new(array, element) == -1) {
			json_decref(array);
			array = NULL;
		}
	}
	return array;
}

static json_t *
save_field(const struct field *field, const void *object)
{
	const void *value = inside(object, field->offset);

	switch (field->kind) {
	case KIND_INT:
		return json_integer(*(const int *)value);
	case KIND_LONG:
		return json_integer(*(const long *)value);
	case KIND_BOOL:
		return json_boolean(*(const bool *)value);
	case KIND_STRING:
		return save_string(pointer_at(object, field->offset));
	case KIND_STRUCT:
		return shape_save(field->shape, value);
	case KIND_INTS:
	case KIND_ARRAY:
		return save_array(field, object);
	}
	return NULL;
}

json_t *
shape_save(const struct shape *shape, const void *object)
{
	json_t *json = json_object();

	if (json == NULL) {
		errno = ENOMEM;
		return NULL;
	}
	for (const struct field *f = shape->fields; f->name != NULL; f++) {
		/* Appending NULL is refused: that is where memory lacked. */
		if (json_object_set_new(json, f->name,
		    save_field(f, object)) == -1) {
			json_decref(json);
			errno = ENOMEM;
			return NULL;
		}
	}
	return json;
}

/* --- Load ------------------------------------------------------------- */

static int
wrong(void)
{
	errno = EINVAL;
	return -1;
}

static int
load_int(int *value, const json_t *json)
{
	json_int_t number = json_integer_value(json);

	if (!json_is_integer(json) || number < INT_MIN || number > INT_MAX)
		return wrong();
	*value = (int)number;
	return 0;
}

static int
digit_value(char digit)
{
	const char *digits = "0123456789abcdef";
	const char *found = digit == '\0' ? NULL : strchr(digits, digit);

	return found == NULL ? -1 : (int)(found - digits);
}

static int
load_bytes(char **value, const json_t *json)
{
	const char *digits = json_string_value(json_object_get(json, "base16"));
	size_t length = digits == NULL ? 0 : strlen(digits);
	int high, low;

	if (length == 0 || length % 2 != 0 || json_object_size(json) != 1)
		return wrong();
	*value = text("%s", digits);
	for (size_t i = 0; i < length / 2; i++) {
		high = digit_value(digits[2 * i]);
		low = digit_value(digits[2 * i + 1]);
		if (high == -1 || low == -1 || high + low == 0)
			return wrong();
		(*value)[i] = (char)(high << 4 | low);
	}
	(*value)[length / 2] = '\0';
	return 0;
}

static int
load_string(char **value, const json_t *json)
{
	if (json_is_null(json))
		return 0;
	if (json_is_object(json))
		return load_bytes(value, json);
	/* JSON's strings may hold a NUL, an observation's don't. */
	if (!json_is_string(json) || strlen(json_string_value(json)) !=
	    json_string_length(json))
		return wrong();
	*value = text("%s", json_string_value(json));
	return 0;
}

static int
load_array(const struct field *field, void *object, const json_t *json)
{
	void **array = within(object, field->offset);
	size_t *count = within(object, field->count);
	size_t length = json_array_size(json);
	const json_t *item;

	if (!json_is_array(json))
		return wrong();
	for (size_t i = 0; i < length; i++) {
		item = json_array_get(json, i);
		if (field->kind == KIND_INTS) {
			if (load_int(observation_grow(array, count,
			    sizeof(int)), item) == -1)
				return -1;
		} else if (shape_load(field->shape, observation_grow(array,
		    count, field->shape->size), item) == -1)
			return -1;
	}
	return 0;
}

static int
load_field(const struct field *field, void *object, const json_t *json)
{
	void *value = within(object, field->offset);

	switch (field->kind) {
	case KIND_INT:
		return load_int(value, json);
	case KIND_LONG:
		*(long *)value = json_integer_value(json);
		return json_is_integer(json) ? 0 : wrong();
	case KIND_BOOL:
		*(bool *)value = json_is_true(json);
		return json_is_boolean(json) ? 0 : wrong();
	case KIND_STRING:
		return load_string(value, json);
	case KIND_STRUCT:
		return shape_load(field->shape, value, json);
	case KIND_INTS:
	case KIND_ARRAY:
		return load_array(field, object, json);
	}
	return wrong();
}

int
shape_load(const struct shape *shape, void *object, const json_t *json)
{
	size_t known = 0;

	/* A missing key loads as NULL, which no kind of field accepts. */
	for (const struct field *f = shape->fields; f->name != NULL; f++) {
		if (load_field(f, object, json_object_get(json, f->name)) == -1)
			return -1;
		known++;
	}
	return json_object_size(json) == known ? 0 : wrong();
}
