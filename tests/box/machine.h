/*
 * machine - what this machine lets a box do
 */
#ifndef TESTS_BOX_MACHINE_H
#define TESTS_BOX_MACHINE_H

#include <stdbool.h>

#include "box/box.h"

/*
 * The best mode that this machine gives; $LAB_BOX (range, single, plain) asks
 * for another.  `*why` says what keeps it from a better one, and `*remedy`
 * what to do: keys for gettext, or NULL.
 */
enum box_mode machine_mode(const char **why, const char **remedy);

/* false where strace(1), or a readable /proc, is missing; likewise. */
bool machine_can_look(const char **why, const char **remedy);

#endif
