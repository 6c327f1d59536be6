/*
 * 10-texts - judges what becomes of a message with a newline in it, of one
 * of 1,000 bytes, and of a longer one
 */
#include <stdlib.h>
#include <string.h>

#include "checks/10-log.h"
#include "checks/daemon.h"
#include "checks/needs.h"
#include "checks/verdict.h"
#include "checks/witness.h"
#include "language.h"

enum {
	MARK = 20,		/* bytes that stand for a text */
	QUOTED = 60		/* bytes that are shown of one */
};

const struct cause log_too_long = {
	"10-log.too-long",
	N_("What becomes of a message that is too long for the buffer? "
	    "snprintf cuts off its end, the newline too, and returns the "
	    "length that it would have needed."),
	N_("Test what snprintf returned, and end the cut line with a newline "
	    "(chapters/en/10-log.md)."),
};
static const struct cause newline_kept = {
	"10-log.newline-kept",
	N_("Does a newline in the message begin a new line of the log? Who "
	    "sends the text can forge a line so."),
	N_("Put a blank in the place of each newline before you write the line "
	    "(chapters/en/10-log.md)."),
};

/* The line that a text begins in, as a copy; or NULL. */
static char *
line_of_text(const struct file *log, const char *words)
{
	char *mark = text("%.*s", MARK, words);
	char *line = line_with(log->content, mark);

	free(mark);
	return line;
}

/* How much of a text stands in a line, from its beginning. */
static size_t
landed(const char *line, const char *words)
{
	char *mark = text("%.*s", MARK, words);
	const char *at = strstr(line, mark);
	size_t count = 0;

	free(mark);
	while (at != NULL && words[count] != '\0' && at[count] == words[count])
		count++;
	return count;
}

/* A line of thousands of bytes is quoted from both its ends. */
static void
quote(struct verdict *verdict, const struct file *log, const char *line)
{
	const size_t length = strlen(line);

	if (length <= QUOTED + MARK)
		evidence(verdict, "%s: %s", log->path, line);
	else
		evidence(verdict, "%s: %.*s ... %s", log->path, QUOTED, line,
		    line + length - MARK);
}

/*
 * What stands for the newline is free: a blank, a mark, nothing.  Both sides
 * of it are in one line, and nothing is missing.
 */
static void
judge_whole_text(const struct file *log, const char *words,
    struct verdict *verdict)
{
	const size_t half = strcspn(words, "\n");
	const char *tail = words + half + (words[half] == '\n');
	char *head = text("%.*s", (int)half, words);
	char *line = line_of_text(log, head), *other = line_of_text(log, tail);
	const size_t before = line != NULL ? landed(line, head) : 0;
	const size_t after = line != NULL ? landed(line, tail) : 0;

	expect(verdict, _("a message of %zu bytes, one of them a newline, is "
	    "one line of %s"), strlen(words), log->path);
	if (line == NULL) {
		found_no_line(verdict, log);
		show_file(verdict, log);
		accuse(verdict, &log_not_written);
	} else if (after == 0 && other != NULL) {
		found(verdict, _("a line of its own: %.*s"), QUOTED, other);
		quote(verdict, log, line);
		quote(verdict, log, other);
		accuse(verdict, &newline_kept);
	} else if (before < strlen(head) || after < strlen(tail)) {
		found(verdict, _("a line with %zu bytes of it"),
		    before + after);
		quote(verdict, log, line);
		accuse(verdict, &log_cut);
	}
	free(other);
	free(line);
	free(head);
}

/* Cut or not: a line of its own, and nothing that isn't text behind it. */
static void
judge_long_text(const struct file *log, const char *words,
    struct verdict *verdict)
{
	const size_t length = strlen(words);
	char *line = line_of_text(log, words);
	char *rest = line_of_text(log, words + length - MARK);

	expect(verdict, _("a message of %zu bytes is one line of %s, cut or "
	    "not"), length, log->path);
	if (log->size > (long)strlen(log->content)) {
		found(verdict, _("NUL bytes"));
		accuse(verdict, &log_too_long);
	} else if (line == NULL) {
		found_no_line(verdict, log);
		accuse(verdict, &log_too_long);
	} else if (strstr(line, "ready") != NULL) {
		found(verdict, _("the next message stands in the same line"));
		accuse(verdict, &log_too_long);
	} else if (landed(line, words) < length && rest != NULL) {
		found(verdict, _("it goes on in another line"));
		quote(verdict, log, rest);
		accuse(verdict, &log_too_long);
	}
	if (verdict->status != STATUS_PASS) {
		show_file(verdict, log);
		quote(verdict, log, line != NULL ? line : "");
	}
	free(rest);
	free(line);
}

/* What a start of run "texts" was told to log. */
struct told_text {
	const char *start, *moment, *fact;
	void (*judge)(const struct file *, const char *words,
	    struct verdict *);
};

/* Each has a look at the log of its own: another mistake may spoil it. */
static const struct told_text told_texts[] = {
	{ "first", "after", "whole", judge_whole_text },
	{ "second", "second", "long", judge_long_text },
};

void
judge_texts(const struct observation *seen, struct verdict *verdict)
{
	const struct run *run = find_run(seen, "texts");

	for (size_t i = 0; i < 2 && verdict->status == STATUS_PASS; i++) {
		const struct told_text *told = &told_texts[i];
		const struct file *log;
		const char *words;

		if (the_daemon(seen, verdict, "texts", told->start,
		    told->moment) == NULL)
			return;
		log = log_file_at(seen, verdict, "texts", told->moment);
		words = log ? needed_fact(run, verdict, told->fact) : NULL;
		if (words == NULL)
			return;
		told->judge(log, words, verdict);
	}
}
