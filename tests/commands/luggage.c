/*
 * luggage - files of this machine that a box is to have as well
 *
 * They are read before the box is entered: from there no way leads to them.
 */
#define _GNU_SOURCE /* getdelim */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "box/files.h"
#include "commands/command.h"
#include "language.h"

enum { MOST_FILES = 64 };

static struct {
	char *name, *content;	/* or NULL: a program, */
	int program;		/* opened */
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
	bool runs = access(path, X_OK) == 0;
	content = runs ? NULL : read_text(path);
	files[count].program = runs ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	if (content == NULL && files[count].program == -1)
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

		if (files[i].content != NULL)
			stage_write(stage, path, files[i].content);
		else if (files_copy(box_root(stage->box), files[i].program,
		    path) == -1)
			fprintf(stderr, "lab: %s: %s\n", path,
			    strerror(errno));
		free(path);
	}
}

void
drop_files(void)
{
	while (count > 0) {
		free(files[--count].name);
		free(files[count].content);
		if (files[count].program != -1)
			close(files[count].program);
	}
}
