/*
 * matrix - the ablation in words, and on a terminal; see matrix.h
 */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>

#include "language.h"
#include "observe/observation.h"
#include "report/matrix.h"
#include "report/words.h"
#include "step.h"

/* As the marks are told below the picture; no letter says what it means. */
const struct mark matrix_legend[] = {
	{ FINDING_OWN, "✗", N_("the step's own check fails, as it must") },
	{ FINDING_NEEDS, "a", N_("another check fails, for the reason with "
	    "that letter") },
	{ FINDING_PASSES, "✓", N_("passes: it doesn't need that technique") },
	{ FINDING_ABSENT, "·", N_("comes before that step: its program never "
	    "had the technique") },
	{ FINDING_STRAY, "!", N_("must not be") },
	{ FINDING_SKIPPED, "-", N_("skipped: this machine can't show it") },
	{ FINDING_BROKEN, "?", N_("not played: the harness's fault") },
	{ FINDING_ABSENT, NULL, NULL },
};

char
matrix_letter(const struct dependence *dependence)
{
	return (char)('a' + (dependence - dependences));
}

bool
matrix_tells(const struct ablation *ablation, const struct mark *mark)
{
	return mark->finding < FINDING_STRAY ||
	    ablation_count(ablation, mark->finding) > 0;
}

/* "01-fork", from the number. */
static const char *
name_of(int number)
{
	return steps[number - 1].name;
}

char *
matrix_reason(const struct dependence *d)
{
	const char *left_out = name_of(d->without), *reason = _(d->reason);

	if (d->first == d->last)
		return text(_("without %s, check %02d: %s"), left_out,
		    d->first, reason);
	return text(_("without %s, checks %02d to %02d: %s"), left_out,
	    d->first, d->last, reason);
}

char *
matrix_complaint(const struct ablation *ablation, int without, int check)
{
	const struct cell *cell = &ablation->cells[without][check];
	const struct dependence *declared = find_dependence(without, check);
	const char *left_out = name_of(without), *judge = name_of(check);

	if (cell->status != STATUS_FAIL)
		return text(_("without %s, check %s passes"), left_out,
		    judge);
	if (check == without)
		return text(_("without %s, its check fails in no property of "
		    "its own, but in: %s"), left_out, cell->failed);
	if (declared != NULL)
		return text(_("without %s, check %s doesn't fail in %s, but "
		    "in: %s"), left_out, judge, declared->property,
		    cell->failed);
	return text(_("without %s, check %s fails, and nothing declares it: "
	    "%s"), left_out, judge, cell->failed);
}

const char *
matrix_mark(const struct ablation *ablation, int without, int check)
{
	static char one[2];
	enum finding finding = ablation_finding(ablation, without, check);

	if (finding == FINDING_NEEDS) {
		one[0] = matrix_letter(find_dependence(without, check));
		return one;
	}
	for (const struct mark *m = matrix_legend; m->mark != NULL; m++)
		if (m->finding == finding)
			return m->mark;
	return "?";
}

/*
 * The terminal.
 */

static const char *
colour_of(const struct paint *paint, enum finding finding)
{
	const char *const colours[] = {
		[FINDING_ABSENT] = paint->faint,
		[FINDING_PASSES] = paint->good,
		[FINDING_OWN] = paint->bad,
		[FINDING_NEEDS] = paint->warn,
		[FINDING_STRAY] = paint->bad,
		[FINDING_SKIPPED] = paint->warn,
		[FINDING_BROKEN] = paint->bad,
	};

	return colours[finding];
}

enum { NAMES_WIDTH = 14 };

static void
print_row(FILE *out, const struct paint *paint,
    const struct ablation *ablation, int without)
{
	fprintf(out, "  %-*s", NAMES_WIDTH, name_of(without));
	for (int check = 1; check <= TECHNIQUES; check++)
		fprintf(out, "  %s%s%s", colour_of(paint,
		    ablation_finding(ablation, without, check)),
		    matrix_mark(ablation, without, check), paint->plain);
	fprintf(out, "\n");
}

static void
print_grid(FILE *out, const struct paint *paint,
    const struct ablation *ablation)
{
	const char *corner = _("left out");

	fprintf(out, "\n  %*s  %s%s%s\n", NAMES_WIDTH - 1, "", paint->faint,
	    _("the check of step"), paint->plain);
	fprintf(out, "  %s%s%s%*s", paint->faint, corner, paint->plain,
	    NAMES_WIDTH - words_columns(corner), "");
	for (int check = 1; check <= TECHNIQUES; check++)
		fprintf(out, " %02d", check);
	fprintf(out, "\n");
	for (int without = 1; without <= TECHNIQUES; without++)
		print_row(out, paint, ablation, without);
	fprintf(out, "\n");
	for (const struct mark *m = matrix_legend; m->mark != NULL; m++)
		if (matrix_tells(ablation, m))
			fprintf(out, "  %s%s%s  %s\n",
			    colour_of(paint, m->finding), m->mark,
			    paint->plain, _(m->meaning));
}

static void
print_reasons(FILE *out, const struct paint *paint)
{
	fprintf(out, "\n");
	for (const struct dependence *d = dependences; d->without != 0; d++) {
		char *words = matrix_reason(d);

		fprintf(out, "  %s%c%s  ", paint->warn, matrix_letter(d),
		    paint->plain);
		words_print(out, 5, 0, words);
		free(words);
	}
}

static void
print_complaint(FILE *out, const struct paint *paint,
    const struct ablation *ablation, int without, int check)
{
	char *words = matrix_complaint(ablation, without, check);

	fprintf(out, "\n  %s!%s  ", paint->bad, paint->plain);
	words_print(out, 5, 0, words);
	free(words);
}

static void
print_complaints(FILE *out, const struct paint *paint,
    const struct ablation *ablation)
{
	for (int without = 1; without <= TECHNIQUES; without++)
		for (int check = without; check <= TECHNIQUES; check++)
			if (ablation_finding(ablation, without, check) ==
			    FINDING_STRAY)
				print_complaint(out, paint, ablation, without,
				    check);
}

void
matrix_print(FILE *out, const struct ablation *ablation)
{
	const struct paint *paint = words_paint(out);

	fprintf(out, "%s%s%s\n", paint->strong, _("Ablation: the chain of "
	    "twelve, with one technique left out"), paint->plain);
	print_grid(out, paint, ablation);
	print_reasons(out, paint);
	print_complaints(out, paint, ablation);
	fprintf(out, _("\n%zu of %d fail without their own technique, %zu "
	    "more as declared, %zu must not be.\n"),
	    ablation_count(ablation, FINDING_OWN), TECHNIQUES,
	    ablation_count(ablation, FINDING_NEEDS),
	    ablation_count(ablation, FINDING_STRAY));
}
