/*
 * transcript - plays a script at a shell in a box, and prints what its
 * terminals showed
 *
 * The book's transcripts are made by it: no one wrote what stands there.  A
 * script has one action a line (chapters/README.md):
 *
 *	file NAME	the file NAME beside the script, in the box
 *	$ COMMAND	typed; then the prompt is waited for,
 *	until TEXT	or this text, where the next line says so
 *	^C		the same for a control character
 *	ready		one more program says that it serves
 *	left N		no more than N processes are left in the box
 *	close		the window is closed: the terminal hangs up
 *	window		another window
 *
 * PIDs in a box are always the same, so the same script gives the same text.
 * A daemon may speak before the prompt or behind it: it is put before it.
 */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/command.h"
#include "language.h"

enum { MOST_LINES = 200, MOST_PID = 200 };

/* The script; the box is entered without any way to it. */
static struct {
	char *text;
	char *lines[MOST_LINES + 1];
	size_t count;
	const char *problem;	/* what the last action waited for in vain */
} script;

/* One window: its shell, and how far its output has been taken. */
struct screen {
	int start;
	size_t from;
	const char *wanted;	/* what is waited for */
	unsigned ready;
	size_t left;
};

/* The argument of a line that begins with `word`, or NULL. */
static char *
argument(char *line, const char *word)
{
	size_t length = strlen(word);

	return strncmp(line, word, length) == 0 ? line + length : NULL;
}

/* Splits the script, and reads the files that it names; false after a
 * sentence on stderr. */
static bool
read_script(const char *path)
{
	char *save = NULL, *name;
	const char *slash = strrchr(path, '/');
	int folder = slash == NULL ? 0 : (int)(slash - path) + 1;

	script.text = read_text(path);
	if (script.text == NULL)
		return false;
	for (char *line = strtok_r(script.text, "\n", &save);
	    line != NULL && script.count < MOST_LINES;
	    line = strtok_r(NULL, "\n", &save)) {
		if (*line == '#')
			continue;
		name = argument(line, "file ");
		if (name == NULL) {
			script.lines[script.count++] = line;
			continue;
		}
		char *whole = text("%.*s%s", folder, path, name);
		bool packed = pack_file(whole);
		free(whole);
		if (!packed)
			return false;
	}
	return true;
}

static void
bring(struct stage *stage, int *programs)
{
	bring_programs(stage, programs);
	unpack_files(stage);
}

static const char *
output_of(const struct stage *stage, const struct screen *screen)
{
	const char *output = stage->run->starts[screen->start].output;

	return output == NULL ? "" : output;
}

static bool
shows(const struct stage *stage, const struct screen *screen)
{
	return strstr(output_of(stage, screen) + screen->from,
	    screen->wanted) != NULL;
}

/* What a condition looks at; one script is played at a time. */
static const struct stage *played;

static bool
has_shown(const struct box *box, const void *argument)
{
	(void)box;
	return shows(played, argument);
}

static unsigned
count_ready(const struct box *box)
{
	unsigned count = 0;

	for (int pid = 1; pid < MOST_PID; pid++)
		count += box_rounds(box, pid);
	return count;
}

static bool
is_ready(const struct box *box, const void *argument)
{
	const struct screen *screen = argument;

	return count_ready(box) > screen->ready;
}

static size_t
count_processes(void)
{
	struct snapshot shot = { .moment = NULL };
	struct run wrapper = { .snapshots = NULL };
	size_t count = SIZE_MAX;

	if (box_observe(played->box, &shot) == 0)
		count = shot.process_count;
	*observation_add(&wrapper, snapshots, snapshot_count) = shot;
	run_free(&wrapper);
	return count;
}

/*
 * Looked at when something comes; the last of several deaths is init's news.
 * The first look can miss a process whose parent ends just then; a second
 * finds it with init.
 */
static bool
are_left(const struct box *box, const void *argument)
{
	const struct screen *screen = argument;

	(void)box;
	return count_processes() <= screen->left &&
	    count_processes() <= screen->left;
}

static void
await(struct stage *stage, const struct screen *screen,
    box_condition *condition, const char *what)
{
	if (script.problem == NULL &&
	    !box_wait(stage->box, condition, screen, PATIENCE_SETTLE))
		script.problem = what;
}

/* Prints what has appeared since the last time; the prompt comes last. */
static void
print_new(const struct stage *stage, struct screen *screen, bool last)
{
	const char *output = output_of(stage, screen);
	const char *from = output + screen->from;
	const char *prompt = strstr(from, STAGE_PROMPT);

	char before = '\n';
	for (; *from != '\0'; from++) {
		if (from == prompt)
			from += strlen(STAGE_PROMPT) - 1;
		else if (*from != '\r')
			putchar(before = *from);
	}
	if (last && before != '\n')
		putchar('\n');
	else if (prompt != NULL && !last)
		fputs(STAGE_PROMPT, stdout);
	screen->from = strlen(output);
}

static void
open_window(struct stage *stage, struct screen *screen)
{
	screen->start = stage_start_shell(stage, false, true);
	screen->from = 0;
	screen->wanted = STAGE_PROMPT;
	await(stage, screen, has_shown, "window");
}

/* Types, and waits for the prompt, or for what the next line says. */
static void
type(struct stage *stage, struct screen *screen, const char *keys, char *next)
{
	const char *other = next == NULL ? NULL : argument(next, "until ");

	print_new(stage, screen, false);
	screen->ready = count_ready(stage->box);
	screen->wanted = other != NULL ? other : STAGE_PROMPT;
	box_type(stage->box, stage->terminal, keys);
	await(stage, screen, has_shown, screen->wanted);
}

static void
close_window(struct stage *stage, struct screen *screen)
{
	print_new(stage, screen, true);
	box_hang_up(stage->box, stage->terminal);
	puts("=== closed");
}

static void
act(struct stage *stage, struct screen *screen, char *line, char *next)
{
	const char *typed = argument(line, "$ ");
	const char *left = argument(line, "left ");
	char *keys;

	if (typed != NULL) {
		keys = text("%s\n", typed);
		type(stage, screen, keys, next);
		free(keys);
	} else if (*line == '^') {
		keys = text("%c", line[1] & 0x1f);
		type(stage, screen, keys, next);
		free(keys);
	} else if (strcmp(line, "ready") == 0) {
		await(stage, screen, is_ready, line);
		screen->ready++;
	} else if (left != NULL) {
		screen->left = strtoul(left, NULL, 10);
		await(stage, screen, are_left, line);
	} else if (strcmp(line, "close") == 0) {
		close_window(stage, screen);
	} else if (strcmp(line, "window") == 0) {
		print_new(stage, screen, true);
		puts("=== window");
		open_window(stage, screen);
	} else if (argument(line, "until ") == NULL) {
		script.problem = line;
	}
}

static int
play(struct stage *stage)
{
	struct screen screen = { .start = 0 };

	played = stage;
	open_window(stage, &screen);
	for (size_t i = 0; i < script.count && script.problem == NULL; i++)
		act(stage, &screen, script.lines[i], script.lines[i + 1]);
	print_new(stage, &screen, true);
	if (script.problem == NULL)
		return EXIT_PASSED;
	fprintf(stderr, _("lab: the script went no further than: %s\n"),
	    script.problem);
	return EXIT_HARNESS;
}

static int
transcript(int argc, char **argv, const struct command_options *options)
{
	static const struct guest guest = { bring, play };
	int code = EXIT_USAGE;

	if (argc != 2)
		fprintf(stderr, _("lab %s: name one script\n"), argv[0]);
	else if (read_script(argv[1]))
		code = command_in_box(options, &guest);
	drop_files();
	free(script.text);
	return code;
}

const struct command transcript_command = {
	"transcript", N_("SCRIPT"), N_("what a script shows in a box"),
	transcript
};
