/*
 * furnish - what a box's root holds before the program starts, and what has
 * come to be since
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "box/files.h"
#include "scenarios/set.h"

void
stage_fault(struct stage *stage, const char *what, const char *path)
{
	if (stage->run->fault == NULL)
		stage->run->fault = text("%s %s: %s", what, path,
		    strerror(errno));
}

void
stage_write(struct stage *stage, const char *path, const char *content)
{
	char *whole = box_path(stage->box, path);

	if (files_write(box_root(stage->box), whole, content, 0644) == -1)
		stage_fault(stage, "write", path);
	free(whole);
}

void
stage_link(struct stage *stage, const char *target, const char *path)
{
	char *to = box_path(stage->box, target);
	char *whole = box_path(stage->box, path);

	if (files_symlink(box_root(stage->box), to, whole) == -1)
		stage_fault(stage, "link", path);
	free(whole);
	free(to);
}

void
stage_mkdir(struct stage *stage, const char *path)
{
	char *whole = box_path(stage->box, path);

	if (files_mkdir(box_root(stage->box), whole, 0755) == -1)
		stage_fault(stage, "make the folder", path);
	free(whole);
}

static void
write_in(struct stage *stage, const char *folder, const char *name,
    const char *content)
{
	char *path = text("%s/%s", folder, name);

	stage_write(stage, path, content);
	free(path);
}

/* The same users in the box and in the jail: 12 reads the jail's. */
static void
write_users(struct stage *stage, const char *etc)
{
	const struct course *course = stage->course;
	char *users = text("root:x:0:0:root:/root:/bin/sh\n"
	    "%s:x:%d:%d::/nonexistent:/usr/sbin/nologin\n"
	    SECOND_ROOT ":x:0:0::/nonexistent:/usr/sbin/nologin\n",
	    course->user, course->uid, course->gid);
	char *groups = text("root:x:0:\nadm:x:4:\ntty:x:5:\ndialout:x:20:\n"
	    "sudo:x:27:\n%s:x:%d:\n%s-one:x:%d:%s\n%s-two:x:%d:%s\n"
	    "others:x:%d:root\n",
	    course->user, course->gid, course->user, course->groups[0],
	    course->user, course->user, course->groups[1], course->user,
	    course->groups[1] + 1);

	write_in(stage, etc, "passwd", users);
	write_in(stage, etc, "group", groups);
	free(users);
	free(groups);
}

/* Inside, the jail's outer path leads to "/": one name, in and out. */
static void
link_jail(struct stage *stage)
{
	char *outer = box_path(stage->box, stage->course->jail);
	char *inner = text("%s%s", stage->course->jail, outer);
	char *above = text("%.*s", (int)(strrchr(inner, '/') - inner), inner);
	char *whole = box_path(stage->box, inner);

	stage_mkdir(stage, above);
	if (files_symlink(box_root(stage->box), "/", whole) == -1)
		stage_fault(stage, "link", inner);
	free(whole);
	free(above);
	free(inner);
	free(outer);
}

static void
furnish_jail(struct stage *stage)
{
	const struct course *course = stage->course;
	char *etc = text("%s/etc", course->jail);
	char *log = text("%s/log", course->jail);
	char *whole = box_path(stage->box, log);

	stage_mkdir(stage, etc);
	stage_mkdir(stage, log);
	write_users(stage, etc);
	stage_write(stage, course->config, "# nothing is asked for yet\n");
	link_jail(stage);
	/* Only root, or a box with a range of ids, has a second user. */
	if ((course->mode == BOX_RANGE ||
	    (course->mode == BOX_PLAIN && geteuid() == 0)) &&
	    files_chown(box_root(stage->box), whole, (uid_t)course->uid,
	    (gid_t)course->gid) == -1)
		stage_fault(stage, "give away", log);
	free(whole);
	free(log);
	free(etc);
}

static void
note_file(void *argument, const char *path)
{
	char **all = argument;
	char *longer = text("%s%s\n", *all == NULL ? "\n" : *all, path);

	free(*all);
	*all = longer;
}

/* Every file where a program of the box can make one; to be freed. */
static char *
list_files(const struct stage *stage)
{
	static const char *const folders[] = {
		"/run", "/tmp", "/var/log", "/srv", "/start", "/dev/shm",
		"/home", "/etc",
	};
	char *all = text("\n");

	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++) {
		char *whole = box_path(stage->box, folders[i]);
		files_walk(box_root(stage->box), whole, note_file, &all);
		free(whole);
	}
	return all;
}

/* What the harness itself makes, the program before all. */
static bool
is_harness_file(const struct stage *stage, const char *path)
{
	return strcmp(path, box_program(stage->box)) == 0 ||
	    strncmp(path, "/tmp/leak-", 10) == 0 ||
	    strcmp(path, "/tmp/output") == 0;
}

/* Fact "new-files": their names, by newlines; "" for none. */
void
stage_note_files(const struct stage *stage)
{
	char *after = list_files(stage), *fresh = text("%s", "");
	char *prefix = box_path(stage->box, ""), *save = NULL;

	for (char *path = strtok_r(after, "\n", &save); path != NULL;
	    path = strtok_r(NULL, "\n", &save)) {
		char *line = text("\n%s\n", path);
		const char *inner = path + strlen(prefix);
		if (strstr(stage->before, line) == NULL &&
		    !is_harness_file(stage, inner)) {
			char *longer = text("%s%s%s", fresh,
			    fresh[0] == '\0' ? "" : "\n", inner);
			free(fresh);
			fresh = longer;
		}
		free(line);
	}
	run_fact(stage->run, "new-files", "%s", fresh);
	free(prefix);
	free(fresh);
	free(after);
}

void
stage_furnish(struct stage *stage)
{
	if (stage->course->mode != BOX_PLAIN) {
		write_users(stage, "/etc");
		stage_write(stage, "/etc/nsswitch.conf",
		    "passwd: files\ngroup: files\n");
		stage_write(stage, "/etc/hostname", "lab\n");
	}
	stage_mkdir(stage, stage->course->directory);
	furnish_jail(stage);
	stage->before = list_files(stage);
}
