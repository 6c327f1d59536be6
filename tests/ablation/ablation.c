/*
 * ablation - what is declared to need what, and whether it is so
 */
#include <string.h>

#include "ablation/ablation.h"
#include "language.h"

const struct dependence dependences[] = {
	{ 1, 2, 2, "setsid-in-the-child",
	    N_("nobody has forked, so the launcher itself calls setsid and "
	    "never gives the prompt back; from 03 on, the second fork ends "
	    "it") },
	{ 2, 3, 3, "gets-no-terminal",
	    N_("it has given up no session: it is still in the shell's, "
	    "whose leader lives, and whose terminal is its own too") },
	{ 2, 9, 9, "no-keyboard-reaches-it",
	    N_("the shell's terminal is still its own, so Ctrl-C still "
	    "reaches it") },
	{ 4, 5, 5, "nothing-else-is-open",
	    N_("what the starter left open is open still, and 05 promises "
	    "that nothing but 0, 1 and 2 is") },
	{ 6, 7, 10, "leaves-the-rest-alone",
	    N_("what 06 made must stay, and it was never made: it works where "
	    "it was started, until the jail of 11 gives it a directory") },
	{ 7, 8, 12, "leaves-the-rest-alone",
	    N_("what 07 made must stay, and it was never made: the mask is "
	    "still the starter's, to the end") },
	{ 8, 9, 9, "ends-on-sigterm",
	    N_("main.c ends by emptying the pid file, through the descriptor "
	    "that 08 returned; there is none, so the end has status 1") },
	{ 9, 10, 10, "reopens-after-a-rename",
	    N_("the SIGHUP that asks for a new log file kills it") },
	{ 10, 11, 11, "log-still-works",
	    N_("there is no log that could still work in the jail") },
	{ 10, 12, 12, "stops-when-a-call-fails",
	    N_("the log is the only voice that is left by then: a failure of "
	    "12 is heard by nobody") },
	{ 0, 0, 0, NULL, NULL },
};

const struct dependence *
find_dependence(int without, int check)
{
	for (const struct dependence *d = dependences; d->without != 0; d++)
		if (d->without == without && d->first <= check &&
		    check <= d->last)
			return d;
	return NULL;
}

/* Is the id one of the words? */
static bool
names(const char *words, const char *id)
{
	size_t length = strlen(id);

	for (const char *at = words; (at = strstr(at, id)) != NULL; at++)
		if ((at == words || at[-1] == ' ') &&
		    (at[length] == ' ' || at[length] == '\0'))
			return true;
	return false;
}

/* A check fails for the declared reason, or the declaration is wrong. */
static enum finding
judge_declared(const struct cell *cell, const struct dependence *declared)
{
	return cell->status == STATUS_FAIL &&
	    names(cell->failed, declared->property) ? FINDING_NEEDS :
	    FINDING_STRAY;
}

enum finding
ablation_finding(const struct ablation *ablation, int without, int check)
{
	const struct cell *cell = &ablation->cells[without][check];
	const struct dependence *declared = find_dependence(without, check);

	if (check < without)
		return FINDING_ABSENT;
	if (!cell->played || cell->status == STATUS_ERROR)
		return FINDING_BROKEN;
	if (cell->status == STATUS_SKIP)
		return FINDING_SKIPPED;
	if (check == without)
		return cell->status == STATUS_FAIL && cell->own ?
		    FINDING_OWN : FINDING_STRAY;
	if (declared != NULL)
		return judge_declared(cell, declared);
	return cell->status == STATUS_FAIL ? FINDING_STRAY : FINDING_PASSES;
}

size_t
ablation_count(const struct ablation *ablation, enum finding finding)
{
	size_t count = 0;

	for (int without = 1; without <= TECHNIQUES; without++)
		for (int check = 1; check <= TECHNIQUES; check++)
			count += ablation_finding(ablation, without, check) ==
			    finding;
	return count;
}
