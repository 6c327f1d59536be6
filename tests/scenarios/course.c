/*
 * course - nrand48(3): the same seed gives the same draws everywhere
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/course.h"

/* Masks that a person might choose; none holds the one it starts with, so
 * that adding to that one shows. */
static const unsigned masks[] = { 022, 027, 026, 007 };

enum { MASKS = sizeof(masks) / sizeof(*masks) };

static unsigned
draw(unsigned short *dice, unsigned sides)
{
	return (unsigned)nrand48(dice) % sides;
}

/* A word of lower case letters, short or long. */
static void
draw_word(unsigned short *dice, char *word, size_t longest)
{
	size_t length = 3 + draw(dice, (unsigned)longest - 2);

	for (size_t i = 0; i < length; i++)
		word[i] = (char)('a' + draw(dice, 26));
	word[length] = '\0';
}

void
course_draw(struct course *course, unsigned long seed)
{
	unsigned short dice[3] = {
		(unsigned short)seed, (unsigned short)(seed >> 16), 0x330e
	};
	char word[32];

	course->seed = seed;
	unsigned first = draw(dice, MASKS);
	course->mask = masks[first];
	course->plain_mask = masks[(first + 1 + draw(dice, MASKS - 1)) % MASKS];
	/* Only without a mask does open's or fopen's 0666 show. */
	if (course->step->number == 8 || course->step->number == 10)
		course->plain_mask = 0;
	draw_word(dice, word, 20);
	snprintf(course->directory, sizeof(course->directory), "/srv/%s", word);
	draw_word(dice, word, 12);
	snprintf(course->pid_file, sizeof(course->pid_file), "/run/%s.pid",
	    word);
	draw_word(dice, word, 12);
	snprintf(course->jail, sizeof(course->jail), "/srv/jail-%s", word);
	draw_word(dice, word, 12);
	snprintf(course->log_file, sizeof(course->log_file), "%s/log/%s.log",
	    course->jail, word);
	snprintf(course->config, sizeof(course->config), "%s/etc/%s.conf",
	    course->jail, course->step->number == CAPSTONE ? "bb" : "daemon");
	draw_word(dice, course->user, 8);
	course->uid = 1500 + (int)draw(dice, 10000);
	course->gid = course->uid + 1 + (int)draw(dice, 100);
	course->groups[0] = course->gid + 1 + (int)draw(dice, 100);
	course->groups[1] = course->groups[0] + 1 + (int)draw(dice, 100);
	for (int i = 0; i < NAMES; i++)
		draw_word(dice, course->names[i], 12);
	snprintf(course->board, sizeof(course->board), "%s/bbfile",
	    course->directory);
	course->port = 513 + (int)draw(dice, 500);
}

void
course_settings(const struct course *course, struct observation *seen)
{
	seen->step = text("%s", course->step->name);
	seen->mode = text("%s", box_mode_word(course->mode));
	seen->seed = text("%lu", course->seed);
	observation_setting(seen, "program", "%s",
	    step_program(course->step));
	observation_setting(seen, "mask", "%03o", course->mask);
	observation_setting(seen, "plain.mask", "%03o", course->plain_mask);
	observation_setting(seen, "directory", "%s", course->directory);
	observation_setting(seen, "plain.directory", "/");
	observation_setting(seen, "lowest",
	    course->step->number == CAPSTONE ? "3" : "0");
	observation_setting(seen, "plain.lowest",
	    course->step->number == 4 || course->step->number == 5 ||
	    course->step->number == CAPSTONE ? "3" : "0");
	observation_setting(seen, "pid-file", "%s", course->pid_file);
	observation_setting(seen, "log-file", "%s", course->log_file);
	observation_setting(seen, "config", "%s", course->config);
	if (course->step->number == CAPSTONE) {
		observation_setting(seen, "board", "%s", course->board);
		observation_setting(seen, "port", "%d", course->port);
	}
	observation_setting(seen, "jail", "%s", course->jail);
	observation_setting(seen, "user", "%s", course->user);
	observation_setting(seen, "user.uid", "%d", course->uid);
	observation_setting(seen, "user.gid", "%d", course->gid);
	observation_setting(seen, "user.groups", "%d %d %d", course->gid,
	    course->groups[0], course->groups[1]);
	observation_setting(seen, "start-directory", "/start");
	observation_setting(seen, "start-mask", "%03o", START_MASK);
	observation_setting(seen, "start-groups",
	    course->mode == BOX_SINGLE ? "" : "4 20 27");
}
