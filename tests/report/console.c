/*
 * console - the verdicts for a person: what failed whole, the rest in short
 */
#define _GNU_SOURCE

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "language.h"
#include "report/report.h"
#include "report/words.h"
#include "step.h"

enum {
	INDENT = 6,		/* of the labels below a failure */
	CROWD = 2		/* more of one cause than this are counted */
};

struct page {
	FILE *out;
	const struct paint *paint;
	const struct result *result;
	int mark;		/* columns of the widest mark */
	int label;		/* columns of the widest label */
};

enum label { EXPECTED, FOUND, EVIDENCE, WHY, NEXT, LABELS };

/* Wider in French: the columns are computed, never counted by hand. */
static const char *const labels[LABELS] = {
	N_("expected"), N_("found"), N_("evidence"), N_("why?"), N_("next"),
};

static const char *const marks[] = {
	[STATUS_PASS] = N_("ok"),
	[STATUS_FAIL] = N_("FAIL"),
	[STATUS_SKIP] = N_("skip"),
	[STATUS_ERROR] = N_("ERROR"),
	[STATUS_ADVICE] = N_("tip"),
};

static int
wider(int most, const char *word)
{
	int columns = words_columns(_(word));

	return columns > most ? columns : most;
}

/* Of the marks that occur, so that a short list stays narrow. */
static int
widest_mark(const struct result *result)
{
	int most = wider(0, marks[STATUS_FAIL]);

	for (size_t i = 0; i < result->count; i++)
		most = wider(most, marks[result->verdicts[i].status]);
	return most;
}

static int
widest_label(void)
{
	int most = 0;

	for (size_t i = 0; i < LABELS; i++)
		most = wider(most, labels[i]);
	return most;
}

/* A translated word, padded to its column by what it takes on the screen. */
static void
print_padded(const struct page *page, const char *colour, const char *word,
    int columns)
{
	fprintf(page->out, "%s%s%s%*s", colour, word, page->paint->plain,
	    columns - words_columns(word), "");
}

static void
print_headline(const struct page *page, const struct verdict *verdict,
    const char *remark)
{
	const struct paint *paint = page->paint;
	const char *const colours[] = {
		[STATUS_PASS] = paint->good,
		[STATUS_FAIL] = paint->bad,
		[STATUS_SKIP] = paint->warn,
		[STATUS_ERROR] = paint->bad,
		[STATUS_ADVICE] = paint->strong,
	};
	const struct check *check = verdict->check;
	const char *property = _(verdict->status == STATUS_ADVICE &&
	    check->advice != NULL ? check->advice : check->property);
	char *line = remark != NULL ? text("%s (%s)", property, remark) :
	    text("%s", property);

	fputs("  ", page->out);
	print_padded(page, colours[verdict->status], _(marks[verdict->status]),
	    page->mark);
	fputs("  ", page->out);
	words_print(page->out, page->mark + 4, 0, line);
	free(line);
}

static void
print_field(const struct page *page, enum label label, const char *value)
{
	if (value == NULL || *value == '\0')
		return;
	fprintf(page->out, "%*s", INDENT, "");
	print_padded(page, page->paint->faint, _(labels[label]), page->label);
	fputs("  ", page->out);
	words_print(page->out, INDENT + page->label + 2, 0, value);
}

static void
print_evidence(const struct page *page, const struct verdict *verdict)
{
	int column = INDENT + page->label + 2;

	for (size_t i = 0; i < verdict->evidence_count; i++) {
		fprintf(page->out, "%*s", INDENT, "");
		print_padded(page, page->paint->faint,
		    i == 0 ? _(labels[EVIDENCE]) : "", page->label);
		fputs("  ", page->out);
		words_print(page->out, column, 4, verdict->evidence[i]);
	}
}

/*
 * A judge that was stopped by the machine or by the harness gives its reason
 * as what it found, a sentence by itself; what it expected no longer matters.
 */
static void
print_reason(const struct page *page, const char *reason)
{
	if (reason == NULL || *reason == '\0')
		return;
	fprintf(page->out, "%*s", INDENT, "");
	words_print(page->out, INDENT, 0, reason);
}

static void
print_block(const struct page *page, const struct verdict *verdict)
{
	if (verdict->status == STATUS_SKIP ||
	    verdict->status == STATUS_ERROR) {
		print_reason(page, verdict->found);
	} else {
		print_field(page, EXPECTED, verdict->expected);
		print_field(page, FOUND, verdict->found);
	}
	print_evidence(page, verdict);
	print_field(page, WHY, verdict->cause_text);
	print_field(page, NEXT, verdict->action);
}

static bool
same_text(const char *one, const char *other)
{
	return one != NULL && other != NULL && strcmp(one, other) == 0;
}

/* A fault of the machine or of the harness has its reason, but no key. */
static bool
same_cause(const struct verdict *one, const struct verdict *other)
{
	if (one->cause != NULL || other->cause != NULL ||
	    one->status == STATUS_FAIL)
		return same_text(one->cause, other->cause);
	return same_text(one->found, other->found) ||
	    same_text(one->cause_text, other->cause_text);
}

/* Is it the first of its status that has this cause? */
static bool
is_first(const struct page *page, size_t number)
{
	const struct verdict *verdicts = page->result->verdicts;

	for (size_t i = 0; i < number; i++)
		if (verdicts[i].status == verdicts[number].status &&
		    same_cause(&verdicts[i], &verdicts[number]))
			return false;
	return true;
}


/* Those that share a cause: each by its name, or a crowd by its number. */
static void
print_others(const struct page *page, size_t first, const char *same)
{
	const struct verdict *verdicts = page->result->verdicts;
	size_t others = 0;

	for (size_t i = first + 1; i < page->result->count; i++)
		others += verdicts[i].status == verdicts[first].status &&
		    same_cause(&verdicts[i], &verdicts[first]);
	if (others > CROWD) {
		char *line = text(_("... and %zu more properties (%s)"),
		    others, same);
		fprintf(page->out, "%*s", page->mark + 4, "");
		words_print(page->out, page->mark + 4, 0, line);
		free(line);
		return;
	}
	for (size_t i = first + 1; i < page->result->count; i++)
		if (verdicts[i].status == verdicts[first].status &&
		    same_cause(&verdicts[i], &verdicts[first]))
			print_headline(page, &verdicts[i], same);
}

/* The first of each cause whole, and right below it those that share it. */
static void
print_cause(const struct page *page, size_t first, const char *same)
{
	print_headline(page, &page->result->verdicts[first], NULL);
	print_block(page, &page->result->verdicts[first]);
	print_others(page, first, same);
}

/* Advice that only repeats why something failed is no advice. */
static bool
repeats_failure(const struct page *page, size_t number)
{
	const struct verdict *verdicts = page->result->verdicts;

	if (verdicts[number].status != STATUS_ADVICE)
		return false;
	for (size_t i = 0; i < page->result->count; i++)
		if (verdicts[i].status == STATUS_FAIL &&
		    same_cause(&verdicts[i], &verdicts[number]))
			return true;
	return false;
}

static size_t
count(const struct page *page, enum status status)
{
	size_t sum = 0;

	for (size_t i = 0; i < page->result->count; i++)
		sum += page->result->verdicts[i].status == status &&
		    !repeats_failure(page, i);
	return sum;
}

static void
print_all(const struct page *page, enum status status, const char *heading,
    const char *same)
{
	bool begun = false;

	if (count(page, status) == 0)
		return;
	if (heading != NULL) {
		fputc('\n', page->out);
		words_print(page->out, 0, 0, heading);
	}
	for (size_t i = 0; i < page->result->count; i++)
		if (page->result->verdicts[i].status == status &&
		    is_first(page, i) && !repeats_failure(page, i)) {
			if (begun || heading == NULL)
				fputc('\n', page->out);
			print_cause(page, i, same);
			begun = true;
		}
}

static void
print_title(const struct page *page, const struct observation *seen)
{
	const char *mode = seen != NULL ? seen->mode : NULL;
	const struct step *step = find_step(page->result->step);

	fprintf(page->out, "%s%s%s", page->paint->strong, page->result->step,
	    page->paint->plain);
	if (step != NULL)
		fprintf(page->out, "  %s", step->function);
	if (mode != NULL && strcmp(mode, "single") == 0)
		fprintf(page->out, "  %s", _("(box with a single id)"));
	else if (mode != NULL && strcmp(mode, "plain") == 0)
		fprintf(page->out, "  %s", _("(plain mode, without a box)"));
	fputc('\n', page->out);
}

/* What `make` calls it: "05", or "capstone". */
static char *
goal(const char *step)
{
	bool numbered = isdigit((unsigned char)step[0]) &&
	    isdigit((unsigned char)step[1]);

	return numbered ? text("%.2s", step) : text("%s", step);
}

static char *
after_pass(const char *name)
{
	const struct step *step = find_step(name);
	char *next, *sentence;

	if (step == NULL || step[1].name == NULL)
		return text(_("You have come to the end of the lab."));
	next = goal(step[1].name);
	sentence = text(_("Next: make %s"), next);
	free(next);
	return sentence;
}

/* An earlier step that has to stand first: "01"; or NULL. */
static char *
earlier_goal(const struct result *result)
{
	static const char key[] = ".earlier-step";

	for (size_t i = 0; i < result->count; i++) {
		const struct verdict *verdict = &result->verdicts[i];
		const char *at = verdict->cause == NULL ? NULL :
		    strstr(verdict->cause, key);
		if (verdict->status != STATUS_FAIL || at == NULL ||
		    at[sizeof(key) - 1] != '\0' || verdict->action == NULL)
			continue;
		at = strstr(verdict->action, "make ");
		return at == NULL ? NULL : text("%.2s", at + 5);
	}
	return NULL;
}

static char *
next_gesture(const struct result *result)
{
	char *here = goal(result->step), *sentence;
	char *earlier = earlier_goal(result);

	if (result->status == STATUS_PASS)
		sentence = after_pass(result->step);
	else if (result->status == STATUS_SKIP)
		sentence = text(_("What this machine lacks: make doctor"));
	else if (result->status == STATUS_ERROR)
		sentence = text(_("Your program is not to blame. "
		    "Try again: make %s"), here);
	else
		sentence = text(_("Once corrected: make %s"),
		    earlier != NULL ? earlier : here);
	free(earlier);
	free(here);
	return sentence;
}

/* Adds ", 2 skipped"; frees what it adds to. */
static char *
add_count(char *sentence, const char *format, size_t number)
{
	char *piece, *longer;

	if (number == 0)
		return sentence;
	piece = text(format, number);
	longer = text("%s, %s", sentence, piece);
	free(piece);
	free(sentence);
	return longer;
}

static void
print_summary(const struct page *page)
{
	const struct result *result = page->result;
	size_t good = count(page, STATUS_PASS);
	size_t bad = count(page, STATUS_FAIL);
	size_t skipped = count(page, STATUS_SKIP);
	size_t broken = count(page, STATUS_ERROR);
	size_t tips = count(page, STATUS_ADVICE);
	char *counts = text(ngettext("%zu passed", "%zu passed", good), good);
	char *gesture = next_gesture(result), *sentence;

	counts = add_count(counts,
	    ngettext("%zu failed", "%zu failed", bad), bad);
	counts = add_count(counts,
	    ngettext("%zu skipped", "%zu skipped", skipped), skipped);
	counts = add_count(counts, ngettext("%zu fault of the harness",
	    "%zu faults of the harness", broken), broken);
	counts = add_count(counts, ngettext("%zu piece of advice",
	    "%zu pieces of advice", tips), tips);
	/* TRANSLATORS: step, counts, next gesture. */
	sentence = text(_("%s: %s. %s"), result->step, counts, gesture);
	fputc('\n', page->out);
	words_print(page->out, 0, 0, sentence);
	free(sentence);
	free(gesture);
	free(counts);
}

void
report_console(FILE *out, const struct result *result,
    const struct observation *seen)
{
	const struct page page = {
		.out = out,
		.paint = words_paint(out),
		.result = result,
		.mark = widest_mark(result),
		.label = widest_label(),
	};

	print_title(&page, seen);
	for (size_t i = 0; i < result->count; i++)
		if (result->verdicts[i].status == STATUS_PASS)
			print_headline(&page, &result->verdicts[i], NULL);
	print_all(&page, STATUS_FAIL, NULL, _("same cause"));
	print_all(&page, STATUS_SKIP, _("Not judged:"), _("same reason"));
	print_all(&page, STATUS_ERROR, _("The harness itself went wrong; "
	    "this is no fault of your program:"), _("same reason"));
	print_all(&page, STATUS_ADVICE, _("Advice (it costs nothing):"),
	    _("same cause"));
	print_summary(&page);
}
