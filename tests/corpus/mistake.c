/*
 * mistake - what a mistake's header wants, and whether a result gives it
 */
#define _GNU_SOURCE		/* getline */

#include <dirent.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/corpus.h"
#include "observe/json.h"

bool
is_listed(const char *list, const char *word)
{
	size_t length = strlen(word);

	for (const char *at = list; *at != '\0'; at += strspn(at, " ")) {
		size_t size = strcspn(at, " ");
		if (size == length && strncmp(at, word, size) == 0)
			return true;
		at += size;
	}
	return false;
}

/* --- reading ------------------------------------------------------------ */

/* " * fails: a b" adds to what "fails" stands for: there may be more lines. */
static void
read_word(struct mistake *mistake, const char *line)
{
	const struct {
		const char *word;
		char **value;
	} words[] = {
		{ " * fails:", &mistake->fails },
		{ " * either:", &mistake->either },
		{ " * advice:", &mistake->advice },
		{ " * cause:", &mistake->cause },
		{ " * open:", &mistake->open },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		size_t length = strlen(words[i].word);
		if (strncmp(line, words[i].word, length) != 0)
			continue;
		line += length;
		line += strspn(line, " ");
		char *longer = *words[i].value == NULL ? text("%s", line) :
		    text("%s %s", *words[i].value, line);
		free(*words[i].value);
		*words[i].value = longer;
		return;
	}
}

/* The first paragraph, after "name - ", on one line. */
static void
read_title(struct mistake *mistake, const char *line)
{
	const char *at = strncmp(line, " * ", 3) == 0 ? line + 3 : line;
	size_t length = strlen(mistake->name);

	if (mistake->title == NULL) {
		if (strncmp(at, mistake->name, length) == 0 &&
		    strncmp(at + length, " - ", 3) == 0)
			at += length + 3;
		mistake->title = text("%s", at);
		return;
	}
	char *longer = text("%s %s", mistake->title, at);
	free(mistake->title);
	mistake->title = longer;
}

static bool
read_header(struct mistake *mistake, const char *path)
{
	FILE *file = fopen(path, "re");
	char *line = NULL;
	size_t room = 0;
	bool first = true;

	if (file == NULL) {
		warn("%s", path);
		return false;
	}
	while (getline(&line, &room, file) > 0 &&
	    strstr(line, "*/") == NULL) {
		line[strcspn(line, "\n")] = '\0';
		if (strcmp(line, " *") == 0)
			first = false;
		else if (first && strcmp(line, "/*") != 0)
			read_title(mistake, line);
		else
			read_word(mistake, line);
	}
	free(line);
	fclose(file);
	return true;
}

static bool
read_seen(struct mistake *mistake, const char *path)
{
	json_error_t error;
	json_t *json = json_load_file(path, 0, &error);
	bool good = json != NULL &&
	    observation_from_json(&mistake->seen, json) == 0;

	if (json == NULL)
		warnx("%s: %s (make seen)", path, error.text);
	else if (!good)
		warnx("%s: not an observation (make seen)", path);
	json_decref(json);
	return good;
}

static bool
read_mistake(struct mistake *mistake, const char *step, const char *file)
{
	mistake->name = text("%.*s", (int)(strlen(file) - 2), file);
	char *path = text("tests/mistakes/%s/%s", step, file);
	char *seen = text("build/seen/mistakes/%s/%s.json", step,
	    mistake->name);
	bool good = read_header(mistake, path) && read_seen(mistake, seen);

	char **words[] = { &mistake->title, &mistake->fails, &mistake->either,
		&mistake->advice, &mistake->cause, &mistake->open };
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (*words[i] == NULL)
			*words[i] = text("%s", "");
	free(path);
	free(seen);
	return good;
}

static int
is_source(const struct dirent *entry)
{
	const char *ending = strrchr(entry->d_name, '.');

	return ending != NULL && strcmp(ending, ".c") == 0;
}

/* The order must not depend on the locale: alphasort's does. */
static int
in_bytes(const struct dirent **one, const struct dirent **other)
{
	return strcmp((*one)->d_name, (*other)->d_name);
}

bool
corpus_read(struct corpus *corpus, const struct step *step)
{
	char *folder = text("tests/mistakes/%s", step->name);
	struct dirent **entries;
	int count = scandir(folder, &entries, is_source, in_bytes);
	bool good = count > 0;

	memset(corpus, 0, sizeof(*corpus));
	corpus->step = step;
	if (count == -1)
		warn("%s", folder);
	else if (count == 0)
		warnx("%s: no mistakes", folder);
	for (int i = 0; i < count; i++) {
		struct mistake *mistake = observation_add(corpus, mistakes,
		    count);
		good = read_mistake(mistake, step->name, entries[i]->d_name) &&
		    good;
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	free(folder);
	return good;
}

void
corpus_free(struct corpus *corpus)
{
	for (size_t i = 0; i < corpus->count; i++) {
		struct mistake *mistake = &corpus->mistakes[i];

		free(mistake->name);
		free(mistake->title);
		free(mistake->fails);
		free(mistake->either);
		free(mistake->advice);
		free(mistake->cause);
		free(mistake->open);
		free(mistake->missed);
		observation_free(&mistake->seen);
	}
	free(corpus->mistakes);
	memset(corpus, 0, sizeof(*corpus));
}

/* --- comparing ---------------------------------------------------------- */

/* "no-daemon" stands for all that can't be looked at without one. */
static bool
has_to_fail(const struct mistake *mistake, const struct check *check)
{
	return is_listed(mistake->fails, check->id) ||
	    (is_listed(mistake->fails, "no-daemon") && check->required &&
	    strcmp(check->id, "makes-no-other-file") != 0);
}

/* One check's verdict against the header; NULL where it is as wanted. */
static const char *
wrong_status(const struct mistake *mistake, const struct verdict *verdict)
{
	const char *id = verdict->check->id;
	bool failed = verdict->status == STATUS_FAIL;

	if (verdict->status == STATUS_ERROR)
		return "harness fault";
	if (is_listed(mistake->advice, id) &&
	    verdict->status != STATUS_ADVICE)
		return "no advice";
	if (is_listed(mistake->either, id) ||
	    failed == has_to_fail(mistake, verdict->check))
		return NULL;
	return failed ? "failed" : "did not fail";
}

/* The cause that the first failure names. */
static const char *
first_cause(const struct result *result)
{
	for (size_t i = 0; i < result->count; i++)
		if (result->verdicts[i].status == STATUS_FAIL &&
		    result->verdicts[i].cause != NULL)
			return result->verdicts[i].cause;
	return "";
}

char *
mistake_complaint(const struct mistake *mistake, const struct result *result)
{
	const char *cause = first_cause(result);

	for (size_t i = 0; i < result->count; i++) {
		const struct verdict *verdict = &result->verdicts[i];
		const char *wrong = wrong_status(mistake, verdict);

		if (wrong != NULL)
			return text("%s: %s", verdict->check->id, wrong);
	}
	if (*mistake->cause != '\0' && strcmp(mistake->cause, cause) != 0)
		return text("cause %s instead of %s", cause, mistake->cause);
	return NULL;
}
