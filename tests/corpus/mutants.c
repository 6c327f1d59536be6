/*
 * mutants - each check made to pass always: which mistakes find it out?
 *
 * A mutant of a judge that no mistake finds out is a judge that nobody needs,
 * or one that nothing proves.
 */
#define _GNU_SOURCE

#include <sys/mman.h>

#include <err.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "corpus/corpus.h"

enum { HARNESS_FAULT = 99 };

typedef void judge_function(const struct observation *, struct verdict *);

static void
always_passes(const struct observation *seen, struct verdict *verdict)
{
	(void)seen;
	(void)verdict;		/* zeroed is PASS */
}

/*
 * The tables are const, and judges know some rows by their address: so the
 * row itself is changed, on pages that are made writable here and nowhere
 * else.  Returns what stood there.
 */
static judge_function *
replace_judge(const struct check *check, judge_function *new)
{
	uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
	uintptr_t row = (uintptr_t)check;
	uintptr_t start = row / page * page;
	judge_function *old = check->judge;

	if (mprotect((void *)start, row + sizeof(*check) - start,
	    PROT_READ | PROT_WRITE) == -1)
		err(HARNESS_FAULT, "mprotect");
	memcpy((void *)(row + offsetof(struct check, judge)), &new,
	    sizeof(new));
	return old;
}

/* The verdicts on a mistake as its header wants them, or why not. */
static char *
complaint_about(const struct corpus *corpus, const struct mistake *mistake)
{
	struct result result;

	judge(corpus->step, &mistake->seen, &result);
	char *complaint = mistake_complaint(mistake, &result);
	result_free(&result);
	return complaint;
}

/* What the judges miss as they stand; false after a sentence. */
static bool
find_missed(struct corpus *corpus)
{
	bool good = true;

	for (size_t i = 0; i < corpus->count; i++) {
		struct mistake *mistake = &corpus->mistakes[i];

		mistake->missed = complaint_about(corpus, mistake);
		if (mistake->missed != NULL && *mistake->open == '\0') {
			printf("not ok - %s, %s: %s\n", corpus->step->name,
			    mistake->name, mistake->missed);
			good = false;
		}
	}
	return good;
}

/* Who finds a mutant out; the example is the one with the fewest failures. */
struct catch {
	size_t count;
	const struct mistake *example;
};

/* An open one misses something anyway: another complaint is a catch too. */
static bool
catches(const struct corpus *corpus, const struct mistake *mistake)
{
	char *complaint = complaint_about(corpus, mistake);
	bool caught = complaint != NULL && (mistake->missed == NULL ||
	    strcmp(complaint, mistake->missed) != 0);

	free(complaint);
	return caught;
}

static void
count_catchers(const struct corpus *corpus, struct catch *catch)
{
	for (size_t i = 0; i < corpus->count; i++) {
		const struct mistake *mistake = &corpus->mistakes[i];

		if (!catches(corpus, mistake))
			continue;
		catch->count++;
		if (catch->example == NULL ||
		    strlen(mistake->fails) < strlen(catch->example->fails))
			catch->example = mistake;
	}
}

/* Puts the mutant in the check's place; false: no mistake finds it out. */
static bool
try_mutant(const struct corpus *corpora, size_t count, const char *owner,
    const struct check *check)
{
	judge_function *old = replace_judge(check, always_passes);
	struct catch catch = { 0 };

	for (size_t i = 0; i < count; i++)
		count_catchers(&corpora[i], &catch);
	replace_judge(check, old);
	if (catch.count == 0)
		printf("not ok - %s %s: caught by none\n", owner, check->id);
	else
		printf("ok - %s %s: caught by %zu, e.g. %s\n", owner,
		    check->id, catch.count, catch.example->name);
	return catch.count > 0;
}

static bool
try_table(const struct corpus *corpora, size_t count, const char *owner,
    const struct check *checks)
{
	bool good = true;

	for (; checks->id != NULL; checks++)
		good = try_mutant(corpora, count, owner, checks) && good;
	return good;
}

/* A step's own checks are its mistakes' business, common ones everybody's. */
int
try_mutants(struct corpus *corpora, size_t count)
{
	bool good = true;

	for (size_t i = 0; i < count; i++)
		good = find_missed(&corpora[i]) && good;
	if (count > 1) {
		good = try_table(corpora, count, "common", common_checks) &&
		    good;
		good = try_table(corpora, count, "common", fault_checks) &&
		    good;
	}
	for (size_t i = 0; i < count; i++)
		good = try_table(&corpora[i], 1, corpora[i].step->name,
		    corpora[i].step->checks) && good;
	return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
