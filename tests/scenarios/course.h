/*
 * course - what is asked of the program in one check, drawn from a seed
 *
 * Nothing that a program could know beforehand: names, masks and ids change
 * from one check to the next, and can be had again with the same seed.
 */
#ifndef TESTS_SCENARIOS_COURSE_H
#define TESTS_SCENARIOS_COURSE_H

#include "box/box.h"
#include "step.h"

enum { START_MASK = 0035, NAMES = 8 };

/* Root by another name; the drawn names have letters only. */
#define SECOND_ROOT "second-root"

struct course {
	const struct step *step;
	const char *program;	/* the file to run */
	enum box_mode mode;
	bool real_root;		/* the box's root is the machine's */
	unsigned long seed;
	unsigned mask, plain_mask;
	char directory[64];
	char pid_file[64];
	char jail[64];
	char log_file[128];
	char config[128];
	char user[32];
	int uid, gid, groups[2];
	char names[NAMES][16];	/* for the configuration, one a reload */
	char board[80];		/* the capstone's, and its port below 1024 */
	int port;
};

/* Fills all but step, program and mode. */
void course_draw(struct course *course, unsigned long seed);

/* Records what was drawn as the observation's settings. */
void course_settings(const struct course *course, struct observation *seen);

#endif
