/*
 * unit - runs the unit tests; prints the failures and one closing line
 */
#define _GNU_SOURCE
#include <CUnit/CUnit.h>
#include <CUnit/TestDB.h>
#include <CUnit/TestRun.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit/unit.h"

extern CU_TestInfo strace_tests[], ps_tests[], syslog_tests[], json_tests[],
    checks_tests[], later_checks_tests[], report_tests[], ablation_tests[],
    judge_tests[], proc_tests[], effect_tests[];

#define SUITE(name)	{ #name, NULL, NULL, NULL, NULL, name##_tests }

static CU_SuiteInfo suites[] = {
	SUITE(strace),
	SUITE(ps),
	SUITE(syslog),
	SUITE(json),
	SUITE(checks),
	SUITE(later_checks),
	SUITE(report),
	SUITE(ablation),
	SUITE(judge),
	SUITE(proc),
	SUITE(effect),
	CU_SUITE_INFO_NULL
};

static unsigned seed;
static unsigned asserts_before;
static unsigned hollow;		/* tests that proved nothing */

bool
prove_at(bool ok, unsigned line, const char *file, const char *function,
    const char *format, ...)
{
	char *sentence;
	va_list arguments;

	if (ok)
		return CU_assertImplementation(CU_TRUE, line, "", file,
		    function, CU_FALSE);
	va_start(arguments, format);
	if (vasprintf(&sentence, format, arguments) == -1)
		exit(99);
	va_end(arguments);
	CU_assertImplementation(CU_FALSE, line, sentence, file, function,
	    CU_FALSE);
	free(sentence);
	return false;
}

bool
prove_equal_at(const char *got, const char *expected, const char *what,
    unsigned line, const char *file, const char *function)
{
	bool equal = got == NULL || expected == NULL ? got == expected :
	    strcmp(got, expected) == 0;

	return prove_at(equal, line, file, function,
	    "%s is \"%s\", expected \"%s\"", what,
	    got == NULL ? "(NULL)" : got,
	    expected == NULL ? "(NULL)" : expected);
}

/* xorshift: enough to be hostile, and the same on every machine. */
unsigned
draw(unsigned below)
{
	seed ^= seed << 13;
	seed ^= seed >> 17;
	seed ^= seed << 5;
	return seed % below;
}

static void
begin_test(const CU_pTest test, const CU_pSuite suite)
{
	(void)test;
	(void)suite;
	seed = 2463534242;
	asserts_before = CU_get_number_of_asserts();
}

static void
end_test(const CU_pTest test, const CU_pSuite suite,
    const CU_pFailureRecord failures)
{
	for (CU_pFailureRecord f = failures; f != NULL; f = f->pNext)
		printf("FAIL %s: %s\n  %s:%u: %s\n", suite->pName, test->pName,
		    f->strFileName, f->uiLineNumber, f->strCondition);
	if (CU_get_number_of_asserts() == asserts_before) {
		printf("FAIL %s: %s\n  it proved nothing\n", suite->pName,
		    test->pName);
		hollow++;
	}
}

int
main(void)
{
	unsigned failures;

	if (CU_initialize_registry() != CUE_SUCCESS ||
	    CU_register_suites(suites) != CUE_SUCCESS) {
		fprintf(stderr, "unit: %s\n", CU_get_error_msg());
		return 99;
	}
	CU_set_test_start_handler(begin_test);
	CU_set_test_complete_handler(end_test);
	CU_run_all_tests();
	failures = CU_get_number_of_failures() + hollow;
	printf("unit: %u tests, %u proofs, %u failures\n",
	    CU_get_number_of_tests_run(), CU_get_number_of_asserts(), failures);
	CU_cleanup_registry();
	return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
