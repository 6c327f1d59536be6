/*
 * language - the tool's messages, in English and in French (gettext)
 */
#ifndef TESTS_LANGUAGE_H
#define TESTS_LANGUAGE_H

#include <libintl.h>

#define _(message) gettext(message)
#define N_(message) message

/*
 * Chooses the language: LAB_LANG ("fr", "en"), or else the locale.  Messages
 * are UTF-8.  The catalogues are looked for in `locale` beside the tool.
 */
void choose_language(void);

/* "fr" or "en": what was chosen. */
const char *language(void);

#endif
