/*
 * words - UTF-8 text on a page of 80 columns, and the colours of a terminal
 */
#ifndef TESTS_REPORT_WORDS_H
#define TESTS_REPORT_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define PAGE_WIDTH 80

/* What words_decode says of a byte that begins no character. */
#define NO_CHARACTER (-1L)

/* The character at `text` (not at its end) and its length in bytes. */
long words_decode(const char *text, size_t *length);

/* The columns that the first `length` bytes take. */
int words_width(const char *text, size_t length);
/* The columns of a whole text. */
int words_columns(const char *text);

/*
 * For a terminal: control characters, bidirectional marks, broken bytes are
 * spelled out ("\x1b", "\u202e"), tabs expanded, "\r\n" is "\n".  malloc'ed.
 */
char *words_visible(const char *text);
/* Valid UTF-8: U+FFFD stands for each broken byte.  malloc'ed. */
char *words_repair(const char *text);

struct line {
	const char *start;
	int length;		/* bytes, as printf's "%.*s" wants it */
};

/*
 * The next line of a text that is broken at blanks, or inside a word that is
 * longer than the room; nothing but the blanks at a break is left out.
 * False at the end.
 */
bool words_next(const char **cursor, int room, struct line *line);

/*
 * Prints others' text between the column, where the cursor stands already,
 * and the page's edge, and ends the line.  Lines that are a continuation are
 * indented by `hang` more.
 */
void words_print(FILE *out, int column, int hang, const char *text);

/* Escape sequences, all empty where `out` isn't a terminal. */
struct paint {
	const char *good, *bad, *warn, *strong, *faint, *plain;
};
const struct paint *words_paint(FILE *out);

#endif
