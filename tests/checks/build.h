/*
 * build - where there is no program to look at: why?
 */
#ifndef TESTS_CHECKS_BUILD_H
#define TESTS_CHECKS_BUILD_H

#include <stdbool.h>

#include "checks/check.h"

/* They look at the setting "compiler" alone: what it said. */
extern const struct check missing_check, compile_check;

/* Whether these are the Makefile's own words: there was nothing to compile. */
bool is_missing(const char *words);

#endif
