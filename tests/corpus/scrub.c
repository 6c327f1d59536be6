/*
 * scrub - what differs from one run to the next gets a name instead
 */
#include <err.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/scrub.h"
#include "observe/observation.h"

enum { HARNESS_FAULT = 99 };

/* In what a step, or a check, says (NULL: any), the pattern's group becomes
 * the name. */
static const struct rule {
	const char *where, *pattern, *name;
} rules[] = {
	/* Address spaces are random. */
	{ NULL, "(0x[57][0-9a-f]{11})", "ADDRESS" },
	/* The kernel counts them all. */
	{ NULL, "[a-z]:\\[([0-9]+)\\]", "INODE" },
	{ NULL, "(FLOCK|POSIX|OFDLCK) .* ([0-9a-f]+:[0-9a-f]+):[0-9]+ ",
	    "DEVICE" },
	{ "11-chroot", "device ([0-9]+)", "DEVICE" },
	{ "11-chroot", "périphérique ([0-9]+)", "DEVICE" },
	{ NULL, "<[0-9]+>([A-Z][a-z]{2} [ 0-9][0-9] [0-9:]{8})", "TIME" },
	{ NULL, "([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}[-+0-9Z]*)", "TIME" },
	/* Where all fork, who gets which number is the scheduler's affair. */
	{ "03-refork", "(/proc/|pid |process |processus )([67])", "PID" },
	/* Writers race with each other, and with the renames. */
	{ "10-log", "\\.log[.0-9]* file .* size ([0-9]+)", "SIZE" },
	{ "10-log", "messages ([0-9]+) are missing", "N" },
	{ "10-log", "manquants[^0-9]*([0-9]+)", "N" },
	{ "10-log", "message ([0-9]+) of process", "N" },
	{ "10-log", "message ([0-9]+) du processus", "N" },
	{ "10-log", "(PID|process|processus|strace:|wait:) ([0-9]+)", "PID" },
	{ "10-log", "(/proc/|10-log\\[)([0-9]+)", "PID" },
	/* The starts in which a call fails are all made at the same time. */
	{ "heeds-every-failure", "(process|processus) ([0-9]+)", "PID" },
	{ "heeds-every-failure", "/proc/([0-9]+)", "PID" },
	{ "heeds-every-failure", "(pid|ppid|pgrp|session) ([2-9]|[1-9][0-9]+)"
	    " ", "PID" },
	{ "heeds-every-failure", "tty_nr ([1-9][0-9]+)", "TTY" },
	{ "heeds-every-failure", "write\\([0-9], \"([0-9]+)", "PID" },
};

enum { RULES = sizeof(rules) / sizeof(*rules), GROUPS = 3 };

/* The last group that the pattern has is the one replaced. */
static void
apply(const struct rule *rule, char **string)
{
	regmatch_t match[GROUPS];
	regex_t pattern;
	char *done = text("%s", "");
	const char *rest = *string;

	if (regcomp(&pattern, rule->pattern, REG_EXTENDED) != 0)
		errx(HARNESS_FAULT, "scrub: %s", rule->pattern);
	while (regexec(&pattern, rest, GROUPS, match, 0) == 0) {
		const regmatch_t *group = &match[pattern.re_nsub];
		char *more = text("%s%.*s%s", done, (int)group->rm_so, rest,
		    rule->name);

		free(done);
		done = more;
		rest += group->rm_eo;
	}
	regfree(&pattern);
	char *whole = text("%s%s", done, rest);
	free(done);
	free(*string);
	*string = whole;
}

static void
scrub_text(const char *step, const char *check, char **string)
{
	for (size_t i = 0; i < RULES && *string != NULL; i++)
		if (rules[i].where == NULL ||
		    strcmp(rules[i].where, step) == 0 ||
		    strcmp(rules[i].where, check) == 0)
			apply(&rules[i], string);
}

/*
 * Which of two processes comes first is the scheduler's affair: calls that
 * are quoted one after the other are put in the order of their lines.
 */
static void
sort_calls(struct verdict *verdict)
{
	static const char call[] = "strace: ";
	char **line = verdict->evidence;

	for (size_t i = 1; i < verdict->evidence_count; i++)
		for (size_t j = i; j > 0 &&
		    strncmp(line[j - 1], call, strlen(call)) == 0 &&
		    strncmp(line[j], call, strlen(call)) == 0 &&
		    strcmp(line[j - 1], line[j]) > 0; j--) {
			char *earlier = line[j];
			line[j] = line[j - 1];
			line[j - 1] = earlier;
		}
}

static void
scrub_verdict(const char *step, struct verdict *verdict)
{
	char **strings[] = { &verdict->expected, &verdict->found,
		&verdict->cause_text, &verdict->action };

	for (size_t i = 0; i < sizeof(strings) / sizeof(*strings); i++)
		scrub_text(step, verdict->check->id, strings[i]);
	for (size_t i = 0; i < verdict->evidence_count; i++)
		scrub_text(step, verdict->check->id, &verdict->evidence[i]);
	sort_calls(verdict);
}

void
scrub(struct result *result)
{
	for (size_t i = 0; i < result->count; i++)
		scrub_verdict(result->step, &result->verdicts[i]);
}
