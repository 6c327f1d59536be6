/*
 * meddling - judges that a step leaves alone what is a later one's business
 */
#ifndef TESTS_CHECKS_MEDDLING_H
#define TESTS_CHECKS_MEDDLING_H

struct observation;
struct verdict;

void judge_meddling(const struct observation *, struct verdict *);

#endif
