/*
 * step - the table of the twelve steps, and of the capstone
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/scenario.h"
#include "step.h"

const struct step steps[] = {
	{ 1, "01-fork", "leave_parent", fork_checks, &fork_scenario },
	{ 2, "02-setsid", "start_session", setsid_checks, &setsid_scenario },
	{ 3, "03-refork", "give_up_leadership", refork_checks,
	    &refork_scenario },
	{ 4, "04-close", "close_descriptors", close_checks, &close_scenario },
	{ 5, "05-devnull", "redirect_stdio", devnull_checks,
	    &devnull_scenario },
	{ 6, "06-chdir", "change_directory", chdir_checks, &chdir_scenario },
	{ 7, "07-umask", "set_file_mask", umask_checks, &umask_scenario },
	{ 8, "08-lock", "lock_pid_file", lock_checks, &lock_scenario },
	{ 9, "09-signals", "install_signals", signals_checks,
	    &signals_scenario },
	{ 10, "10-log", "open_log", log_checks, &log_scenario },
	{ 11, "11-chroot", "enter_jail", chroot_checks, &chroot_scenario },
	{ 12, "12-setuid", "drop_privileges", setuid_checks,
	    &setuid_scenario },
	{ CAPSTONE, "capstone", "daemonize", capstone_checks,
	    &capstone_scenario },
	{ 0, NULL, NULL, NULL, NULL },
};

const struct step *
find_step(const char *word)
{
	char *end;
	long number = strtol(word, &end, 10);

	for (const struct step *step = steps; step->name != NULL; step++)
		if (strcmp(step->name, word) == 0 ||
		    (step->number != CAPSTONE &&
		    strcmp(step->name + 3, word) == 0) ||
		    (end != word && *end == '\0' && number < CAPSTONE &&
		    number == step->number))
			return step;
	return NULL;
}

const char *
step_program(const struct step *step)
{
	return step->number == CAPSTONE ? "bbserve" : step->name;
}
