/*
 * ablation - plays every check on every chain that lacks one technique
 *
 * The programs are PROGRAMS/without-06-chdir/08-lock and so on (make
 * ablation).  Each pair is played by a process of its own, as many at once as
 * there are processors; what it found it leaves in memory that all share.
 */
#define _GNU_SOURCE
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ablation/ablation.h"
#include "box/machine.h"
#include "commands/command.h"
#include "language.h"
#include "report/matrix.h"

static bool
is_own(const struct step *step, const struct check *check)
{
	for (const struct check *own = step->checks; own->id != NULL; own++)
		if (own == check)
			return true;
	return false;
}

static void
note_failures(const struct step *step, const struct result *result,
    struct cell *cell)
{
	size_t used = 0;

	for (size_t i = 0; i < result->count; i++) {
		const struct verdict *verdict = &result->verdicts[i];

		if (verdict->status != STATUS_FAIL)
			continue;
		cell->own = cell->own || is_own(step, verdict->check);
		if (used < sizeof(cell->failed))
			used += (size_t)snprintf(cell->failed + used,
			    sizeof(cell->failed) - used, "%s%s",
			    used == 0 ? "" : " ", verdict->check->id);
	}
}

/* The whole life of a player. */
static _Noreturn void
play(const struct command_options *options, int without, int check,
    struct cell *cell, pid_t parent)
{
	const struct step *step = &steps[check - 1];
	struct command_options own = *options;
	struct observation seen;
	struct result result;

	/* Ended with the tool; its boxes then end by themselves. */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == -1 ||
	    getppid() != parent)
		_exit(EXIT_HARNESS);
	own.programs = text("%s/without-%s", options->programs,
	    steps[without - 1].name);
	check_step(step, &own, &seen, &result);
	if (result.step != NULL) {
		cell->status = result.status;
		note_failures(step, &result, cell);
		cell->played = true;
	}
	_exit(EXIT_PASSED);
}

/* Waits while more than `most` play. */
static void
wait_for_players(int *playing, int most)
{
	while (*playing > most)
		if (waitpid(-1, NULL, 0) != -1)
			(*playing)--;
		else if (errno != EINTR)
			*playing = 0;
}

/* Whoever can't be started leaves a cell that was not played. */
static void
play_all(const struct command_options *options, struct ablation *ablation)
{
	/* One more than can run: somebody always waits for what never comes. */
	int most = (int)sysconf(_SC_NPROCESSORS_ONLN) + 1, playing = 0;
	pid_t parent = getpid();

	/* By distance from the diagonal: what fails there takes longest. */
	for (int distance = 0; distance < TECHNIQUES; distance++)
		for (int without = 1; without + distance <= TECHNIQUES;
		    without++) {
			int check = without + distance;

			wait_for_players(&playing, most - 1);
			pid_t player = fork();
			if (player == 0)
				play(options, without, check,
				    &ablation->cells[without][check], parent);
			playing += player != -1;
		}
	wait_for_players(&playing, 0);
}

/* For the drawing, and for other programs. */
static int
save(const struct ablation *ablation, const char *path)
{
	json_t *json = ablation_to_json(ablation);
	int result = json == NULL ? -1 : report_save(json, path);

	json_decref(json);
	if (result == -1)
		fprintf(stderr, _("lab: %s can't be written: %s\n"), path,
		    strerror(errno));
	return result;
}

static int
code_of(const struct ablation *ablation)
{
	if (ablation_count(ablation, FINDING_BROKEN) > 0)
		return EXIT_HARNESS;
	if (ablation_count(ablation, FINDING_STRAY) > 0)
		return EXIT_FAILED;
	return ablation_count(ablation, FINDING_SKIPPED) > 0 ? EXIT_SKIPPED :
	    EXIT_PASSED;
}

/* One of the folders stands for all: without it nothing was built. */
static bool
is_built(const char *programs)
{
	char *folder = text("%s/without-%s", programs, steps[0].name);
	bool there = access(folder, X_OK) == 0;

	if (!there)
		fprintf(stderr, _("lab: %s can't be run: %s (make ablation "
		    "builds it)\n"), folder, strerror(errno));
	free(folder);
	return there;
}

/*
 * Without a box some checks can't show what they show in one (10 renames no
 * log, 12 finds its user in the jail alone): the declarations don't hold.
 */
static bool
machine_has_boxes(void)
{
	const char *why, *remedy;

	if (machine_can_look(&why, &remedy) &&
	    machine_mode(&why, &remedy) != BOX_PLAIN)
		return true;
	if (remedy != NULL)
		fprintf(stderr, _("lab: %s; %s\n"), _(why), _(remedy));
	else
		fprintf(stderr, "lab: %s\n", _(why));
	return false;
}

static int
ablation(int argc, char **argv, const struct command_options *options)
{
	struct ablation *all;

	if (argc != 1) {
		fprintf(stderr, _("lab %s: takes no step\n"), argv[0]);
		return EXIT_USAGE;
	}
	if (!is_built(options->programs))
		return EXIT_USAGE;
	if (!machine_has_boxes())
		return EXIT_SKIPPED;
	all = mmap(NULL, sizeof(*all), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (all == MAP_FAILED) {
		fprintf(stderr, "lab %s: %s\n", argv[0], strerror(errno));
		return EXIT_HARNESS;
	}
	play_all(options, all);
	matrix_print(stdout, all);
	int code = code_of(all);
	if (options->json != NULL && save(all, options->json) == -1)
		code = EXIT_HARNESS;
	munmap(all, sizeof(*all));
	return code;
}

const struct command ablation_command = {
	"ablation", "", N_("the chain with each technique left out in turn"),
	ablation
};
