/*
 * await - wait for what happens, without asking again and again
 *
 *   await line FILE WORDS [TIMES]
 *   await that PATH COMMAND...
 *   await end PID...
 *
 * The first ends when FILE has a line with WORDS in it, or that many lines; it
 * needn't be there yet, nor its folder, and it may be replaced by another. The
 * second ends when COMMAND has status 0: it is run once, and again after each
 * change of PATH, or of what is in that folder. The third ends when these
 * processes have: at once, where there is none.
 */
#define _GNU_SOURCE /* syscall */

#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	FAULT = 99,
	CHANGES = IN_MODIFY | IN_CREATE | IN_MOVED_TO | IN_ATTRIB | IN_MOVE_SELF
};

static int
count_lines(const char *path, const char *words)
{
	FILE *file = fopen(path, "re");
	char *line = NULL;
	size_t room = 0;
	ssize_t length;
	int lines = 0;

	if (file == NULL)
		return 0;
	while ((length = getline(&line, &room, file)) > 0)
		lines += line[length - 1] == '\n' &&
		    strstr(line, words) != NULL;
	free(line);
	fclose(file);
	return lines;
}

/* The file, and its folder, or what there is of its folder's path. */
static void
watch(int changes, const char *path)
{
	char folder[PATH_MAX];
	char *end;

	(void)inotify_add_watch(changes, path, CHANGES);
	snprintf(folder, sizeof folder, "%s", path);
	do {
		end = strrchr(folder, '/');
		if (end == NULL)
			errx(FAULT, "%s: an absolute path, please", path);
		end[end == folder] = '\0';
	} while (inotify_add_watch(changes, folder, CHANGES) == -1 &&
	    end != folder);
}

static int
succeeds(char *command[])
{
	int status = FAULT;
	pid_t pid;

	if (posix_spawnp(&pid, command[0], NULL, NULL, command, environ) != 0 ||
	    waitpid(pid, &status, 0) == -1)
		errx(FAULT, "%s: it can't be run", command[0]);
	return status == 0;
}

/*
 * Until the command succeeds; or, without one, until the file has the lines.
 * The look comes after the watch: no change goes unseen between them.
 */
static void
await_change(const char *path, char *command[], const char *words, int lines)
{
	char events[16 * 1024];
	int changes;

	for (;;) {
		changes = inotify_init1(IN_CLOEXEC);
		if (changes == -1)
			err(FAULT, "inotify");
		watch(changes, path);
		if (command != NULL ? succeeds(command)
		                    : count_lines(path, words) >= lines)
			return;
		if (read(changes, events, sizeof events) == -1)
			err(FAULT, "inotify");
		close(changes);
	}
}

static void
await_end(pid_t pid)
{
	struct pollfd process = {.events = POLLIN};

	process.fd = (int)syscall(SYS_pidfd_open, pid, 0);
	if (process.fd == -1 && errno != ESRCH)
		err(FAULT, "pidfd_open");
	if (process.fd != -1 && poll(&process, 1, -1) == -1)
		err(FAULT, "poll");
}

int
main(int argc, char *argv[])
{
	int i;

	if (argc >= 3 && strcmp(argv[1], "end") == 0)
		for (i = 2; i < argc; i++)
			await_end((pid_t)atol(argv[i]));
	else if (argc >= 4 && strcmp(argv[1], "line") == 0)
		await_change(argv[2], NULL, argv[3],
		    argc > 4 ? atoi(argv[4]) : 1);
	else if (argc >= 4 && strcmp(argv[1], "that") == 0)
		await_change(argv[2], argv + 3, "", 0);
	else
		errx(2, "usage: await line FILE WORDS [TIMES] | "
		    "that PATH COMMAND... | end PID...");
	return 0;
}
