/*
 * json - the verdicts for programs: grade, merge and the other formats
 */
#define _GNU_SOURCE
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "language.h"
#include "report/report.h"
#include "report/words.h"

#define SCHEMA 1

const char *
status_word(enum status status)
{
	static const char *const words[] = {
		[STATUS_PASS] = "pass",
		[STATUS_FAIL] = "fail",
		[STATUS_SKIP] = "skip",
		[STATUS_ERROR] = "error",
		[STATUS_ADVICE] = "advice",
	};

	return words[status];
}

/* jansson refuses what isn't UTF-8, and a program may say anything. */
static json_t *
string_or_null(const char *text)
{
	json_t *value;
	char *valid;

	if (text == NULL)
		return json_null();
	valid = words_repair(text);
	value = json_string(valid);
	free(valid);
	return value;
}

static json_t *
evidence_json(const struct verdict *verdict)
{
	json_t *lines = json_array();

	for (size_t i = 0; i < verdict->evidence_count; i++)
		if (json_array_append_new(lines,
		    string_or_null(verdict->evidence[i])) != 0) {
			json_decref(lines);
			return NULL;
		}
	return lines;
}

static json_t *
cause_json(const struct verdict *verdict)
{
	if (verdict->cause == NULL)
		return json_null();
	return json_pack("{s:o, s:o}",
	    "key", string_or_null(verdict->cause),
	    "text", string_or_null(verdict->cause_text));
}

static json_t *
verdict_json(const struct verdict *verdict)
{
	const struct check *check = verdict->check;

	return json_pack("{s:s, s:s, s:b, s:o, s:o, s:o, s:o, s:o, s:o}",
	    "id", check->id,
	    "status", status_word(verdict->status),
	    "required", (int)check->required,
	    "property", string_or_null(_(check->property)),
	    "expected", string_or_null(verdict->expected),
	    "found", string_or_null(verdict->found),
	    "evidence", evidence_json(verdict),
	    "cause", cause_json(verdict),
	    "action", string_or_null(verdict->action));
}

json_t *
report_json(const struct result *result, const struct observation *seen)
{
	json_t *checks = json_array();

	for (size_t i = 0; i < result->count; i++)
		if (json_array_append_new(checks,
		    verdict_json(&result->verdicts[i])) != 0) {
			json_decref(checks);
			errno = ENOMEM;
			return NULL;
		}
	return json_pack("{s:i, s:o, s:s, s:o, s:{s:o, s:o, s:f}}",
	    "schema", SCHEMA,
	    "step", string_or_null(result->step),
	    "status", status_word(result->status),
	    "checks", checks,
	    "volatile",
	    "seed", string_or_null(seen != NULL ? seen->seed : NULL),
	    "mode", string_or_null(seen != NULL ? seen->mode : NULL),
	    "seconds", result->seconds);
}

/*
 * A new file beside the path, so that rename stays inside one file system.
 * A run that was killed may have left one behind: the next name is taken.
 */
static int
create_beside(const char *path, char **name)
{
	for (int attempt = 0; attempt < 1000; attempt++) {
		int fd;

		*name = text("%s.%ld.%d", path, (long)getpid(), attempt);
		fd = open(*name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW |
		    O_CLOEXEC, 0666);
		if (fd >= 0 || errno != EEXIST)
			return fd;
		free(*name);
		*name = NULL;
	}
	return -1;
}

static int
write_whole(int fd, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t written = write(fd, bytes, length);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return -1;
		bytes += written;
		length -= (size_t)written;
	}
	return 0;
}

/* Writes, and closes in any case: some file systems report errors there. */
static int
fill(int fd, const char *document)
{
	int result = write_whole(fd, document, strlen(document));
	int error;

	if (result == 0)
		result = write_whole(fd, "\n", 1);
	error = errno;
	if (close(fd) != 0 && result == 0)
		return -1;
	errno = error;
	return result;
}

/* A rename takes the place of whatever is there: of a file, no more. */
static bool
may_replace(const char *path)
{
	struct stat status;

	if (stat(path, &status) == -1)
		return errno == ENOENT;
	errno = S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
	return S_ISREG(status.st_mode);
}

/* The signals that end a run; a half-written file would outlive it. */
static void
hold_endings(sigset_t *before)
{
	sigset_t endings;

	sigemptyset(&endings);
	sigaddset(&endings, SIGINT);
	sigaddset(&endings, SIGQUIT);
	sigaddset(&endings, SIGTERM);
	sigaddset(&endings, SIGHUP);
	sigprocmask(SIG_BLOCK, &endings, before);
}

/* Puts the document in the path's place, or leaves all as it was. */
static int
replace(const char *path, const char *document)
{
	char *name = NULL;
	sigset_t before;
	int result = -1, fd, error;

	hold_endings(&before);
	fd = create_beside(path, &name);
	if (fd >= 0) {
		result = fill(fd, document);
		if (result == 0)
			result = rename(name, path);
		error = errno;
		if (result != 0)
			unlink(name);
		errno = error;
	}
	error = errno;
	free(name);
	sigprocmask(SIG_SETMASK, &before, NULL);
	errno = error;
	return result;
}

/*
 * json_dumpfd would be a write(2) for each word, and says nothing of why a
 * short one was short.
 */
int
report_save(json_t *report, const char *path)
{
	char *document = json_dumps(report, JSON_INDENT(2));
	int result = -1, error;

	if (document == NULL) {
		errno = ENOMEM;
		return -1;
	}
	if (may_replace(path))
		result = replace(path, document);
	error = errno;
	free(document);
	errno = error;
	return result;
}

void
result_free(struct result *result)
{
	for (size_t i = 0; i < result->count; i++) {
		struct verdict *verdict = &result->verdicts[i];

		for (size_t j = 0; j < verdict->evidence_count; j++)
			free(verdict->evidence[j]);
		free(verdict->evidence);
		free(verdict->expected);
		free(verdict->found);
		free(verdict->cause_text);
		free(verdict->action);
	}
	free(result->verdicts);
	memset(result, 0, sizeof(*result));
}
