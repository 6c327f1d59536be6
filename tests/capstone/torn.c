/*
 * torn - a board that was cut off, or damaged, at every byte
 *
 *   torn BBSERVE CONF BOARD
 *
 * The board is made anew by the program itself. Then, for each of its sizes,
 * what a start finds of it is compared with what is whole in it; and, for each
 * of its bytes, damaged, all messages but those it belongs to must be found.
 * Prints "STARTS WRONG"; status 1 when something was wrong.
 */
#define _GNU_SOURCE /* memmem */

#include <sys/wait.h>

#include <err.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MESSAGES = 8, SIZE = 16 * 1024, FAULT = 99 };

static char *const *arguments;
static const char *board;
static char whole[SIZE], found[SIZE];
static size_t whole_size, found_size;
static unsigned long starts, wrong;

static size_t
load(const char *path, char text[SIZE])
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = read(fd, text, SIZE - 1);

	if (n == -1)
		err(FAULT, "%s", path);
	close(fd);
	text[n] = '\0';
	return (size_t)n;
}

static void
store(const char *path, const char *text, size_t size)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);

	if (fd == -1 || write(fd, text, size) != (ssize_t)size)
		err(FAULT, "%s", path);
	close(fd);
}

/* Runs bbserve -i with these commands; its replies are in found. */
static int
run(const char *commands)
{
	int to[2], from[2], status;
	ssize_t n;

	if (pipe2(to, O_CLOEXEC) == -1 || pipe2(from, O_CLOEXEC) == -1)
		err(FAULT, "pipe2");
	starts++;
	switch (fork()) {
	case -1:
		err(FAULT, "fork");
	case 0:
		dup2(to[0], STDIN_FILENO);
		dup2(from[1], STDOUT_FILENO);
		dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
		execl(arguments[1], arguments[1], "-i", "-c", arguments[2],
		    "-f", board, (char *)NULL);
		_exit(FAULT);
	default:
		break;
	}
	close(to[0]);
	close(from[1]);
	(void)!write(to[1], commands, strlen(commands));
	close(to[1]);
	found_size = 0;
	while ((n = read(from[0], found + found_size,
	    SIZE - 1 - found_size)) > 0)
		found_size += (size_t)n;
	found[found_size] = '\0';
	close(from[0]);
	wait(&status);
	return status;
}

/* The line of the board that has this byte: its number, from 0, the heading. */
static int
line_of(size_t byte)
{
	size_t i;
	int line = 0;

	for (i = 0; i < byte; i++)
		line += whole[i] == '\n';
	return line;
}

/* The byte at which that line begins. */
static size_t
start_of(int line)
{
	size_t byte = 0;

	while (line_of(byte) < line)
		byte++;
	return byte;
}

/* Whether LIST tells exactly the lines 1 to last, but for some. */
static int
lists(int last, int except, int and)
{
	const char *line = whole;
	const char *reply = strstr(found, "\r\n212");
	int i;

	if (reply == NULL)
		return 0;
	reply += 2;
	for (i = 0; i <= last; i++, line = strchr(line, '\n') + 1) {
		const size_t length = strcspn(line, "\n");

		if (i == 0 || i == except || i == and)
			continue;
		if (strncmp(reply, "212-", 4) != 0 ||
		    strncmp(reply + 4, line + 9, length - 9) != 0)
			return 0;
		reply = strchr(reply, '\n') + 1;
	}
	return strcmp(reply, "212 that is all\r\n") == 0;
}

static void
expect(int right, const char *what, size_t byte)
{
	if (right)
		return;
	wrong++;
	printf("# %s at byte %zu: %s\n", what, byte, found);
}

int
main(int argc, char *argv[])
{
	char text[SIZE];
	size_t i;

	if (argc != 4)
		errx(2, "usage: torn BBSERVE CONF BOARD");
	arguments = argv;
	board = argv[3];
	unlink(board);
	signal(SIGPIPE, SIG_IGN); /* it may refuse to start */
	setenv("TCPREMOTEIP", "127.0.0.1", 1);
	if (run("USER ann\nWRITE one\nWRITE two two\nWRITE three\n"
	    "WRITE \xc3\xa9t\xc3\xa9\nWRITE 5\nWRITE 6 6 6 6 6\nWRITE 7\n"
	    "WRITE the last one\n") != 0)
		errx(1, "no board: %s", found);
	whole_size = load(board, whole);
	for (i = 0; i <= whole_size; i++) {
		const int last = line_of(i) - 1; /* whole ones, at i */

		store(board, whole, i);
		expect(run("LIST\n") == 0 && lists(last, 0, 0), "cut off", i);
		expect(load(board, text) == (last < 0 ? start_of(1)
		    : start_of(last + 1)), "not cut", i);
		expect(run("USER bob\nWRITE more\n") == 0 &&
		    strstr(found, "\r\n250 hello bob\r\n250 ") != NULL,
		    "no writing, cut off", i);
	}
	for (i = 0; i < whole_size; i++) {
		memcpy(text, whole, whole_size);
		text[i] = (char)(text[i] ^ (char)(1 + i % 127));
		store(board, text, whole_size);
		if (line_of(i) == 0) {
			expect(run("LIST\n") != 0 &&
			    load(board, found) == whole_size &&
			    memcmp(found, text, whole_size) == 0,
			    "another file was taken for a board, damaged", i);
		} else {
			/* A newline belongs to two. */
			expect(run("LIST\n") == 0 && lists(MESSAGES,
			    line_of(i), line_of(i + 1)), "damaged", i);
		}
	}
	printf("%lu %lu\n", starts, wrong);
	return wrong != 0;
}
