/*
 * checks - CUnit tests of the judges common and 01 to 06
 */
#ifndef TESTS_UNIT_CHECKS_H
#define TESTS_UNIT_CHECKS_H

#include <CUnit/CUnit.h>
#include <CUnit/TestDB.h>

extern CU_TestInfo checks_tests[];

#endif
