/*
 * play - the frame of every run, from its box's opening to its closing
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "language.h"
#include "scenarios/set.h"

struct snapshot *
play_traced(struct stage *stage)
{
	struct twist twist = { .gate = true, .pipe = true };

	return stage_play(stage, "first", &twist, "after");
}

struct snapshot *
play_plain(struct stage *stage, const struct twist *twist)
{
	struct twist whole = *twist;

	whole.redirected = true;
	whole.pipe = true;
	whole.mask = &stage->course->plain_mask;
	whole.directory = "/";
	struct snapshot *shot = stage_play(stage, "first", &whole, "after");
	stage_ps(stage, shot);
	return shot;
}

/* What redirected programs printed stands in a file of the box. */
static void
collect_output(struct stage *stage)
{
	struct snapshot shot = { .moment = NULL };
	struct run wrapper = { .snapshots = NULL };

	stage_look(stage, &shot, "/tmp/output");
	for (size_t i = 0; i < stage->run->start_count; i++) {
		struct start *start = &stage->run->starts[i];
		if (start->output == NULL)
			start->output = text("%s", shot.files[0].content ==
			    NULL ? "" : shot.files[0].content);
	}
	struct snapshot *kept =
	    observation_add(&wrapper, snapshots, snapshot_count);
	*kept = shot;
	run_free(&wrapper);
}

static void
list_opened(struct run *run)
{
	const struct snapshot *shot = find_snapshot(run, "before");
	char *all = NULL;

	for (size_t i = 0; shot != NULL && i < shot->process_count; i++) {
		const struct process *process = &shot->processes[i];
		if (strcmp(process->role, "program") != 0)
			continue;
		for (size_t j = 0; j < process->descriptor_count; j++) {
			char *longer = text("%s%s%d", all == NULL ? "" : all,
			    all == NULL ? "" : " ",
			    process->descriptors[j].number);
			free(all);
			all = longer;
		}
	}
	if (all != NULL)
		run_fact(run, "opened", "%s", all);
	free(all);
}

char *
stage_gate(const struct course *course)
{
	return text("%s/log/%s", course->jail, STAGE_GATE);
}

/* NULL: main.c's wait. */
static char *
what_it_waits_in(const struct course *course, const struct play *play)
{
	if (course->step->number != CAPSTONE)
		return NULL;
	if (!play->gate)
		return text("epoll_pwait(");
	char *gate = stage_gate(course);
	char *call = text("openat(AT_FDCWD, \"%s\"", gate);
	free(gate);
	return call;
}

void
stage_run(struct run *run, const struct course *course,
    const struct play *play, const struct hands *hands)
{
	const int number = course->step->number;
	char *wait = what_it_waits_in(course, play);
	struct box_plan plan = {
		.mode = course->mode, .traced = play->traced,
		.memory = number == 9, .wait = wait,
		.locks = number == 8 || number == CAPSTONE,
		.program = course->program, .name = step_program(course->step),
	};
	struct stage stage = {
		.course = course, .run = run, .terminal = -1, .pipe = -1,
	};

	run->name = text("%s", play->name);
	run->traced = play->traced;
	stage.box = box_open(run, &plan);
	free(wait);
	if (course->mode == BOX_PLAIN)
		run_fact(run, "syslog.skipped", "%s", N_("without a mount "
		    "namespace /dev/log is the machine's own"));
	if (!box_broken(stage.box))
		stage_furnish(&stage);
	int program = hands->program();
	if (program == -1) {
		box_close(stage.box);
		free(stage.before);
		return;
	}
	if (!box_broken(stage.box)) {
		box_bring(stage.box, program);
		box_seal(stage.box);
		play->play(&stage);
		collect_output(&stage);
		stage_note_files(&stage);
		list_opened(run);
	}
	box_finish(stage.box);
	hands->over(run);
	box_close(stage.box);
	free(stage.before);
}

/* Opened before the box is entered: later they are out of reach. */
static void
open_programs(const char *folder, int *programs)
{
	for (const struct step *step = steps; step->name != NULL; step++) {
		char *path = text("%s/%s", folder, step_program(step));
		programs[step->number] = open(path, O_RDONLY | O_CLOEXEC);
		free(path);
	}
}

int
stage_start_shell(struct stage *stage, bool edits, bool heard)
{
	struct start_request request;
	int fds[START_FDS] = { -1, -1, -1, -1 };

	memset(&request, 0, sizeof(request));
	request.drop_capability = -1;
	request.interactive = true;
	request.mask = 022;
	stage->terminal = box_terminal(stage->box, request.terminal,
	    sizeof(request.terminal));
	snprintf(request.program, sizeof(request.program), "/bin/bash");
	char *directory = box_path(stage->box, "/home/student");
	snprintf(request.directory, sizeof(request.directory), "%s",
	    directory);
	free(directory);
	stage_push(&request, &request.argc, text("bash"));
	stage_push(&request, &request.argc, text("--norc"));
	/* Line editing would lose the end of a script's input. */
	if (!edits)
		stage_push(&request, &request.argc, text("--noediting"));
	stage_push_environment(stage, &request, !heard);
	stage_push(&request, &request.envc, text("PS1=" STAGE_PROMPT));
	return box_start(stage->box, "shell", stage->terminal, &request, fds);
}

int
stage_house(struct run *run, const struct course *course,
    const char *programs, const struct guest *guest)
{
	struct box_plan plan = {
		.mode = course->mode, .program = course->program,
		.name = step_program(course->step),
	};
	struct stage stage = {
		.course = course, .run = run, .terminal = -1, .pipe = -1,
	};
	int opened[16], status = 99;

	open_programs(programs, opened);
	stage.box = box_open(run, &plan);
	if (!box_broken(stage.box)) {
		if (course->mode != BOX_PLAIN)
			guest->bring(&stage, opened);
		stage_furnish(&stage);
		box_seal(stage.box);
		status = guest->play(&stage);
		free(stage.before);
	}
	box_close(stage.box);
	return status;
}
