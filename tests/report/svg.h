/*
 * svg - a drawing for the book: light and dark, with its text equivalent
 *
 * Colours are named for what they mean.  The light ones are attributes, which
 * every renderer knows; a style sheet inside puts the dark ones in their
 * place where the reader prefers them.  Fonts are generic.  Lengths are in
 * user units, which are pixels at the drawing's own size.  Escaping, and what
 * may stand in XML at all, is libxml2's business.
 */
#ifndef TESTS_REPORT_SVG_H
#define TESTS_REPORT_SVG_H

#include <stdbool.h>

enum svg_colour {
	SVG_NONE,
	SVG_PAPER,		/* the ground of all */
	SVG_INK,		/* what is read first */
	SVG_SOFT,		/* what is read second */
	SVG_RULE,		/* what separates */
	SVG_GOOD, SVG_GOOD_GROUND,
	SVG_BAD, SVG_BAD_GROUND,
	SVG_NOTE, SVG_NOTE_GROUND,
	SVG_COLOURS
};

/* How a shape looks; zero is invisible. */
struct svg_look {
	enum svg_colour fill, stroke;
	double width;		/* of the stroke; 0: 1 */
	double radius;		/* of a rectangle's corners */
	const char *dashes;	/* "4 3"; NULL: none */
};

enum svg_anchor { SVG_START, SVG_MIDDLE, SVG_END };

/* How a text looks; zero is ink at 10, set in a proportional face. */
struct svg_type {
	enum svg_colour colour;	/* SVG_NONE: ink */
	double size;
	enum svg_anchor anchor;
	int turn;		/* degrees, clockwise */
	bool mono, bold;
};

struct svg;

/*
 * A drawing with its name and description for those who don't see it.  `id`
 * must be no other's in the page that the drawing will stand in; `language`
 * is "en" or "fr".  NULL with errno.
 */
struct svg *svg_begin(const char *id, const char *language, int width,
    int height, const char *title, const char *description);

/* What is drawn until svg_leave belongs together; a pointer that rests on it
 * is shown the title, which may be NULL. */
void svg_enter(struct svg *svg, const char *title);
void svg_leave(struct svg *svg);

void svg_rect(struct svg *svg, double x, double y, double width,
    double height, const struct svg_look *look);
void svg_line(struct svg *svg, double x1, double y1, double x2, double y2,
    const struct svg_look *look);
void svg_circle(struct svg *svg, double x, double y, double radius,
    const struct svg_look *look);
/* `path` as SVG writes it: "M1 2 L3 4". */
void svg_path(struct svg *svg, const char *path, const struct svg_look *look);
/* One line of text; x and y are where its base line begins (or SVG_MIDDLE's
 * middle, SVG_END's end). */
void svg_text(struct svg *svg, double x, double y,
    const struct svg_type *type, const char *text);

/* Ends the drawing: the document, malloc'ed; NULL with errno where it could
 * not be made. */
char *svg_end(struct svg *svg);

#endif
