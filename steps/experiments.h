/*
 * experiments.h - make the consequence of a step happen, to watch it
 */
#ifndef STEPS_EXPERIMENTS_H
#define STEPS_EXPERIMENTS_H

#include "options.h"

/*
 * Runs the experiments that were asked for. Returns 0, or -1 with errno when
 * one couldn't be set up; *which is its option then.
 */
int run_experiments(const struct options *options, const char **which);

#endif
