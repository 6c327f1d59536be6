/*
 * judge - one CUnit test for each check; the assertion is the verdict
 */
#define _GNU_SOURCE
#include <CUnit/CUnit.h>
#include <CUnit/TestDB.h>
#include <CUnit/TestRun.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checks/capstone.h"
#include "checks/judge.h"
#include "checks/needs.h"
#include "language.h"

/* CUnit's tests take no arguments. */
static const struct observation *observed;
static struct result *results;

static void
assert_verdict(const struct verdict *verdict)
{
	char sentence[512];

	snprintf(sentence, sizeof(sentence), "%s: expected %s, found %s",
	    verdict->check->id,
	    verdict->expected == NULL ? "-" : verdict->expected,
	    verdict->found == NULL ? "-" : verdict->found);
	CU_assertImplementation(verdict->status != STATUS_FAIL &&
	    verdict->status != STATUS_ERROR, __LINE__, sentence,
	    __FILE__, "", CU_FALSE);
}

/* Why what a check needs could not be had in some run; or NULL. */
static const char *
missing(const char *needs)
{
	const char *reason = NULL;

	if (needs == NULL)
		return NULL;
	char *name = text("%s.skipped", needs);
	for (size_t i = 0; i < observed->run_count && reason == NULL; i++)
		reason = find_fact(&observed->runs[i], name);
	free(name);
	return reason;
}

static void
run_current_check(void)
{
	const char *name = CU_get_current_test()->pName;

	for (size_t i = 0; i < results->count; i++) {
		struct verdict *verdict = &results->verdicts[i];
		if (strcmp(verdict->check->id, name) != 0)
			continue;
		const char *reason = missing(verdict->check->needs);
		if (reason != NULL)
			cannot_tell(verdict, "%s", _(reason));
		else
			verdict->check->judge(observed, verdict);
		if (step_number(observed) == CAPSTONE)
			point_at_score(observed, verdict);
		assert_verdict(verdict);
	}
}

static void
enroll_one(struct result *result, const struct check *check, CU_pSuite suite)
{
	struct verdict *verdict = observation_grow((void **)&result->verdicts,
	    &result->count, sizeof(*result->verdicts));

	verdict->check = check;
	if (CU_add_test(suite, check->id, run_current_check) == NULL)
		harness_fault(verdict, "%s", CU_get_error_msg());
}

static void
enroll(struct result *result, const struct check *checks, CU_pSuite suite)
{
	for (; checks->id != NULL; checks++)
		enroll_one(result, checks, suite);
}

/* The twelve steps' properties, of the one process that has them all. */
static void
enroll_borrowed(struct result *result, CU_pSuite suite)
{
	const struct check *check;

	for (size_t i = 0; (check = borrowed_check(i)) != NULL; i++)
		enroll_one(result, check, suite);
}

/* umask(2) can't fail; the capstone has its refusals. */
static bool
has_faults(const struct step *step)
{
	return step->number != 7 && step->number != CAPSTONE;
}

/* The step is skipped when nothing of its own could be looked at. */
static enum status
overall(const struct step *step, const struct result *result)
{
	size_t own = 0, failed = 0, broken = 0;

	for (size_t i = 0; i < result->count; i++) {
		const struct verdict *verdict = &result->verdicts[i];
		bool common = false;

		broken += verdict->status == STATUS_ERROR;
		failed += verdict->status == STATUS_FAIL;
		for (const struct check *c = common_checks; c->id != NULL; c++)
			common = common || c == verdict->check;
		own += !common && verdict->status == STATUS_PASS;
	}
	(void)step;
	if (broken > 0)
		return STATUS_ERROR;
	if (failed > 0)
		return STATUS_FAIL;
	return own == 0 ? STATUS_SKIP : STATUS_PASS;
}

void
judge(const struct step *step, const struct observation *seen,
    struct result *result)
{
	memset(result, 0, sizeof(*result));
	result->step = step->name;
	observed = seen;
	results = result;
	if (CU_initialize_registry() != CUE_SUCCESS) {
		result->status = STATUS_ERROR;
		return;
	}
	CU_pSuite suite = CU_add_suite(step->name, NULL, NULL);
	enroll(result, common_checks, suite);
	enroll(result, step->checks, suite);
	if (step->number == CAPSTONE)
		enroll_borrowed(result, suite);
	if (has_faults(step))
		enroll(result, fault_checks, suite);
	CU_run_all_tests();
	/* A test without an assertion has judged nothing. */
	if (CU_get_number_of_asserts() < result->count) {
		for (size_t i = 0; i < result->count; i++)
			if (result->verdicts[i].found == NULL)
				harness_fault(&result->verdicts[i],
				    _("this check did not run"));
	}
	result->status = overall(step, result);
	CU_cleanup_registry();
}
