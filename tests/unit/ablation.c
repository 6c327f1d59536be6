/*
 * ablation - what must not be is found out, and the pictures can be read
 */
#define _GNU_SOURCE

#include <CUnit/CUnit.h>
#include <CUnit/TestDB.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>

#include "ablation/ablation.h"
#include "language.h"
#include "observe/observation.h"
#include "report/matrix.h"
#include "report/svg.h"
#include "report/words.h"
#include "step.h"
#include "unit/unit.h"

/* All as it must be: the diagonal and what is declared fail. */
static struct ablation
as_declared(void)
{
	struct ablation all = { .cells = { { { 0 } } } };

	for (int without = 1; without <= TECHNIQUES; without++)
		for (int check = without; check <= TECHNIQUES; check++) {
			struct cell *cell = &all.cells[without][check];
			const struct dependence *declared =
			    find_dependence(without, check);

			cell->played = true;
			cell->own = check == without;
			cell->status = check == without || declared != NULL ?
			    STATUS_FAIL : STATUS_PASS;
			if (declared != NULL)
				snprintf(cell->failed, sizeof(cell->failed),
				    "one-thing %s another", declared->property);
		}
	return all;
}

static bool
has_check(const struct check *checks, const char *id)
{
	for (; checks->id != NULL; checks++)
		if (strcmp(checks->id, id) == 0)
			return checks->required;
	return false;
}

static void
declarations_name_what_there_is(void)
{
	for (const struct dependence *d = dependences; d->without != 0; d++) {
		prove(d->without >= 1 && d->first > d->without &&
		    d->last >= d->first && d->last <= TECHNIQUES,
		    "without %d, checks %d to %d is a pair off the diagonal",
		    d->without, d->first, d->last);
		for (int check = d->first; check <= d->last; check++) {
			prove(has_check(steps[check - 1].checks, d->property) ||
			    has_check(common_checks, d->property),
			    "check %d requires %s", check, d->property);
			prove(find_dependence(d->without, check) == d,
			    "without %d, check %d is declared once",
			    d->without, check);
		}
	}
}

static void
all_as_declared_leaves_nothing_stray(void)
{
	struct ablation all = as_declared();
	size_t pairs = TECHNIQUES * (TECHNIQUES + 1) / 2;

	prove(ablation_count(&all, FINDING_STRAY) == 0, "%zu are stray",
	    ablation_count(&all, FINDING_STRAY));
	prove(ablation_count(&all, FINDING_OWN) == TECHNIQUES,
	    "%zu fail on the diagonal", ablation_count(&all, FINDING_OWN));
	prove(ablation_count(&all, FINDING_OWN) +
	    ablation_count(&all, FINDING_NEEDS) +
	    ablation_count(&all, FINDING_PASSES) == pairs,
	    "each of the %zu pairs is something", pairs);
	prove(ablation_finding(&all, 12, 1) == FINDING_ABSENT,
	    "01's program never had 12");
}

/* Each pair, made to say the contrary, is stray. */
static void
whatever_differs_is_stray(void)
{
	for (int without = 1; without <= TECHNIQUES; without++)
		for (int check = without; check <= TECHNIQUES; check++) {
			struct ablation all = as_declared();
			struct cell *cell = &all.cells[without][check];

			cell->status = cell->status == STATUS_FAIL ?
			    STATUS_PASS : STATUS_FAIL;
			prove(ablation_finding(&all, without, check) ==
			    FINDING_STRAY, "without %d, check %d is found out",
			    without, check);
		}
}

static void
another_reason_is_stray(void)
{
	struct ablation all = as_declared();
	struct cell *own = &all.cells[5][5], *needs = &all.cells[4][5];

	own->own = false;
	prove(ablation_finding(&all, 5, 5) == FINDING_STRAY,
	    "the diagonal fails in a property of its own");
	snprintf(needs->failed, sizeof(needs->failed), "%s",
	    "nothing-else-is-open-here not-nothing-else-is-open");
	prove(ablation_finding(&all, 4, 5) == FINDING_STRAY,
	    "a property's name is a whole word");
	snprintf(needs->failed, sizeof(needs->failed), "%s",
	    "nothing-else-is-opened nothing-else-is-open");
	prove(ablation_finding(&all, 4, 5) == FINDING_NEEDS,
	    "a longer word before it hides none");
}

static void
what_was_not_judged_is_told_apart(void)
{
	struct ablation all = as_declared();

	all.cells[1][1].played = false;
	prove(ablation_finding(&all, 1, 1) == FINDING_BROKEN,
	    "what was not played has not failed");
	all.cells[4][5].status = STATUS_ERROR;
	prove(ablation_finding(&all, 4, 5) == FINDING_BROKEN,
	    "the harness's fault is nobody else's");
	all.cells[12][12].status = STATUS_SKIP;
	prove(ablation_finding(&all, 12, 12) == FINDING_SKIPPED,
	    "what the machine can't show is skipped");
}

static void
result_comes_back_from_json(void)
{
	struct ablation all = as_declared(), back;
	json_t *json;

	all.cells[1][1].played = false;
	all.cells[12][12].status = STATUS_SKIP;
	json = ablation_to_json(&all);
	prove(ablation_from_json(&back, json) == 0, "it is read");
	for (int without = 1; without <= TECHNIQUES; without++)
		for (int check = 1; check <= TECHNIQUES; check++)
			prove(ablation_finding(&back, without, check) ==
			    ablation_finding(&all, without, check),
			    "without %d, check %d comes back", without, check);
	prove_equal(back.cells[4][5].failed, all.cells[4][5].failed,
	    "what failed");
	json_decref(json);
}

static void
other_json_is_refused(void)
{
	static const char *const others[] = {
		"[]", "{}", "{\"schema\":2,\"cells\":[]}",
		"{\"schema\":1,\"cells\":{}}",
		"{\"schema\":1,\"cells\":[{\"without\":5,\"check\":4,"
		"\"status\":\"fail\",\"own\":true,\"failed\":\"\"}]}",
		"{\"schema\":1,\"cells\":[{\"without\":5,\"check\":13,"
		"\"status\":\"fail\",\"own\":true,\"failed\":\"\"}]}",
		"{\"schema\":1,\"cells\":[{\"without\":5,\"check\":5,"
		"\"status\":\"gone\",\"own\":true,\"failed\":\"\"}]}",
	};
	struct ablation all;

	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
		json_t *json = json_loads(others[i], 0, NULL);

		prove(ablation_from_json(&all, json) == -1, "refused: %s",
		    others[i]);
		json_decref(json);
	}
}

/*
 * The pictures.
 */

static char *
printed(const struct ablation *all)
{
	char *output = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&output, &size);

	matrix_print(out, all);
	fclose(out);
	return output;
}

static void
terminal_fits_the_page(void)
{
	struct ablation all = as_declared();
	char *save = NULL, *output;

	all.cells[5][7].status = STATUS_FAIL;
	snprintf(all.cells[5][7].failed, sizeof(all.cells[5][7].failed), "%s",
	    "mask-is-the-one-given file-has-the-mode directory-has-the-mode");
	all.cells[6][6].played = false;
	output = printed(&all);
	prove(strstr(output, "without 05-devnull, check 07-umask fails") !=
	    NULL, "what is stray is told: %s", output);
	prove(strstr(output, "  ?  ") != NULL, "what was not played shows");
	for (char *line = strtok_r(output, "\n", &save); line != NULL;
	    line = strtok_r(NULL, "\n", &save)) {
		prove(words_columns(line) <= PAGE_WIDTH, "%d columns: %s",
		    words_columns(line), line);
		prove(strchr(line, '\033') == NULL, "no colour in a file: %s",
		    line);
	}
	free(output);
}

static xmlDoc *
parse(const char *document)
{
	return xmlReadMemory(document, (int)strlen(document), "unit.svg",
	    NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
}

/* The content of the root's first child of that name, "" where there is none;
 * to be freed with xmlFree. */
static char *
child_content(xmlDoc *document, const char *name)
{
	xmlNode *root = xmlDocGetRootElement(document);

	for (xmlNode *node = xmlFirstElementChild(root); node != NULL;
	    node = xmlNextElementSibling(node))
		if (xmlStrEqual(node->name, (const xmlChar *)name))
			return (char *)xmlNodeGetContent(node);
	return (char *)xmlStrdup((const xmlChar *)"");
}

static void
svg_keeps_words_as_they_are(void)
{
	static const char title[] = "a < b && \"c\" > 'd' ]]> é ✗ <script>";
	struct svg *svg = svg_begin("unit", "en", 100, 50, title, "d");
	char *document, *content;
	xmlDoc *parsed;

	svg_enter(svg, "\"<g>\"");
	svg_text(svg, 1, 2, &(struct svg_type){ .bold = true },
	    "bad \xff byte, \x1b escape, \xef\xbf\xbf no character");
	svg_leave(svg);
	document = svg_end(svg);
	parsed = document == NULL ? NULL : parse(document);
	if (!prove(parsed != NULL, "it is well formed: %s",
	    document == NULL ? "(NULL)" : document)) {
		free(document);
		return;
	}
	content = child_content(parsed, "title");
	prove_equal(content, title, "the title");
	xmlFree(content);
	content = child_content(parsed, "g");
	prove(strstr(content, "bad \\xff byte, \\x1b escape, ??? no") != NULL,
	    "what XML can't hold is spelled: %s", content);
	xmlFree(content);
	xmlFreeDoc(parsed);
	free(document);
}

static void
svg_has_a_text_equivalent(void)
{
	struct ablation all = as_declared();
	char *document = matrix_svg(&all), *content;
	xmlDoc *parsed = document == NULL ? NULL : parse(document);

	if (!prove(parsed != NULL, "it is well formed"))
		return;
	content = child_content(parsed, "desc");
	for (const struct dependence *d = dependences; d->without != 0; d++)
		prove(strstr(content, _(d->reason)) != NULL,
		    "the description says: %s", d->reason);
	xmlFree(content);
	content = child_content(parsed, "style");
	prove(strstr(content, "prefers-color-scheme: dark") != NULL,
	    "it has dark colours");
	xmlFree(content);
	xmlFreeDoc(parsed);
	free(document);
}

CU_TestInfo ablation_tests[] = {
	{ "declarations name what there is", declarations_name_what_there_is },
	{ "all as declared leaves nothing stray",
	    all_as_declared_leaves_nothing_stray },
	{ "whatever differs is stray", whatever_differs_is_stray },
	{ "another reason is stray", another_reason_is_stray },
	{ "what was not judged is told apart",
	    what_was_not_judged_is_told_apart },
	{ "a result comes back from JSON", result_comes_back_from_json },
	{ "other JSON is refused", other_json_is_refused },
	{ "the terminal's picture fits the page", terminal_fits_the_page },
	{ "SVG keeps words as they are", svg_keeps_words_as_they_are },
	{ "the SVG has a text equivalent", svg_has_a_text_equivalent },
	CU_TEST_INFO_NULL
};
