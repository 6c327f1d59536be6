/*
 * observation - how an observation is filled, searched and freed
 */
#define _GNU_SOURCE
#include "observe/observation.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "observe/shape.h"

/* --- Filling ---------------------------------------------------------- */

void
memory_exhausted(void)
{
	fputs("lab: memory exhausted\n", stderr);
	/* Not exit(3): a forked child has its parent's buffers and handlers. */
	_exit(99);
}

/*
 * The array always has room for the next power of two, so that n additions
 * cost n moves; asking realloc(3) for the size that it has costs nothing.
 */
void *
observation_grow(void **array, size_t *count, size_t size)
{
	size_t room = 1;
	char *elements;

	while (room <= *count)
		room *= 2;
	/* memcpy: the caller's pointer is one to its own type. */
	memcpy(&elements, array, sizeof(elements));
	elements = reallocarray(elements, room, size);
	if (elements == NULL)
		memory_exhausted();
	memcpy(array, &elements, sizeof(elements));
	return memset(elements + (*count)++ * size, 0, size);
}

__attribute__((format(printf, 1, 0)))
static char *
vtext(const char *format, va_list arguments)
{
	char *string;

	if (vasprintf(&string, format, arguments) == -1)
		memory_exhausted();
	return string;
}

char *
text(const char *format, ...)
{
	va_list arguments;
	char *string;

	va_start(arguments, format);
	string = vtext(format, arguments);
	va_end(arguments);
	return string;
}

void
run_fact(struct run *run, const char *name, const char *format, ...)
{
	struct fact *fact = observation_add(run, facts, fact_count);
	va_list arguments;

	fact->name = text("%s", name);
	va_start(arguments, format);
	fact->value = vtext(format, arguments);
	va_end(arguments);
}

void
observation_setting(struct observation *seen, const char *name,
    const char *format, ...)
{
	struct fact *fact = observation_add(seen, settings, setting_count);
	va_list arguments;

	fact->name = text("%s", name);
	va_start(arguments, format);
	fact->value = vtext(format, arguments);
	va_end(arguments);
}

/* --- Searching -------------------------------------------------------- */

/* What is searched has its key as its first member: */
_Static_assert(offsetof(struct run, name) == 0 &&
    offsetof(struct snapshot, moment) == 0 &&
    offsetof(struct start, name) == 0 && offsetof(struct file, path) == 0 &&
    offsetof(struct fact, name) == 0, "names come first");
_Static_assert(offsetof(struct process, pid) == 0 &&
    offsetof(struct row, pid) == 0 &&
    offsetof(struct descriptor, number) == 0, "numbers come first");

static const void *
by_name(const void *array, size_t count, size_t size, const char *name)
{
	const char *element = array, *key;

	for (size_t i = 0; i < count; i++, element += size) {
		memcpy(&key, element, sizeof(key));
		if (key != NULL && name != NULL && strcmp(key, name) == 0)
			return element;
	}
	return NULL;
}

static const void *
by_number(const void *array, size_t count, size_t size, int number)
{
	const char *element = array;

	for (size_t i = 0; i < count; i++, element += size)
		if (memcmp(element, &number, sizeof(number)) == 0)
			return element;
	return NULL;
}

/* An owner that wasn't found has nothing: searches can be chained. */
#define FIND(search, owner, array, count, key) \
	((owner) == NULL ? NULL : search((owner)->array, (owner)->count, \
	    sizeof(*(owner)->array), key))

const struct run *
find_run(const struct observation *seen, const char *name)
{
	return FIND(by_name, seen, runs, run_count, name);
}

const struct snapshot *
find_snapshot(const struct run *run, const char *moment)
{
	return FIND(by_name, run, snapshots, snapshot_count, moment);
}

const struct start *
find_start(const struct run *run, const char *name)
{
	return FIND(by_name, run, starts, start_count, name);
}

const struct process *
find_process(const struct snapshot *shot, int pid)
{
	return FIND(by_number, shot, processes, process_count, pid);
}

const struct row *
find_row(const struct snapshot *shot, int pid)
{
	return FIND(by_number, shot, rows, row_count, pid);
}

const struct file *
find_file(const struct snapshot *shot, const char *path)
{
	return FIND(by_name, shot, files, file_count, path);
}

const struct descriptor *
find_descriptor(const struct process *process, int number)
{
	return FIND(by_number, process, descriptors, descriptor_count,
	    number);
}

const char *
find_fact(const struct run *run, const char *name)
{
	const struct fact *fact = FIND(by_name, run, facts, fact_count, name);

	return fact == NULL ? NULL : fact->value;
}

const char *
find_setting(const struct observation *seen, const char *name)
{
	const struct fact *setting =
	    FIND(by_name, seen, settings, setting_count, name);

	return setting == NULL ? NULL : setting->value;
}

/* --- Freeing ---------------------------------------------------------- */

void
observation_free(struct observation *seen)
{
	shape_free(&observation_shape, seen);
}

void
run_free(struct run *run)
{
	shape_free(&run_shape, run);
}
