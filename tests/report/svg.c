/*
 * svg - draws with libxml2's writer; see svg.h
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/chvalid.h>
#include <libxml/xmlwriter.h>

#include "observe/observation.h"
#include "report/svg.h"
#include "report/words.h"

struct svg {
	xmlBuffer *document;
	xmlTextWriter *writer;
	bool failed;
};

static const struct {
	const char *name, *light, *dark;
} palette[SVG_COLOURS] = {
	[SVG_NONE] = { "none", "none", "none" },
	[SVG_PAPER] = { "paper", "#ffffff", "#14181f" },
	[SVG_INK] = { "ink", "#1b1f24", "#e8ebf0" },
	[SVG_SOFT] = { "soft", "#545d69", "#a3adba" },
	[SVG_RULE] = { "rule", "#d3d8df", "#363d48" },
	[SVG_GOOD] = { "good", "#17692e", "#6fcf86" },
	[SVG_GOOD_GROUND] = { "good-ground", "#edf7ef", "#17281c" },
	[SVG_BAD] = { "bad", "#a8171c", "#ff8a84" },
	[SVG_BAD_GROUND] = { "bad-ground", "#fbdedd", "#4a1a1c" },
	[SVG_NOTE] = { "note", "#7a4b00", "#f0bd5c" },
	[SVG_NOTE_GROUND] = { "note-ground", "#fdeecb", "#40300f" },
};

static const char proportional[] = "sans-serif", fixed[] = "monospace";

/* libxml2's characters are unsigned, UTF-8 as ours are. */
static const xmlChar *
xml(const char *words)
{
	return (const xmlChar *)words;
}

/* libxml2's functions return -1 where they could not. */
static void
must(struct svg *svg, int result)
{
	svg->failed = svg->failed || result < 0;
}

/* Others' words may hold bytes, and characters, that XML can't. */
static char *
clean(const char *words)
{
	char *visible = words_visible(words);

	for (size_t i = 0, length; visible[i] != '\0'; i += length) {
		long character = words_decode(visible + i, &length);

		if (!xmlIsCharQ((unsigned)character))
			memset(visible + i, '?', length);
	}
	return visible;
}

static void
begin(struct svg *svg, const char *element)
{
	must(svg, xmlTextWriterStartElement(svg->writer, xml(element)));
}

static void
end(struct svg *svg)
{
	must(svg, xmlTextWriterEndElement(svg->writer));
}

static void
attribute(struct svg *svg, const char *name, const char *value)
{
	must(svg, xmlTextWriterWriteAttribute(svg->writer, xml(name),
	    xml(value)));
}

static void __attribute__((format(printf, 3, 4)))
attribute_of(struct svg *svg, const char *name, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	must(svg, xmlTextWriterWriteVFormatAttribute(svg->writer,
	    xml(name), format, arguments));
	va_end(arguments);
}

static void
number(struct svg *svg, const char *name, double value)
{
	attribute_of(svg, name, "%.6g", value);
}

static void
element_of_text(struct svg *svg, const char *element, const char *id,
    const char *words)
{
	char *valid = clean(words);

	begin(svg, element);
	if (id != NULL)
		attribute(svg, "id", id);
	must(svg, xmlTextWriterWriteString(svg->writer, xml(valid)));
	end(svg);
	free(valid);
}

/* Only the dark colours: the light ones are attributes, which yield to it. */
static void
write_style(struct svg *svg)
{
	begin(svg, "style");
	must(svg, xmlTextWriterWriteString(svg->writer,
	    xml("@media (prefers-color-scheme: dark) {")));
	for (int i = SVG_NONE + 1; i < SVG_COLOURS; i++)
		must(svg, xmlTextWriterWriteFormatString(svg->writer,
		    "\n.lab-svg .fill-%s { fill: %s } "
		    ".lab-svg .line-%s { stroke: %s }", palette[i].name,
		    palette[i].dark, palette[i].name, palette[i].dark));
	must(svg, xmlTextWriterWriteString(svg->writer, xml("\n}")));
	end(svg);
}

static void
write_head(struct svg *svg, const char *id, const char *language, int width,
    int height)
{
	begin(svg, "svg");
	attribute(svg, "xmlns", "http://www.w3.org/2000/svg");
	attribute(svg, "class", "lab-svg");
	attribute(svg, "role", "img");
	attribute_of(svg, "aria-labelledby", "%s-title %s-desc", id, id);
	attribute(svg, "lang", language);
	attribute(svg, "xml:lang", language);
	attribute_of(svg, "viewBox", "0 0 %d %d", width, height);
	attribute_of(svg, "width", "%d", width);
	attribute_of(svg, "height", "%d", height);
	attribute(svg, "font-family", proportional);
}

static void
discard(struct svg *svg)
{
	if (svg->writer != NULL)
		xmlFreeTextWriter(svg->writer);
	if (svg->document != NULL)
		xmlBufferFree(svg->document);
	free(svg);
}

struct svg *
svg_begin(const char *id, const char *language, int width, int height,
    const char *title, const char *description)
{
	struct svg *svg = calloc(1, sizeof(*svg));

	if (svg == NULL)
		return NULL;
	svg->document = xmlBufferCreate();
	svg->writer = svg->document == NULL ? NULL :
	    xmlNewTextWriterMemory(svg->document, 0);
	if (svg->writer == NULL) {
		discard(svg);
		errno = ENOMEM;
		return NULL;
	}
	must(svg, xmlTextWriterSetIndent(svg->writer, 1));
	must(svg, xmlTextWriterStartDocument(svg->writer, NULL, "UTF-8",
	    NULL));
	write_head(svg, id, language, width, height);
	char *named = text("%s-title", id), *told = text("%s-desc", id);
	element_of_text(svg, "title", named, title);
	element_of_text(svg, "desc", told, description);
	free(named);
	free(told);
	write_style(svg);
	svg_rect(svg, 0, 0, width, height,
	    &(struct svg_look){ .fill = SVG_PAPER, .radius = 6 });
	return svg;
}

void
svg_enter(struct svg *svg, const char *title)
{
	begin(svg, "g");
	if (title != NULL)
		element_of_text(svg, "title", NULL, title);
}

void
svg_leave(struct svg *svg)
{
	end(svg);
}

static void
write_look(struct svg *svg, const struct svg_look *look)
{
	const char *fill = palette[look->fill].name;
	const char *line = palette[look->stroke].name;

	attribute_of(svg, "class", "fill-%s line-%s", fill, line);
	attribute(svg, "fill", palette[look->fill].light);
	if (look->stroke == SVG_NONE)
		return;
	attribute(svg, "stroke", palette[look->stroke].light);
	number(svg, "stroke-width", look->width > 0 ? look->width : 1);
	attribute(svg, "stroke-linecap", "round");
	attribute(svg, "stroke-linejoin", "round");
	if (look->dashes != NULL)
		attribute(svg, "stroke-dasharray", look->dashes);
}

void
svg_rect(struct svg *svg, double x, double y, double width, double height,
    const struct svg_look *look)
{
	begin(svg, "rect");
	number(svg, "x", x);
	number(svg, "y", y);
	number(svg, "width", width);
	number(svg, "height", height);
	if (look->radius > 0)
		number(svg, "rx", look->radius);
	write_look(svg, look);
	end(svg);
}

void
svg_line(struct svg *svg, double x1, double y1, double x2, double y2,
    const struct svg_look *look)
{
	begin(svg, "line");
	number(svg, "x1", x1);
	number(svg, "y1", y1);
	number(svg, "x2", x2);
	number(svg, "y2", y2);
	write_look(svg, look);
	end(svg);
}

void
svg_circle(struct svg *svg, double x, double y, double radius,
    const struct svg_look *look)
{
	begin(svg, "circle");
	number(svg, "cx", x);
	number(svg, "cy", y);
	number(svg, "r", radius);
	write_look(svg, look);
	end(svg);
}

void
svg_path(struct svg *svg, const char *path, const struct svg_look *look)
{
	begin(svg, "path");
	attribute(svg, "d", path);
	write_look(svg, look);
	end(svg);
}

void
svg_text(struct svg *svg, double x, double y, const struct svg_type *type,
    const char *words)
{
	static const char *const anchors[] = { "start", "middle", "end" };
	enum svg_colour colour = type->colour == SVG_NONE ? SVG_INK :
	    type->colour;
	char *valid = clean(words);

	begin(svg, "text");
	number(svg, "x", x);
	number(svg, "y", y);
	attribute_of(svg, "class", "fill-%s", palette[colour].name);
	attribute(svg, "fill", palette[colour].light);
	number(svg, "font-size", type->size > 0 ? type->size : 10);
	if (type->anchor != SVG_START)
		attribute(svg, "text-anchor", anchors[type->anchor]);
	if (type->turn != 0)
		attribute_of(svg, "transform", "rotate(%d %.6g %.6g)",
		    type->turn, x, y);
	if (type->mono)
		attribute(svg, "font-family", fixed);
	if (type->bold)
		attribute(svg, "font-weight", "bold");
	must(svg, xmlTextWriterWriteString(svg->writer, xml(valid)));
	end(svg);
	free(valid);
}

char *
svg_end(struct svg *svg)
{
	must(svg, xmlTextWriterEndDocument(svg->writer));
	must(svg, xmlTextWriterFlush(svg->writer));
	char *document = svg->failed ? NULL :
	    strdup((const char *)xmlBufferContent(svg->document));

	discard(svg);
	if (document == NULL)
		errno = ENOMEM;
	return document;
}
