/*
 * unit - what every unit test needs
 */
#ifndef TESTS_UNIT_UNIT_H
#define TESTS_UNIT_UNIT_H

#include <CUnit/CUnit.h>
#include <stdbool.h>

/*
 * Asserts; the sentence that follows is what a failure prints, so it names
 * what came and what was expected.  Returns whether it held.  Never in a
 * forked child: CUnit would lose it.
 */
#define prove(ok, ...) \
	prove_at(ok, __LINE__, __FILE__, __func__, __VA_ARGS__)
bool prove_at(bool ok, unsigned line, const char *file, const char *function,
    const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Proves that two strings, which may be NULL, are equal. */
#define prove_equal(got, expected, what) \
	prove_equal_at(got, expected, what, __LINE__, __FILE__, __func__)
bool prove_equal_at(const char *got, const char *expected, const char *what,
    unsigned line, const char *file, const char *function);

/* A number from 0 to below - 1; each test draws the same ones every time. */
unsigned draw(unsigned below);

#endif
