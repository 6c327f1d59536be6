/*
 * build - judges a step from which no program came
 */
#include <stdlib.h>
#include <string.h>

#include "checks/build.h"
#include "checks/verdict.h"
#include "language.h"

/* What beginners are refused for most, by the compilers' name for it. */
static const struct refusal {
	const char *name;	/* without -W */
	const char *question;	/* N_() */
} refusals[] = {
	{ "missing-prototypes", N_("Is this a function of your own, for this "
	    "file alone? Then it begins with static.") },
	{ "sign-conversion", N_("Which of the two can be negative? Where "
	    "you know that it isn't, say so by a cast.") },
	{ "unused-parameter", N_("Is the parameter of no use here? Then "
	    "write (void)name; for it.") },
	{ "unused-result", N_("What does this call return, and what becomes "
	    "of it when it fails?") },
	{ "implicit-function-declaration", N_("Which header does its man "
	    "page name, and which _GNU_SOURCE or the like?") },
	{ NULL, N_("What does the first line marked \"error\" say, and about "
	    "which line of the file?") },
};

/* Its first complaint decides: the others often follow from that one. */
static const char *
refusal_question(const char *words)
{
	const struct refusal *refusal = refusals;
	const char *first = strstr(words, "error:");
	char *line = text("%.*s", first == NULL ? 0 :
	    (int)strcspn(first, "\n"), first == NULL ? "" : first);

	while (refusal->name != NULL && strstr(line, refusal->name) == NULL)
		refusal++;
	free(line);
	return _(refusal->question);
}

static void
judge_unbuilt(const struct observation *seen, struct verdict *verdict)
{
	expect(verdict, _("a program that compiles, without a warning"));
	found(verdict, _("the compiler refused it"));
	blame(verdict, "compile", "%s",
	    refusal_question(find_setting(seen, "compiler")));
	advise_action(verdict, _("Mend that line first, a warning too (it "
	    "counts as an error here); the others often follow from it."));
}

bool
is_missing(const char *words)
{
	return strstr(words, ": this file is missing") != NULL;
}

static void
judge_missing(const struct observation *seen, struct verdict *verdict)
{
	(void)seen;
	expect(verdict, _("the step's file"));
	found(verdict, _("it is missing"));
	blame(verdict, "missing-file", _("Was it moved, renamed or removed? "
	    "Does STEPS= name the right folder?"));
	advise_action(verdict, _("Put it back; git checkout brings the "
	    "starter again"));
}

const struct check missing_check = {
	"file-is-there", true, N_("the step's file is there"), judge_missing
};

const struct check compile_check = {
	"compiles", true, N_("it compiles without a warning"), judge_unbuilt
};
