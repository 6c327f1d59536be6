/*
 * common - what the fuzz targets share
 */
#define _GNU_SOURCE
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"
#include "observe/json.h"

void
promise_broken(const char *what, const char *format, ...)
{
	va_list arguments;

	fprintf(stderr, "broken promise: %s: ", what);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	abort();
}

char *
string_of(const uint8_t *bytes, size_t length)
{
	char *string = malloc(length + 1);

	if (string == NULL)
		memory_exhausted();
	if (length > 0)
		memcpy(string, bytes, length);
	string[length] = '\0';
	return string;
}

void
promise_same(const struct run *got, const struct run *expected,
    const char *because)
{
	json_t *one = run_to_json(got), *other = run_to_json(expected);

	if (!json_equal(one, other)) {
		char *first = json_dumps(one, JSON_COMPACT);
		char *second = json_dumps(other, JSON_COMPACT);
		promise_broken("the same", "%s\n%s\n%s", because, first,
		    second);
	}
	json_decref(one);
	json_decref(other);
}

size_t
count_of(const char *string, char byte)
{
	size_t count = 0;

	for (; *string != '\0'; string++)
		count += *string == byte;
	return count;
}
