/*
 * processes - sessions, groups, processes and terminals as a picture (SVG)
 *
 * Drawn from snapshots alone, one panel below the other: a session is a box
 * with its terminal in the corner, a group a box in it, a process a box in
 * that.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "language.h"
#include "report/gloss.h"
#include "report/picture.h"
#include "report/svg.h"
#include "report/words.h"

enum {
	MOST_PROCESSES = 16,
	MARGIN = 8,		/* around the picture */
	PAD = 10,		/* between a box and what it holds */
	GAP = 12,		/* between boxes */
	HEAD = 24,		/* a line of a box's own words */
	LINE = 16,		/* a line of a process's facts */
	NARROWEST = 118,	/* a process */
	LETTER = 7		/* about the width of one, rounded up */
};

/* A process, or what is left of the memory of one. */
struct figure {
	const struct process *process;
	const char *name;
	bool gone;		/* it has ended since */
	bool ours;		/* the step's own */
	bool drawn;
};

struct panel {
	const char *title;
	struct figure figures[MOST_PROCESSES];
	size_t count;
	const struct cell *cells;	/* what the step is about */
	size_t cell_count;
	bool after;
};

/* How far it reaches; where it is drawn, or NULL while it is measured. */
struct drawing {
	struct svg *svg;
	int width, height;
};

static const struct svg_type strong = { .size = 13, .bold = true },
    normal = { .size = 12 }, soft = { .size = 12, .colour = SVG_SOFT },
    fact = { .size = 11.5, .mono = true };

static const struct svg_look process_look = { SVG_PAPER, SVG_INK, 1, 6, NULL },
    changed_look = { SVG_NOTE_GROUND, SVG_NOTE, 1.6, 6, NULL },
    gone_look = { SVG_NONE, SVG_SOFT, 1, 6, "5 4" },
    group_look = { SVG_PAPER, SVG_SOFT, 1, 7, NULL },
    session_look = { SVG_NONE, SVG_INK, 1.4, 9, NULL },
    free_look = { SVG_GOOD_GROUND, SVG_GOOD, 1.4, 9, NULL },
    screen_look = { SVG_INK, SVG_SOFT, 1, 2, NULL },
    no_screen_look = { SVG_NONE, SVG_SOFT, 1, 2, "3 2" };

static void
draw_box(struct drawing *drawing, const int *place,
    const struct svg_look *look)
{
	if (drawing->svg != NULL)
		svg_rect(drawing->svg, place[0], place[1], place[2], place[3],
		    look);
}

static void
draw_words(struct drawing *drawing, int x, int y, const struct svg_type *type,
    const char *words)
{
	int right = x + LETTER * words_columns(words) + MARGIN;

	if (right > drawing->width)
		drawing->width = right;
	if (drawing->svg != NULL)
		svg_text(drawing->svg, x, y, type, words);
}

/* The words of a terminal, without those of its number. */
static char *
terminal_words(const struct process *process)
{
	unsigned number = (unsigned)process->terminal;

	if (process->terminal <= 0)
		return text("%s", _("no terminal"));
	return text("pts/%u", (number & 0xff) | (number >> 12 & 0xfff00));
}

/* One line of a process's box; malloc'ed, NULL where there is none.  An
 * inode's number is another one each time, and says nothing. */
static char *
fact_line(const struct panel *panel, size_t index)
{
	const struct cell *cell = &panel->cells[index];
	const char *value = panel->after ? cell->after : cell->before;
	int length;

	if (index < PICTURE_IDENTITY || !cell->ours || value == NULL)
		return NULL;
	length = (int)strcspn(value, "[");
	if (value[length] == '\0')
		return text(_("%s: %s"), cell->label, value);
	return text(_("%s: %.*s%s"), cell->label, length - (value[length - 1] ==
	    ':'), value, value + length + strcspn(value + length, "]") + 1);
}

static bool
leads(const struct figure *figure)
{
	return figure->process->pid == figure->process->sid;
}

static int
process_width(const struct panel *panel, const struct figure *figure)
{
	int width = NARROWEST;

	for (size_t i = 0; figure->ours && i < panel->cell_count; i++) {
		char *line = fact_line(panel, i);
		int needs = line == NULL ? 0 :
		    LETTER * words_columns(line) + 2 * PAD;
		width = needs > width ? needs : width;
		free(line);
	}
	return width;
}

static int
process_height(const struct panel *panel, const struct figure *figure)
{
	int height = HEAD + (leads(figure) ? 3 : 2) * LINE + PAD / 2;

	for (size_t i = 0; figure->ours && i < panel->cell_count; i++) {
		char *line = fact_line(panel, i);
		height += line == NULL ? 0 : LINE;
		free(line);
	}
	return height;
}

static bool
is_changed(const struct panel *panel, const struct figure *figure)
{
	bool changed = false;

	for (size_t i = 0; i < panel->cell_count; i++)
		changed = changed || ((i < PICTURE_IDENTITY ||
		    panel->cells[i].ours) && panel->cells[i].changed);
	return panel->after && figure->ours && changed;
}

static void
draw_process(struct drawing *drawing, const struct panel *panel,
    const struct figure *figure, int x, int y)
{
	const struct process *process = figure->process;
	const int place[] = { x, y, process_width(panel, figure),
		process_height(panel, figure) };
	char *name = text("%s%s", figure->name, figure->gone ? " †" : "");
	char *pid = text("PID %d", process->pid);
	char *parent = text("PPID %d", process->ppid);

	draw_box(drawing, place, figure->gone ? &gone_look :
	    is_changed(panel, figure) ? &changed_look : &process_look);
	draw_words(drawing, x + PAD, y + 18, &strong, name);
	y += HEAD + LINE - 5;
	draw_words(drawing, x + PAD, y, &fact, pid);
	y += LINE;
	draw_words(drawing, x + PAD, y, figure->gone ? &soft : &fact,
	    figure->gone ? _("has ended") : parent);
	if (leads(figure))
		draw_words(drawing, x + PAD, y += LINE, &soft,
		    _("session leader"));
	for (size_t i = 0; figure->ours && i < panel->cell_count; i++) {
		char *line = fact_line(panel, i);
		if (line != NULL)
			draw_words(drawing, x + PAD, y += LINE, &fact, line);
		free(line);
	}
	free(parent);
	free(pid);
	free(name);
}

/* One group from its first process on; its width, `*height` its height. */
static int
draw_group(struct drawing *drawing, struct panel *panel,
    const struct process *first, int x, int y, int *height, bool dry)
{
	char *words = text(_("group %d"), first->pgid);
	int width = PAD, tallest = 0;

	for (size_t i = 0; i < panel->count; i++) {
		struct figure *figure = &panel->figures[i];
		if (figure->process->pgid != first->pgid ||
		    figure->process->sid != first->sid)
			continue;
		figure->drawn = true;
		if (process_height(panel, figure) > tallest)
			tallest = process_height(panel, figure);
		if (!dry)
			draw_process(drawing, panel, figure, x + width,
			    y + HEAD);
		width += process_width(panel, figure) + PAD;
	}
	*height = HEAD + tallest + PAD;
	if (!dry)
		draw_words(drawing, x + PAD, y + 17, &soft, words);
	free(words);
	return width;
}

/* A small screen, and which terminal it is. */
static void
draw_terminal(struct drawing *drawing, const struct process *process,
    int right, int y)
{
	char *words = terminal_words(process);
	bool none = process->terminal <= 0;
	int width = LETTER * words_columns(words);
	const int screen[] = { right - width - 24, y + 6, 17, 13 };

	draw_box(drawing, screen, none ? &no_screen_look : &screen_look);
	draw_words(drawing, right - width - 1, y + 17, none ? &soft : &normal,
	    words);
	free(words);
}

/* The groups of a session, beside each other. */
static int
draw_groups(struct drawing *drawing, struct panel *panel, int sid, int x,
    int y, int *tallest, bool dry)
{
	int width = PAD, height;

	for (size_t i = 0; i < panel->count; i++)
		panel->figures[i].drawn = false;
	for (size_t i = 0; i < panel->count; i++) {
		const struct figure *figure = &panel->figures[i];
		if (figure->process->sid != sid || figure->drawn)
			continue;
		int one = draw_group(drawing, panel, figure->process,
		    x + width, y, &height, true);
		const int place[] = { x + width, y, one, height };
		if (!dry) {
			draw_box(drawing, place, &group_look);
			draw_group(drawing, panel, figure->process, x + width,
			    y, &height, false);
		}
		*tallest = height > *tallest ? height : *tallest;
		width += one + PAD;
	}
	return width;
}

/* Returns the y below it. */
static int
draw_session(struct drawing *drawing, struct panel *panel,
    const struct process *first, int y)
{
	char *words = text(_("session %d"), first->sid);
	int tallest = 0;
	int width = draw_groups(drawing, panel, first->sid, MARGIN, y,
	    &tallest, true);
	const int place[] = { MARGIN, y, drawing->width - 2 * MARGIN,
		HEAD + 2 + tallest + PAD };

	if (width + 2 * MARGIN > drawing->width)
		drawing->width = width + 2 * MARGIN;
	draw_box(drawing, place, first->terminal > 0 ? &session_look :
	    &free_look);
	draw_words(drawing, MARGIN + PAD, y + 17, &strong, words);
	if (drawing->svg != NULL)
		draw_terminal(drawing, first, drawing->width - MARGIN - PAD, y);
	draw_groups(drawing, panel, first->sid, MARGIN, y + HEAD + 2, &tallest,
	    drawing->svg == NULL);
	free(words);
	return y + place[3] + GAP;
}

static int
draw_panel(struct drawing *drawing, struct panel *panel, int y)
{
	draw_words(drawing, MARGIN, y + 15, &strong, panel->title);
	y += HEAD;
	for (size_t i = 0; i < panel->count; i++) {
		const struct process *process = panel->figures[i].process;
		bool known = false;
		for (size_t j = 0; j < i; j++)
			known = known ||
			    panel->figures[j].process->sid == process->sid;
		if (!known)
			y = draw_session(drawing, panel, process, y);
	}
	return y;
}

/* --- in words, for who does not see it ----------------------------------- */

static void
add_sentence(char **all, char *sentence)
{
	char *longer = text("%s%s%s", *all, **all != '\0' ? " " : "",
	    sentence);

	free(sentence);
	free(*all);
	*all = longer;
}

static void
describe_panel(char **all, const struct panel *panel)
{
	add_sentence(all, text("%s.", panel->title));
	for (size_t i = 0; i < panel->count; i++) {
		const struct figure *figure = &panel->figures[i];
		const struct process *process = figure->process;
		char *terminal = terminal_words(process);
		add_sentence(all, figure->gone ?
		    text(_("%s, PID %d, has ended."), figure->name,
		    process->pid) :
		    text(_("%s: PID %d, PPID %d, group %d, session %d, %s."),
		    figure->name, process->pid, process->ppid, process->pgid,
		    process->sid, terminal));
		free(terminal);
	}
	for (size_t i = 0; i < panel->cell_count; i++) {
		char *line = fact_line(panel, i);
		if (line != NULL)
			add_sentence(all, text("%s.", line));
		free(line);
	}
}

/* --- what is in a panel -------------------------------------------------- */

static struct figure *
add_figure(struct panel *panel, const struct process *process)
{
	if (process == NULL || panel->count == MOST_PROCESSES)
		return NULL;
	for (size_t i = 0; i < panel->count; i++)
		if (panel->figures[i].process->pid == process->pid)
			return NULL;
	panel->figures[panel->count] = (struct figure){ .process = process,
		.name = process->comm };
	return &panel->figures[panel->count++];
}

/* Where it had been, and under the name that it had at its end. */
static void
add_memory(struct panel *panel, const struct process *process,
    const char *name)
{
	struct figure *figure = add_figure(panel, process);

	if (figure == NULL)
		return;
	figure->name = name;
	figure->gone = true;
}

static bool
has_ended(const struct run *run, int pid)
{
	for (size_t i = 0; i < run->ending_count; i++)
		if (run->endings[i].pid == pid)
			return true;
	return false;
}

/* The shell, the launcher or its memory, and the process of the step. */
static const struct process *
fill_panel(struct panel *panel, const struct run *run, const char *moment)
{
	const struct start *start = find_start(run, "first");
	const struct snapshot *begun = find_snapshot(run, "before");
	const struct snapshot *shot = find_snapshot(run, moment);

	if (start == NULL || begun == NULL || shot == NULL)
		return NULL;
	int subject = shot == begun ? start->launcher : start->daemon;
	add_figure(panel, find_process(shot, start->shell));
	for (size_t i = 0; i < shot->process_count; i++) {
		const struct process *process = &shot->processes[i];
		if (strcmp(process->role, "program") != 0)
			continue;
		struct figure *figure = add_figure(panel, process);
		if (figure != NULL)
			figure->ours = process->pid == subject;
	}
	const struct process *launcher = find_process(begun, start->launcher);
	if (launcher != NULL)
		add_memory(panel, launcher, launcher->comm);
	return find_process(shot, subject);
}

/* Twice: what is widest is known when all has been placed. */
static char *
draw(struct panel *panels, const char *step)
{
	struct drawing drawing = { .svg = NULL };
	char *words = text("%s", "");
	char *title = text(_("Sessions, groups and processes before and "
	    "after %s"), step);
	char *id = text("step-%s", step);

	int y = draw_panel(&drawing, &panels[0], MARGIN) + GAP;
	drawing.height = draw_panel(&drawing, &panels[1], y) - GAP + MARGIN;
	describe_panel(&words, &panels[0]);
	describe_panel(&words, &panels[1]);
	drawing.svg = svg_begin(id, language(), drawing.width, drawing.height,
	    title, words);
	if (drawing.svg != NULL) {
		draw_panel(&drawing, &panels[0], MARGIN);
		draw_panel(&drawing, &panels[1], y);
	}
	free(id);
	free(title);
	free(words);
	return drawing.svg == NULL ? NULL : svg_end(drawing.svg);
}

char *
processes_svg(const struct observation *earlier,
    const struct observation *seen)
{
	const struct run *now = find_run(seen, "traced");
	const struct run *then = earlier != NULL ? find_run(earlier, "traced") :
	    now;
	struct panel panels[2];
	struct cell *cells;

	errno = ENODATA;
	if (now == NULL || then == NULL)
		return NULL;
	memset(panels, 0, sizeof(panels));
	const struct process *before = fill_panel(&panels[0], then,
	    earlier != NULL ? "after" : "before");
	const struct process *after = fill_panel(&panels[1], now, "after");
	if (before == NULL || after == NULL)
		return NULL;
	size_t count = picture_cells(number_of_step(seen->step), before, after,
	    &cells);
	panels[1].after = true;
	/* PIDs are the same: the one that led the session, and has ended. */
	if (earlier != NULL && has_ended(now, before->pid))
		add_memory(&panels[1], before, seen->step);
	for (size_t i = 0; i < 2; i++) {
		panels[i].cells = cells;
		panels[i].cell_count = count;
	}
	char *title = text(_("Before %s"), seen->step);
	panels[0].title = title;
	char *other = text(_("After %s"), seen->step);
	panels[1].title = other;
	char *document = draw(panels, seen->step);
	picture_free(cells, count);
	free(other);
	free(title);
	return document;
}
