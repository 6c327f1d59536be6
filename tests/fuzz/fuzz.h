/*
 * fuzz - what the fuzz targets share
 *
 * A target reads any bytes, and says what must be true of what was
 * understood: a crash, a leak and a broken promise are findings alike.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

#include "observe/observation.h"

/* libFuzzer calls it with each input; it returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* Ends the fuzzer with a sentence, so that it keeps the input. */
#define promise(held, ...) \
	do { \
		if (!(held)) \
			promise_broken(#held, __VA_ARGS__); \
	} while (0)
_Noreturn void promise_broken(const char *what, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The bytes as a string in memory of its own size: it ends at a NUL. */
char *string_of(const uint8_t *bytes, size_t length);

/* What two runs hold must be the same; names what should have made it so. */
void promise_same(const struct run *got, const struct run *expected,
    const char *because);

/* How often a byte is in a string. */
size_t count_of(const char *string, char byte);

#endif
