/*
 * processes - sessions, groups, processes and terminals as a picture (SVG)
 *
 * Drawn from snapshots alone, one panel below the other: a session is a box
 * with its terminal in the corner, a group a box in it, a process a box in
 * that.  Classes let a page give its own colours (chapters/assets/book.css).
 */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>

#include "language.h"
#include "report/gloss.h"
#include "report/picture.h"
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

struct drawing {
	FILE *out;
	int width, height;
	bool measures;		/* nothing is written yet */
};

static void
print_xml(FILE *out, const char *text)
{
	char *valid = words_repair(text);

	for (const char *c = valid; *c != '\0'; c++) {
		switch (*c) {
		case '&': fputs("&amp;", out); break;
		case '<': fputs("&lt;", out); break;
		case '>': fputs("&gt;", out); break;
		case '"': fputs("&quot;", out); break;
		default: fputc((unsigned char)*c < ' ' ? '?' : *c, out);
		}
	}
	free(valid);
}

static void
draw_box(struct drawing *drawing, const char *class, const int *place,
    int round, const char *light)
{
	if (drawing->measures)
		return;
	fprintf(drawing->out, "<rect class=\"%s\" x=\"%d\" y=\"%d\" "
	    "width=\"%d\" height=\"%d\" rx=\"%d\" %s/>\n", class, place[0],
	    place[1], place[2], place[3], round, light);
}

static void
draw_words(struct drawing *drawing, const char *class, int x, int y,
    const char *style, const char *words)
{
	int right = x + LETTER * words_columns(words) + MARGIN;

	if (right > drawing->width)
		drawing->width = right;
	if (drawing->measures)
		return;
	fprintf(drawing->out, "<text class=\"%s\" x=\"%d\" y=\"%d\" %s>", class,
	    x, y, style);
	print_xml(drawing->out, words);
	fputs("</text>\n", drawing->out);
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
		changed = changed || (panel->cells[i].changed &&
		    (i < PICTURE_IDENTITY || panel->cells[i].ours));
	return panel->after && figure->ours && changed;
}

static void
draw_process(struct drawing *drawing, const struct panel *panel,
    const struct figure *figure, int x, int y)
{
	static const char mono[] = "font-size=\"11.5\" fill=\"#1b2430\" "
	    "font-family=\"ui-monospace, 'JetBrains Mono', 'DejaVu Sans "
	    "Mono', monospace\"";
	const struct process *process = figure->process;
	const int place[] = { x, y, process_width(panel, figure),
		process_height(panel, figure) };
	char *name = text("%s%s", figure->name, figure->gone ? " †" : "");
	char *pid = text("PID %d", process->pid);
	char *parent = text("PPID %d", process->ppid);

	draw_box(drawing, figure->gone ? "gone" : is_changed(panel, figure) ?
	    "process changed" : "process", place, 6, figure->gone ?
	    "fill=\"none\" stroke=\"#4d5a6b\" stroke-dasharray=\"5 4\"" :
	    is_changed(panel, figure) ?
	    "fill=\"#fff3d6\" stroke=\"#a3440a\" stroke-width=\"1.6\"" :
	    "fill=\"#f5f7fa\" stroke=\"#1b2430\"");
	draw_words(drawing, figure->gone ? "faint" : "name", x + PAD, y + 18,
	    "font-weight=\"600\" fill=\"#1b2430\"", name);
	y += HEAD + LINE - 5;
	draw_words(drawing, "fact", x + PAD, y, mono, pid);
	y += LINE;
	draw_words(drawing, "fact", x + PAD, y, mono, figure->gone ?
	    _("has ended") : parent);
	if (leads(figure))
		draw_words(drawing, "faint", x + PAD, y += LINE,
		    "font-size=\"11.5\" fill=\"#4d5a6b\"",
		    _("session leader"));
	for (size_t i = 0; figure->ours && i < panel->cell_count; i++) {
		char *line = fact_line(panel, i);
		if (line != NULL)
			draw_words(drawing, "fact", x + PAD, y += LINE, mono,
			    line);
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
		draw_words(drawing, "faint", x + PAD, y + 17,
		    "font-size=\"12\" fill=\"#4d5a6b\"", words);
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

	draw_box(drawing, none ? "none" : "screen", screen, 2, none ?
	    "fill=\"none\" stroke=\"#4d5a6b\" stroke-dasharray=\"3 2\"" :
	    "fill=\"#10192b\" stroke=\"#4d5a6b\"");
	draw_words(drawing, none ? "faint" : "name", right - width - 1, y + 17,
	    "font-size=\"12\" fill=\"#1b2430\"", words);
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
			draw_box(drawing, "group", place, 7,
			    "fill=\"#fff\" stroke=\"#4d5a6b\"");
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
	draw_box(drawing, first->terminal > 0 ? "session" : "session free",
	    place, 9, first->terminal > 0 ?
	    "fill=\"#eef4ff\" stroke=\"#3565b5\" stroke-width=\"1.4\"" :
	    "fill=\"#eefaf1\" stroke=\"#2b7a46\" stroke-width=\"1.4\"");
	draw_words(drawing, "name", MARGIN + PAD, y + 17,
	    "font-weight=\"600\" fill=\"#1b2430\"", words);
	if (!drawing->measures)
		draw_terminal(drawing, first, drawing->width - MARGIN - PAD, y);
	draw_groups(drawing, panel, first->sid, MARGIN, y + HEAD + 2, &tallest,
	    drawing->measures);
	free(words);
	return y + place[3] + GAP;
}

static int
draw_panel(struct drawing *drawing, struct panel *panel, int y)
{
	draw_words(drawing, "title", MARGIN, y + 15,
	    "font-weight=\"600\" fill=\"#1b2430\"", panel->title);
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
describe_panel(FILE *out, const struct panel *panel)
{
	fprintf(out, "%s. ", panel->title);
	for (size_t i = 0; i < panel->count; i++) {
		const struct figure *figure = &panel->figures[i];
		const struct process *process = figure->process;
		char *terminal = terminal_words(process);
		char *words = figure->gone ?
		    text(_("%s, PID %d, has ended."), figure->name,
		    process->pid) :
		    text(_("%s: PID %d, PPID %d, group %d, session %d, %s."),
		    figure->name, process->pid, process->ppid, process->pgid,
		    process->sid, terminal);
		print_xml(out, words);
		fputc(' ', out);
		free(words);
		free(terminal);
	}
	for (size_t i = 0; i < panel->cell_count; i++) {
		char *line = fact_line(panel, i);
		if (line != NULL) {
			print_xml(out, line);
			fputs(". ", out);
		}
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

static void
print_head(FILE *out, const struct drawing *size, const struct panel *panels,
    const char *step)
{
	fprintf(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" "
	    "class=\"lab-svg\" "
	    "viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" "
	    "aria-labelledby=\"title words\" font-size=\"13\" "
	    "font-family=\"system-ui, Inter, 'DejaVu Sans', sans-serif\">\n",
	    size->width, size->height, size->width, size->height);
	fputs("<title id=\"title\">", out);
	char *title = text(_("Sessions, groups and processes before and "
	    "after %s"), step);
	print_xml(out, title);
	free(title);
	fputs("</title>\n<desc id=\"words\">", out);
	describe_panel(out, &panels[0]);
	describe_panel(out, &panels[1]);
	fputs("</desc>\n", out);
	/* Alone, without a page's colours around it. */
	fputs("<style>@media (prefers-color-scheme: dark) {\n"
	    ".lab-svg text { fill: #e3e8ef }\n"
	    ".lab-svg .faint { fill: #a5b1c2 }\n"
	    ".lab-svg .session { fill: #14233d; stroke: #7fa9ee }\n"
	    ".lab-svg .free { fill: #12281b; stroke: #6cc48a }\n"
	    ".lab-svg .group { fill: #10151d; stroke: #a5b1c2 }\n"
	    ".lab-svg .process { fill: #19212c; stroke: #e3e8ef }\n"
	    ".lab-svg .changed { fill: #3a2a10; stroke: #ffb066 }\n"
	    ".lab-svg .gone { stroke: #a5b1c2 }\n"
	    "}</style>\n", out);
}

/* Twice: what is widest is known when all has been placed. */
static void
draw(FILE *out, struct panel *panels, const char *step)
{
	struct drawing drawing = { .out = out, .width = 0, .measures = true };

	int y = draw_panel(&drawing, &panels[0], MARGIN) + GAP;
	drawing.height = draw_panel(&drawing, &panels[1], y) - GAP + MARGIN;
	drawing.measures = false;
	print_head(out, &drawing, panels, step);
	y = draw_panel(&drawing, &panels[0], MARGIN) + GAP;
	draw_panel(&drawing, &panels[1], y);
	fputs("</svg>\n", out);
}

int
report_processes(FILE *out, const struct observation *earlier,
    const struct observation *seen)
{
	const struct run *now = find_run(seen, "traced");
	const struct run *then = earlier != NULL ? find_run(earlier, "traced") :
	    now;
	struct panel panels[2];
	struct cell *cells;

	if (now == NULL || then == NULL)
		return -1;
	memset(panels, 0, sizeof(panels));
	const struct process *before = fill_panel(&panels[0], then,
	    earlier != NULL ? "after" : "before");
	const struct process *after = fill_panel(&panels[1], now, "after");
	if (before == NULL || after == NULL)
		return -1;
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
	draw(out, panels, seen->step);
	picture_free(cells, count);
	free(other);
	free(title);
	return 0;
}
