/*
 * picture - the process before and after, cell by cell
 *
 * Before is the program at its execve, after is the daemon when it waits.
 * What differs is marked '*', and the rows that the step is about '>'.
 */
#define _GNU_SOURCE

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "language.h"
#include "report/gloss.h"
#include "report/picture.h"
#include "report/report.h"
#include "report/words.h"

struct table {
	FILE *out;
	const struct paint *paint;
	int step;
	const struct process *before, *after;
	struct cell *cells;
	size_t count;
	int label;		/* columns of the widest label */
};

/* Who writes a cell: one side of a row, malloc'ed. */
typedef char *writer(const struct process *);

static char *
join(char *list, const char *format, int number)
{
	char *word = text(format, number);
	char *longer = text("%s%s%s", list, *list != '\0' ? " " : "", word);

	free(word);
	free(list);
	return longer;
}

static char *
write_number(int number)
{
	return number < 0 ? text("%s", _("unknown")) : text("%d", number);
}

static char *
write_pid(const struct process *process)
{
	return write_number(process->pid);
}

static char *
write_ppid(const struct process *process)
{
	return write_number(process->ppid);
}

static char *
write_pgid(const struct process *process)
{
	return write_number(process->pgid);
}

static char *
write_sid(const struct process *process)
{
	return write_number(process->sid);
}

/* The device number of proc(5)'s tty_nr, as ps(1) would name it. */
static char *
write_terminal(const struct process *process)
{
	unsigned number = (unsigned)process->terminal;
	unsigned major = number >> 8 & 0xfff;
	unsigned minor = (number & 0xff) | (number >> 12 & 0xfff00);

	if (process->terminal == 0)
		return text("? (%s)", _("none"));
	if (process->terminal < 0)
		return text("%s", _("unknown"));
	if (major >= 136 && major <= 143)
		return text("pts/%u", (major - 136) * 256 + minor);
	if (major == 4 && minor < 64)
		return text("tty%u", minor);
	return text("%u:%u", major, minor);
}

static char *
write_state(const struct process *process)
{
	return text("%s%s", process->state != NULL ? process->state : "?",
	    process->sid == process->pid ? "s" : "");
}

static char *
write_name(const struct process *process)
{
	return text("%s", process->comm != NULL ? process->comm : "?");
}

static char *
write_cwd(const struct process *process)
{
	return text(process->cwd_outside ? _("%s (outside its root)") : "%s",
	    process->cwd != NULL ? process->cwd : "?");
}

static char *
write_root(const struct process *process)
{
	return text("%s", process->root != NULL ? process->root : "?");
}

static char *
write_mask(const struct process *process)
{
	return process->mask < 0 ? text("%s", _("unknown")) :
	    text("%04o", (unsigned)process->mask);
}

/* One id where all four are the same, which is the rule. */
static char *
write_ids(const int *ids, size_t count)
{
	char *list = text("%s", count > 0 ? "" : _("unknown"));
	bool same = true;

	for (size_t i = 1; i < count; i++)
		same = same && ids[i] == ids[0];
	for (size_t i = 0; i < count && (i == 0 || !same); i++)
		list = join(list, "%d", ids[i]);
	return list;
}

static char *
write_uids(const struct process *process)
{
	return write_ids(process->uids, process->uid_count);
}

static char *
write_gids(const struct process *process)
{
	return write_ids(process->gids, process->gid_count);
}

static char *
write_groups(const struct process *process)
{
	char *list = text("%s", "");

	for (size_t i = 0; i < process->group_count; i++)
		list = join(list, "%d", process->groups[i]);
	if (*list != '\0')
		return list;
	free(list);
	return text("%s", _("none"));
}

/* The effective set; the names would fill the page for root. */
static char *
write_capabilities(const struct process *process)
{
	const char *set = process->capabilities[2];

	if (set == NULL)
		return text("%s", _("unknown"));
	if (strspn(set, "0") == strlen(set))
		return text("%s", _("none"));
	/* Every bit up to the kernel's last capability: 36 are older than
	 * what this runs on. */
	unsigned long long bits = strtoull(set, NULL, 16);
	if ((bits & (bits + 1)) == 0 && bits >> 36 != 0)
		return text("%s", _("all"));
	return text("%s", set);
}

static char *
write_signals(const char *set)
{
	unsigned long long bits = set != NULL ? strtoull(set, NULL, 16) : 0;
	char *list = text("%s", ""), *longer;

	for (int number = 1; number <= 64; number++) {
		const char *name = sigabbrev_np(number);

		if ((bits >> (number - 1) & 1) == 0)
			continue;
		if (name == NULL) {	/* a real-time signal */
			list = join(list, "%d", number);
			continue;
		}
		longer = text("%s%s%s", list, *list != '\0' ? " " : "", name);
		free(list);
		list = longer;
	}
	if (*list != '\0')
		return list;
	free(list);
	return text("%s", set != NULL ? _("none") : _("unknown"));
}

static char *
write_caught(const struct process *process)
{
	return write_signals(process->caught);
}

static char *
write_ignored(const struct process *process)
{
	return write_signals(process->ignored);
}

static char *
write_blocked(const struct process *process)
{
	return write_signals(process->blocked);
}

static char *
write_descriptor(const struct descriptor *descriptor)
{
	static const char *const modes[] = { " r", " w", " rw", "" };

	if (descriptor == NULL)
		return text("%s", _("closed"));
	return text("%s%s%s%s",
	    descriptor->target != NULL ? descriptor->target : "?",
	    descriptor->flags < 0 ? "" :
	    modes[descriptor->flags & O_ACCMODE],
	    descriptor->lock != NULL ? " " : "",
	    descriptor->lock != NULL ? _("locked") : "");
}

/* The rows, and the steps that change them: bit N stands for step N. */
#define STEP(number) (1u << (number))

static const struct {
	const char *label;
	writer *write;
	unsigned steps;
} rows[] = {
	{ "PID", write_pid, STEP(1) | STEP(3) },
	{ "PPID", write_ppid, STEP(1) },
	{ "PGID", write_pgid, STEP(2) },
	{ "SID", write_sid, STEP(2) | STEP(3) },
	{ "TTY", write_terminal, STEP(2) },
	{ "STAT", write_state, 0 },
	{ N_("name"), write_name, 0 },
	{ N_("directory"), write_cwd, STEP(6) | STEP(11) },
	{ N_("root"), write_root, STEP(11) },
	{ "umask", write_mask, STEP(7) },
	{ N_("user"), write_uids, STEP(12) },
	{ N_("group"), write_gids, STEP(12) },
	{ N_("other groups"), write_groups, STEP(12) },
	{ N_("capabilities"), write_capabilities, STEP(12) },
	{ N_("caught"), write_caught, STEP(9) },
	{ N_("ignored"), write_ignored, STEP(9) },
	{ N_("blocked"), write_blocked, STEP(9) },
};

/* Takes the strings over. */
static struct cell *
add_cell(struct table *table, char *label, char *before, char *after)
{
	struct cell *cell = observation_add(table, cells, count);
	int columns = words_columns(label);

	cell->label = label;
	cell->before = before;
	cell->after = after;
	cell->changed = after != NULL && strcmp(before, after) != 0;
	if (columns > table->label)
		table->label = columns;
	return cell;
}

static void
add_rows(struct table *table)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct cell *cell = add_cell(table,
		    text("%s", _(rows[i].label)),
		    rows[i].write(table->before), table->after != NULL ?
		    rows[i].write(table->after) : NULL);

		cell->ours = rows[i].steps >> table->step & 1;
		/* Running or sleeping is chance; leading a session is not. */
		if (rows[i].write == write_state && table->after != NULL)
			cell->changed =
			    (table->before->sid == table->before->pid) !=
			    (table->after->sid == table->after->pid);
	}
}

static bool
concerns(int step, int number, const struct descriptor *before,
    const struct descriptor *after)
{
	bool locked = after != NULL && after->lock != NULL;

	switch (step) {
	case 4:
		return true;
	case 5:
		return number <= 2;
	case 8:
		return locked;
	case 10:
		return before == NULL && !locked;
	default:
		return false;
	}
}

static void
add_descriptor(struct table *table, int number)
{
	const struct descriptor *before, *after = NULL;
	struct cell *cell;

	before = find_descriptor(table->before, number);
	if (table->after != NULL)
		after = find_descriptor(table->after, number);
	cell = add_cell(table, text(_("descriptor %d"), number),
	    write_descriptor(before),
	    table->after != NULL ? write_descriptor(after) : NULL);
	cell->ours = concerns(table->step, number, before, after);
}

/* The lowest number above `last` that either side has open, or -1. */
static int
next_number(const struct table *table, int last)
{
	const struct process *sides[] = { table->before, table->after };
	int next = -1;

	for (size_t i = 0; i < 2; i++)
		for (size_t j = 0; sides[i] != NULL &&
		    j < sides[i]->descriptor_count; j++) {
			int number = sides[i]->descriptors[j].number;

			if (number > last && (next < 0 || number < next))
				next = number;
		}
	return next;
}

static void
print_side(const struct table *table, bool shown, const struct line *line,
    int room)
{
	int length = shown ? line->length : 0;
	int used = words_width(line->start, (size_t)length);

	fprintf(table->out, "%.*s%*s", length, line->start,
	    room > used ? room - used : 0, "");
}

/* Cells wrap in their own column, whole: a path may be long. */
static void
print_cell(const struct table *table, const struct cell *cell)
{
	char *left = words_visible(cell->before);
	char *right = words_visible(cell->after != NULL ? cell->after : "");
	const char *one = left, *other = right;
	/* "> label  left  * right": what is left is shared by two. */
	int room = (PAGE_WIDTH - table->label - 8) / 2;
	struct line line = { "", 0 }, second = { "", 0 };
	bool first = true;

	for (;; first = false) {
		bool begun = words_next(&one, room, &line);
		bool again = words_next(&other, room, &second);

		if (!begun && !again && !first)
			break;
		fprintf(table->out, "%c %s%*s  ",
		    cell->ours && first ? '>' : ' ', first ? cell->label : "",
		    table->label - (first ? words_columns(cell->label) : 0),
		    "");
		print_side(table, begun, &line, again ? room : 0);
		if (again)
			fprintf(table->out, " %s%c ", cell->changed ?
			    table->paint->strong : "",
			    cell->changed && first ? '*' : ' ');
		print_side(table, again, &second, 0);
		fprintf(table->out, "%s\n", cell->changed ?
		    table->paint->plain : "");
	}
	free(right);
	free(left);
}

static void
print_head(const struct table *table)
{
	const struct cell head = {
		.label = text("%s", ""),
		.before = text("%s", _("before")),
		.after = table->after != NULL ? text("%s", _("after")) : NULL,
	};

	print_cell(table, &head);
	free(head.label);
	free(head.before);
	free(head.after);
}

static void
fill_table(struct table *table)
{
	add_rows(table);
	for (int i = next_number(table, -1); i >= 0; i = next_number(table, i))
		add_descriptor(table, i);
}

size_t
picture_cells(int step, const struct process *before,
    const struct process *after, struct cell **cells)
{
	struct table table = { .step = step, .before = before, .after = after };

	fill_table(&table);
	*cells = table.cells;
	return table.count;
}

void
picture_free(struct cell *cells, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free(cells[i].label);
		free(cells[i].before);
		free(cells[i].after);
	}
	free(cells);
}

static void
print_table(struct table *table)
{
	fill_table(table);
	print_head(table);
	for (size_t i = 0; i < table->count; i++)
		print_cell(table, &table->cells[i]);
	picture_free(table->cells, table->count);
}

static void
print_caption(const struct table *table, const struct observation *seen)
{
	const char *subject = step_subject(table->step);
	char *caption;

	fprintf(table->out, "%s%s%s\n", table->paint->strong, seen->step,
	    table->paint->plain);
	if (subject == NULL)
		return;
	/* TRANSLATORS: what a step is about, e.g. "its umask". */
	caption = text(_("> is what this step is about: %s.  * has changed."),
	    subject);
	words_print(table->out, 0, 0, caption);
	fputc('\n', table->out);
	free(caption);
}

/* As a shell would tell it. */
static char *
status_sentence(int pid, int status)
{
	const char *name;

	if (WIFEXITED(status))
		return text(_("PID %d has ended with status %d."), pid,
		    WEXITSTATUS(status));
	name = sigabbrev_np(WTERMSIG(status));
	return text(_("PID %d was killed by SIG%s."), pid,
	    name != NULL ? name : "?");
}

static void
print_ending(const struct table *table, int pid, int status)
{
	char *sentence = status_sentence(pid, status);

	words_print(table->out, 0, 0, sentence);
	free(sentence);
}

/* The launcher has long said 0 when a later process of it fails. */
static void
print_endings(const struct table *table, const struct run *run,
    const struct start *start)
{
	if (start->ended && start->status >= 0)
		print_ending(table, start->launcher, start->status);
	for (size_t i = 0; i < run->ending_count; i++) {
		const struct ending *ending = &run->endings[i];

		if (ending->pid > start->launcher && ending->status != 0 &&
		    !(WIFSIGNALED(ending->status) &&
		    WTERMSIG(ending->status) == SIGKILL))
			print_ending(table, ending->pid, ending->status);
	}
}

static void
print_words_of(const struct table *table, const struct run *run,
    const struct start *start)
{
	if (start->output != NULL && *start->output != '\0') {
		words_print(table->out, 0, 0, _("It said:"));
		fputs("    ", table->out);
		words_print(table->out, 4, 0, start->output);
	}
	for (size_t i = 0; i < run->message_count; i++) {
		if (i == 0)
			words_print(table->out, 0, 0, _("It told syslog:"));
		fputs("    ", table->out);
		words_print(table->out, 4, 0, run->messages[i].line != NULL ?
		    run->messages[i].line : "");
	}
}

static const struct process *
find_in(const struct run *run, const char *moment, int pid)
{
	const struct snapshot *snapshot = find_snapshot(run, moment);

	if (snapshot == NULL || pid <= 0)
		return NULL;
	return find_process(snapshot, pid);
}

static void
print_no_daemon(const struct table *table, const struct run *run,
    const struct start *start)
{
	words_print(table->out, 0, 0, table->before == NULL ?
	    _("The program was not seen.") :
	    _("There is no after: no process of the program goes on."));
	if (run->timeout != NULL)
		words_print(table->out, 0, 0, run->timeout);
	print_endings(table, run, start);
	print_words_of(table, run, start);
}

/* Says why there is nothing to show; false where there is something. */
static bool
is_nothing(FILE *out, const struct run *run, const struct start *start)
{
	const char *reason;

	if (run == NULL)
		reason = _("Nothing was seen.");
	else if (run->skipped != NULL)
		reason = run->skipped;
	else if (run->fault != NULL)
		reason = run->fault;
	else if (start == NULL)
		reason = _("The program was not started.");
	else
		return false;
	words_print(out, 0, 0, reason);
	return true;
}

void
report_picture(FILE *out, const struct observation *seen)
{
	const struct run *run = find_run(seen, "traced");
	const struct start *start = run != NULL ?
	    find_start(run, "first") : NULL;
	struct table table = { .out = out, .paint = words_paint(out),
		.step = number_of_step(seen->step) };

	print_caption(&table, seen);
	if (is_nothing(out, run, start))
		return;
	table.before = find_in(run, "before", start->launcher);
	table.after = find_in(run, "after", start->daemon);
	if (table.before != NULL)
		print_table(&table);
	if (table.before == NULL || table.after == NULL) {
		fputc('\n', out);
		print_no_daemon(&table, run, start);
	}
}
