/*
 * safely - others' text, so that it can neither move the cursor nor lie
 *
 * A program under test writes what it likes: escape sequences that erase a
 * line of the report, marks that turn its direction round, bytes that are no
 * text.  Newlines stay: a program may write several lines.
 */
#define _GNU_SOURCE

#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "report/report.h"
#include "report/words.h"

/* Characters that show nothing, or move what stands around them. */
static const struct {
	long first, last;
} unseen[] = {
	{ 0x00, 0x1f },			/* C0 controls */
	{ 0x7f, 0x9f },			/* DEL, C1 controls */
	{ 0xad, 0xad },			/* soft hyphen */
	{ 0x34f, 0x34f },		/* combining grapheme joiner */
	{ 0x61c, 0x61c },		/* Arabic letter mark */
	{ 0x115f, 0x1160 },		/* Hangul fillers */
	{ 0x180b, 0x180f },		/* Mongolian separators */
	{ 0x200b, 0x200f },		/* zero width; direction marks */
	{ 0x2028, 0x202e },		/* separators; embeddings, overrides */
	{ 0x2060, 0x206f },		/* joiners; isolates */
	{ 0x3164, 0x3164 },		/* Hangul filler */
	{ 0xfe00, 0xfe0f },		/* variation selectors */
	{ 0xfeff, 0xfeff },		/* byte order mark */
	{ 0xffa0, 0xffa0 },		/* Hangul filler */
	{ 0xfff0, 0xfffb },		/* annotations */
	{ 0xe0000, 0xe0fff },		/* tags, more selectors */
};

static bool
is_unseen(long character)
{
	for (size_t i = 0; i < sizeof(unseen) / sizeof(*unseen); i++)
		if (character >= unseen[i].first &&
		    character <= unseen[i].last)
			return true;
	return false;
}

static FILE *
open_text(char **text, size_t *size)
{
	FILE *stream = open_memstream(text, size);

	if (stream == NULL)
		err(99, "open_memstream");
	return stream;
}

static void
close_text(FILE *stream)
{
	if (fclose(stream) != 0)
		err(99, "out of memory");
}

static void
spell(FILE *out, const char *at, long character)
{
	if (character == NO_CHARACTER)
		fprintf(out, "\\x%02x", (unsigned char)*at);
	else if (character < 0x80)
		fprintf(out, "\\x%02lx", (unsigned long)character);
	else if (character < 0x10000)
		fprintf(out, "\\u%04lx", (unsigned long)character);
	else
		fprintf(out, "\\U%08lx", (unsigned long)character);
}

char *
words_visible(const char *text)
{
	char *result = NULL;
	size_t bytes = 0, size;
	FILE *out = open_text(&result, &bytes);
	int column = 0;

	for (const char *at = text; *at != '\0'; at += size) {
		long character = words_decode(at, &size);

		if (*at == '\r' && at[1] == '\n')
			continue;	/* how a terminal ends a line */
		if (*at == '\t') {
			fprintf(out, "%*s", 8 - column % 8, "");
			column += 8 - column % 8;
		} else if (*at == '\n') {
			fputc('\n', out);
			column = 0;
		} else if (character == NO_CHARACTER || is_unseen(character)) {
			spell(out, at, character);
			column += 4;
		} else {
			fwrite(at, 1, size, out);
			column += words_width(at, size);
		}
	}
	close_text(out);
	return result;
}

char *
words_repair(const char *text)
{
	char *result = NULL;
	size_t bytes = 0, size;
	FILE *out = open_text(&result, &bytes);

	for (const char *at = text; *at != '\0'; at += size)
		if (words_decode(at, &size) == NO_CHARACTER)
			fputs("\xef\xbf\xbd", out);
		else
			fwrite(at, 1, size, out);
	close_text(out);
	return result;
}

void
print_safely(FILE *out, const char *text)
{
	char *visible = words_visible(text);

	fputs(visible, out);
	free(visible);
}
