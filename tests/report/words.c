/*
 * words - wraps and paints; see words.h
 */
#define _GNU_SOURCE

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#include "report/words.h"

/* RFC 3629: no overlong form, no surrogate, nothing above U+10FFFF. */
long
words_decode(const char *text, size_t *length)
{
	static const long least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned char first = (unsigned char)*text;
	size_t size = first < 0x80 ? 1 : first < 0xc2 ? 0 :
	    first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
	long value = size < 2 ? first : first & (0x7f >> size);

	*length = 1;
	if (size == 0)
		return NO_CHARACTER;
	for (size_t i = 1; i < size; i++) {
		unsigned char next = (unsigned char)text[i];

		if ((next & 0xc0) != 0x80)
			return NO_CHARACTER;
		value = value << 6 | (next & 0x3f);
	}
	if (value < least[size] || value > 0x10ffff ||
	    (value >= 0xd800 && value <= 0xdfff))
		return NO_CHARACTER;
	*length = size;
	return value;
}

int
words_width(const char *text, size_t length)
{
	int columns = 0;

	for (size_t i = 0, size; i < length; i += size) {
		long character = words_decode(text + i, &size);
		int width = character == NO_CHARACTER ? 1 :
		    wcwidth((wchar_t)character);

		/* Without a UTF-8 locale wcwidth knows only ASCII. */
		columns += width < 0 ? 1 : width;
	}
	return columns;
}

int
words_columns(const char *text)
{
	return words_width(text, strlen(text));
}

bool
words_next(const char **cursor, int room, struct line *line)
{
	const char *start = *cursor, *end = start, *blank = NULL;
	bool full = false, begun = false;
	int used = 0;

	if (*start == '\0')
		return false;
	while (*end != '\0' && *end != '\n') {
		size_t size;

		words_decode(end, &size);
		used += words_width(end, size);
		full = used > room && end > start;
		/* Indentation is no place to break at. */
		if (*end == ' ' && begun)
			blank = end;
		begun = begun || *end != ' ';
		if (full)
			break;
		end += size;
	}
	if (full && blank != NULL)
		end = blank;
	line->start = start;
	line->length = (int)(end - start);
	while (full && line->length > 1 && start[line->length - 1] == ' ')
		line->length--;
	while (full && *end == ' ')
		end++;
	*cursor = *end == '\n' ? end + 1 : end;
	return true;
}

void
words_print(FILE *out, int column, int hang, const char *text)
{
	char *visible = words_visible(text);
	const char *cursor = visible;
	struct line line;
	int indent = 0;

	while (words_next(&cursor, PAGE_WIDTH - column - indent, &line)) {
		bool whole = cursor[-1] == '\n' || *cursor == '\0';

		if (line.start != visible && line.length > 0)
			fprintf(out, "%*s", column + indent, "");
		fprintf(out, "%.*s\n", line.length, line.start);
		indent = whole ? 0 : hang;
	}
	if (*visible == '\0')
		fputc('\n', out);
	free(visible);
}

const struct paint *
words_paint(FILE *out)
{
	static const struct paint none = { "", "", "", "", "", "" };
	static const struct paint colours = { "\033[32m", "\033[1;31m",
		"\033[33m", "\033[1m", "\033[2m", "\033[0m" };
	const char *refused = getenv("NO_COLOR"), *kind = getenv("TERM");
	int descriptor = fileno(out);

	/* no-color.org: present and not empty, whatever its value. */
	if (refused != NULL && *refused != '\0')
		return &none;
	if (kind == NULL || strcmp(kind, "dumb") == 0)
		return &none;
	return descriptor >= 0 && isatty(descriptor) ? &colours : &none;
}
