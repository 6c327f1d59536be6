/*
 * ps - tests of the reader of ps(1)'s output
 */
#define _GNU_SOURCE
#include "observe/ps.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "unit/unit.h"

#define HEADING \
	"    PID    PPID    PGID     SID  EUID  EGID TT       STAT COMMAND\n"

/* procps 4.0.2 in a box; the last program is named "a b c". */
static const char recorded[] = HEADING
    "      1       0       0       0     0     0 ?        S    init\n"
    "      6       1       6       6  1701  1702 pts/0    Ss+  03-refork\n"
    "     10       1       0       0     0     0 ?        Z    true <defunct>\n"
    "2147483647     1       0       0 65534 65534 ?        Ssl< a b c\n";

static int
parse(struct run *run, const char *output)
{
	errno = 0;
	return ps_parse(observation_add(run, snapshots, snapshot_count),
	    output);
}

static void
reads_rows(void)
{
	struct run run = { 0 };
	const struct row *row;

	if (prove(parse(&run, recorded) == 0, "it was refused") &&
	    prove(run.snapshots[0].row_count == 4, "%zu rows, expected 4",
	    run.snapshots[0].row_count)) {
		row = &run.snapshots[0].rows[1];
		prove(row->pid == 6 && row->ppid == 1 && row->pgid == 6 &&
		    row->sid == 6 && row->uid == 1701 && row->gid == 1702,
		    "numbers of %s misread", row->line);
		prove_equal(row->terminal, "pts/0", "terminal");
		prove_equal(row->stat, "Ss+", "stat");
		prove_equal(row->comm, "03-refork", "comm");
		prove_equal(row[1].stat, "Z", "a zombie's stat");
		prove_equal(row[1].comm, "true", "a zombie's comm");
		prove_equal(row[2].comm, "a b c", "a name with blanks");
		prove(row[2].pid == 2147483647, "pid is %d", row[2].pid);
		prove_equal(row[2].line, "2147483647     1       0       0 "
		    "65534 65534 ?        Ssl< a b c", "line");
	}
	run_free(&run);
}

static void
reads_empty_names(void)
{
	struct run run = { 0 };

	if (prove(parse(&run, HEADING "1 0 0 0 0 0 ? S    \n") == 0,
	    "an empty name was refused"))
		prove_equal(run.snapshots[0].rows[0].comm, "", "comm");
	run_free(&run);
}

/* Only a zombie's name is ps's own; a program may be called so. */
static void
keeps_a_living_defunct(void)
{
	struct run run = { 0 };

	if (prove(parse(&run, HEADING "1 0 0 0 0 0 ? S    a <defunct>\n") ==
	    0, "it was refused"))
		prove_equal(run.snapshots[0].rows[0].comm, "a <defunct>",
		    "comm");
	run_free(&run);
}

static void
refuses_anything_else(void)
{
	static const char *const wrong[] = {
		"", "\n", "error: unsupported option\n", HEADING "\n",
		"PID PPID PGID SID EUID EGID TT STAT\n1 0 0 0 0 0 ? S\n",
		HEADING "1 0 0 0 0 0 ?\n", HEADING "1 0 0 0 root 0 ? S a\n",
		HEADING "0 0 0 0 0 0 ? S a\n", HEADING "-1 0 0 0 0 0 ? S a\n",
		HEADING "1 0 0 0 4294967296 0 ? S a\n",
		HEADING "1x 0 0 0 0 0 ? S a\n", HEADING "1 0 0 0 0 0 ? S torn"
	};
	struct run run = { 0 };

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		prove(parse(&run, wrong[i]) == -1 && errno == EINVAL,
		    "\"%s\" was accepted", wrong[i]);
	run_free(&run);
}

/* Every cut but the two whole ones is refused, unless at a line's end. */
static void
refuses_torn_output(void)
{
	char torn[sizeof(recorded)];
	struct run run = { 0 };
	bool whole;

	for (size_t i = 0; i < sizeof(recorded); i++) {
		memcpy(torn, recorded, i);
		torn[i] = '\0';
		whole = i > 0 && torn[i - 1] == '\n';
		prove((parse(&run, torn) == 0) == whole,
		    "cut after %zu bytes: %s", i,
		    whole ? "refused" : "accepted");
	}
	run_free(&run);
}

/* ps itself, here: what ps_command asks for is what ps_parse reads. */
static void
agrees_with_ps(void)
{
	char output[1 << 18], *command = text("exec");
	struct run run = { 0 };
	size_t length;
	FILE *pipe;

	for (size_t i = 0; ps_command[i] != NULL; i++) {
		char *shorter = command;
		command = text("%s %s", shorter, ps_command[i]);
		free(shorter);
	}
	pipe = popen(command, "r");
	free(command);
	if (pipe == NULL) {
		prove(false, "popen: %s", strerror(errno));
		return;
	}
	length = fread(output, 1, sizeof(output) - 1, pipe);
	output[length] = '\0';
	pclose(pipe);
	prove(parse(&run, output) == 0, "ps printed \"%s\"", output);
	prove(find_row(&run.snapshots[0], getpid()) != NULL,
	    "process %d is not in it", getpid());
	run_free(&run);
}

static void
survives_noise(void)
{
	char noise[sizeof(recorded)];
	struct run run = { 0 };

	for (unsigned round = 0; round < 5000; round++) {
		memcpy(noise, recorded, sizeof(noise));
		for (unsigned i = draw(8); i > 0; i--)
			noise[draw(sizeof(noise) - 1)] = (char)draw(256);
		parse(&run, noise);
		run_free(&run);
	}
	prove(true, "it came this far");
}

CU_TestInfo ps_tests[] = {
	{ "reads the rows that ps prints", reads_rows },
	{ "reads rows with an empty name", reads_empty_names },
	{ "keeps a living <defunct>", keeps_a_living_defunct },
	{ "refuses anything else", refuses_anything_else },
	{ "refuses torn output", refuses_torn_output },
	{ "agrees with the machine's ps", agrees_with_ps },
	{ "survives noise", survives_noise },
	CU_TEST_INFO_NULL
};
