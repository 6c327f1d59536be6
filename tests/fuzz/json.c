/*
 * json - an observation, or a run of one: what is read and written is what
 * was read, and every string survives the journey
 */
#define _GNU_SOURCE
#include "observe/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"

/* As the pipe from a worker is read. */
static json_t *
parse(const char *bytes, size_t length)
{
	return json_loadb(bytes, length, JSON_ALLOW_NUL, NULL);
}

/* Written and read again. */
static json_t *
journey(json_t *json)
{
	char *written = json_dumps(json, JSON_COMPACT);
	json_t *read = parse(written, strlen(written));

	promise(read != NULL, "refused: %s", written);
	free(written);
	return read;
}

/*
 * Reads an observation, or a run; returns what it is written as, or NULL
 * where it is neither.
 */
static json_t *
understand(const json_t *json)
{
	struct observation seen = { 0 };
	struct run run = { 0 };
	json_t *written = NULL;

	if (observation_from_json(&seen, json) == 0)
		written = observation_to_json(&seen);
	else if (run_from_json(&run, json) == 0)
		written = run_to_json(&run);
	observation_free(&seen);
	run_free(&run);
	return written;
}

/* The string that base 16 stands for: itself where it isn't UTF-8. */
static json_t *
plain_string(json_t *object)
{
	const char *digits = json_string_value(json_object_get(object,
	    "base16"));
	size_t length = digits == NULL ? 0 : strlen(digits) / 2;
	char *bytes = text("%s", digits == NULL ? "" : digits);
	unsigned byte;
	json_t *plain;

	for (size_t i = 0; i < length; i++) {
		sscanf(digits + 2 * i, "%2x", &byte);
		bytes[i] = (char)byte;
	}
	plain = length == 0 ? NULL : json_stringn(bytes, length);
	free(bytes);
	return plain != NULL ? plain : json_incref(object);
}

/* The same JSON with each string said the one way that is written. */
static json_t *
plain(json_t *json)
{
	json_t *copy, *value;
	const char *key;
	size_t i;

	if (json_is_array(json)) {
		copy = json_array();
		json_array_foreach(json, i, value)
			json_array_append_new(copy, plain(value));
		return copy;
	}
	if (!json_is_object(json))
		return json_incref(json);
	if (json_object_get(json, "base16") != NULL &&
	    json_object_size(json) == 1)
		return plain_string(json);
	copy = json_object();
	json_object_foreach(json, key, value)
		json_object_set_new(copy, key, plain(value));
	return copy;
}

static void
read_write_read(const uint8_t *bytes, size_t length)
{
	json_t *json = parse((const char *)bytes, length);
	json_t *first = json == NULL ? NULL : understand(json);
	json_t *expected, *read, *second;

	if (first != NULL) {
		expected = plain(json);
		promise(json_equal(first, expected),
		    "what was written isn't what was read");
		json_decref(expected);
		read = journey(first);
		second = understand(read);
		promise(second != NULL && json_equal(first, second),
		    "written twice, it says something else");
		json_decref(read);
		json_decref(second);
	}
	json_decref(first);
	json_decref(json);
}

/* The bytes as all that a program printed, and as a name. */
static void
write_read(const uint8_t *bytes, size_t length)
{
	struct run run = { 0 }, again = { 0 };
	struct event *event = observation_add(&run, events, event_count);
	json_t *written, *read;

	event->line = string_of(bytes, length);
	event->result = (long)length;
	run_fact(&run, event->line, "%s", event->line);
	written = run_to_json(&run);
	read = journey(written);
	promise(run_from_json(&again, read) == 0, "refused");
	promise(strcmp(again.events[0].line, event->line) == 0 &&
	    find_fact(&again, event->line) != NULL,
	    "%s became %s", event->line, again.events[0].line);
	promise_same(&again, &run, "a journey changes nothing");
	json_decref(written);
	json_decref(read);
	run_free(&run);
	run_free(&again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	read_write_read(bytes, length);
	write_read(bytes, length);
	return 0;
}
