/*
 * luggage - files of this machine that a box is to have as well
 *
 * They are read before the box is entered: from there no way leads to them.
 */
#define _GNU_SOURCE /* getdelim */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/command.h"
#include "language.h"

enum { MOST_FILES = 64 };

static struct {
	char *name, *content;
} files[MOST_FILES];
static size_t count;

char *
read_text(const char *path)
{
	FILE *file = fopen(path, "re");
	char *all = NULL;
	size_t size = 0;

	if (file == NULL || getdelim(&all, &size, '\0', file) == -1) {
		fprintf(stderr, _("lab: %s can't be read\n"), path);
		free(all);
		all = NULL;
	}
	if (file != NULL)
		fclose(file);
	return all;
}

bool
pack_file(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *content;

	if (count == MOST_FILES) {
		fprintf(stderr, _("lab: more than %d files\n"), MOST_FILES);
		return false;
	}
	content = read_text(path);
	if (content == NULL)
		return false;
	files[count].name = text("%s", slash == NULL ? path : slash + 1);
	files[count++].content = content;
	return true;
}

void
unpack_files(struct stage *stage)
{
	for (size_t i = 0; i < count; i++) {
		char *path = text("/home/student/%s", files[i].name);

		stage_write(stage, path, files[i].content);
		free(path);
	}
}

void
drop_files(void)
{
	while (count > 0) {
		free(files[--count].name);
		free(files[count].content);
	}
}
