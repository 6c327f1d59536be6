/*
 * matrix-svg - the ablation for the book
 *
 * Marks are drawn, not set: no font need have them.
 */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>

#include "language.h"
#include "observe/observation.h"
#include "report/matrix.h"
#include "report/svg.h"
#include "report/words.h"
#include "step.h"

enum {
	WIDTH = 360,		/* a small phone's */
	CELL = 22,
	LEFT = 84, TOP = 92,	/* the grid's corner */
	BELOW = TOP + TECHNIQUES * CELL,
	LEADING = 14,		/* from one line of text to the next */
	ROOM = 58		/* characters that surely fit in a line */
};

struct drawing {
	struct svg *svg;
	double y;		/* the base line of the next line */
};

static const struct svg_look own_line = { .stroke = SVG_BAD, .width = 2 };
static const struct svg_look good_line = { .stroke = SVG_GOOD, .width = 1.6 };

static enum svg_colour
ground_of(enum finding finding)
{
	static const enum svg_colour grounds[] = {
		[FINDING_ABSENT] = SVG_PAPER,
		[FINDING_PASSES] = SVG_GOOD_GROUND,
		[FINDING_OWN] = SVG_BAD_GROUND,
		[FINDING_NEEDS] = SVG_NOTE_GROUND,
		[FINDING_STRAY] = SVG_BAD,
		[FINDING_SKIPPED] = SVG_PAPER,
		[FINDING_BROKEN] = SVG_PAPER,
	};

	return grounds[finding];
}

static void
draw_path(struct svg *svg, const struct svg_look *look, const char *format,
    double x, double y)
{
	char *path = text(format, x, y);

	svg_path(svg, path, look);
	free(path);
}

/* A mark around its middle. */
static void
draw_mark(struct svg *svg, double x, double y, enum finding finding,
    const char *mark)
{
	struct svg_type type = {
		.colour = finding == FINDING_STRAY ? SVG_PAPER :
		    finding == FINDING_NEEDS ? SVG_NOTE : SVG_SOFT,
		.size = 12, .anchor = SVG_MIDDLE, .bold = true,
	};

	switch (finding) {
	case FINDING_OWN:
		draw_path(svg, &own_line, "M%g %gm-4.5 -4.5l9 9m0 -9l-9 9",
		    x, y);
		break;
	case FINDING_PASSES:
		draw_path(svg, &good_line, "M%g %gm-4 0.5l3 3l5.5 -7", x, y);
		break;
	case FINDING_ABSENT:
		svg_circle(svg, x, y, 1.4,
		    &(struct svg_look){ .fill = SVG_SOFT });
		break;
	default:
		svg_text(svg, x, y + 4, &type, mark);
	}
}

/* What a pointer that rests on a pair is told; malloc'ed. */
static char *
tell_pair(const struct ablation *ablation, int without, int check)
{
	enum finding finding = ablation_finding(ablation, without, check);
	const struct mark *mark = matrix_legend;

	if (finding == FINDING_STRAY)
		return matrix_complaint(ablation, without, check);
	if (finding == FINDING_NEEDS)
		return matrix_reason(find_dependence(without, check));
	while (mark->finding != finding)
		mark++;
	return text(_("without %s, check %02d: %s"), steps[without - 1].name,
	    check, _(mark->meaning));
}

static void
draw_cell(struct svg *svg, const struct ablation *ablation, int without,
    int check)
{
	enum finding finding = ablation_finding(ablation, without, check);
	double x = LEFT + (check - 1) * CELL, y = TOP + (without - 1) * CELL;
	char *words = tell_pair(ablation, without, check);

	svg_enter(svg, words);
	svg_rect(svg, x, y, CELL, CELL, &(struct svg_look){
	    .fill = ground_of(finding), .stroke = SVG_RULE, .width = 0.6 });
	draw_mark(svg, x + CELL / 2.0, y + CELL / 2.0, finding,
	    matrix_mark(ablation, without, check));
	svg_leave(svg);
	free(words);
}

static void
draw_names(struct svg *svg)
{
	const struct svg_type row = { .mono = true, .anchor = SVG_END };
	const struct svg_type column = { .mono = true, .turn = -90 };
	const struct svg_type soft = { .colour = SVG_SOFT };
	const struct svg_type soft_end = { .colour = SVG_SOFT,
		.anchor = SVG_END };

	svg_text(svg, LEFT, 16, &soft, _("the check of step"));
	svg_text(svg, LEFT - 6, TOP - 6, &soft_end, _("left out"));
	for (int i = 1; i <= TECHNIQUES; i++) {
		svg_text(svg, LEFT - 6, TOP + i * CELL - 7.5, &row,
		    steps[i - 1].name);
		svg_text(svg, LEFT + i * CELL - 7.5, TOP - 6, &column,
		    steps[i - 1].name);
	}
}

/* Lines of text that begin beside a mark; without svg they are counted. */
static void
draw_lines(struct drawing *drawing, const char *words)
{
	const struct svg_type type = { .colour = SVG_INK };
	struct line line;

	while (words_next(&words, ROOM, &line)) {
		char *one = text("%.*s", line.length, line.start);

		if (drawing->svg != NULL)
			svg_text(drawing->svg, 30, drawing->y, &type, one);
		drawing->y += LEADING;
		free(one);
	}
	drawing->y += 3;
}

static void
draw_entry(struct drawing *drawing, enum finding finding, const char *mark,
    const char *words)
{
	if (drawing->svg != NULL) {
		svg_rect(drawing->svg, 10, drawing->y - 11, 15, 15,
		    &(struct svg_look){ .fill = ground_of(finding),
		    .stroke = SVG_RULE, .width = 0.6, .radius = 2 });
		draw_mark(drawing->svg, 17.5, drawing->y - 3.5, finding,
		    mark);
	}
	draw_lines(drawing, words);
}

/* All that stands below the grid, and where it ends; without svg it is only
 * measured. */
static double
draw_words(struct svg *svg, const struct ablation *ablation)
{
	struct drawing drawing = { svg, BELOW + 24 };

	for (const struct mark *m = matrix_legend; m->mark != NULL; m++)
		if (matrix_tells(ablation, m))
			draw_entry(&drawing, m->finding, m->mark,
			    _(m->meaning));
	drawing.y += 8;
	for (const struct dependence *d = dependences; d->without != 0; d++) {
		const char mark[] = { matrix_letter(d), '\0' };
		char *words = matrix_reason(d);

		draw_entry(&drawing, FINDING_NEEDS, mark, words);
		free(words);
	}
	return drawing.y;
}

/* The picture in words; malloc'ed. */
static char *
describe(const struct ablation *ablation)
{
	char *all = text(_("A table of twelve rows and twelve columns. On the "
	    "diagonal %zu of %d checks fail: each without its own technique. "
	    "Beside it %zu fail, as declared, and %zu must not be."),
	    ablation_count(ablation, FINDING_OWN), TECHNIQUES,
	    ablation_count(ablation, FINDING_NEEDS),
	    ablation_count(ablation, FINDING_STRAY));

	for (const struct dependence *d = dependences; d->without != 0; d++) {
		char *words = matrix_reason(d), *longer = text("%s %s.", all,
		    words);

		free(all);
		free(words);
		all = longer;
	}
	return all;
}

char *
matrix_svg(const struct ablation *ablation)
{
	double height = draw_words(NULL, ablation);
	char *words = describe(ablation);
	char *id = text("ablation-%s", language());
	struct svg *svg = svg_begin(id, language(), WIDTH, (int)height,
	    _("Ablation: the chain of twelve, with one technique left out"),
	    words);

	free(id);
	free(words);
	if (svg == NULL)
		return NULL;
	draw_names(svg);
	for (int without = 1; without <= TECHNIQUES; without++)
		for (int check = 1; check <= TECHNIQUES; check++)
			draw_cell(svg, ablation, without, check);
	draw_words(svg, ablation);
	return svg_end(svg);
}
