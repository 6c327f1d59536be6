/*
 * fuzz-board - what a board file may hold, for libFuzzer
 *
 * The file is the data, behind a right heading if the first byte is odd; and
 * lines of the data whose CRC field is "########" get a right one, so that
 * what is behind the CRC is tried as well. A board that was opened must open
 * again, and be the same.
 */
#define _GNU_SOURCE /* memmem */

/* Its state is its own: NOLINTNEXTLINE(bugprone-suspicious-include) */
#include "board.c"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_size);

void
log_message(int priority, const char *format, ...)
{
	(void)priority;
	(void)format;
}

static void
close_board(void)
{
	if (fd != -1)
		close(fd);
	free(messages);
	messages = NULL;
	fd = -1;
	end = HEADING;
	board_count = added = 0;
	size = 0;
	broken = 0;
}

static void
make_file(const char *path, const uint8_t *data, size_t data_size)
{
	char *bytes = malloc(data_size + 1), *line, *newline;
	int out = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	if (bytes == NULL || out == -1)
		abort();
	memcpy(bytes, data, data_size);
	for (line = bytes; (line = memmem(line, data_size -
	    (size_t)(line - bytes), "######## ", CRC)) != NULL; line += CRC) {
		newline = memchr(line, '\n', data_size -
		    (size_t)(line - bytes));
		if (newline == NULL)
			break;
		snprintf(line, CRC, "%08x", crc32(line + CRC,
		    (size_t)(newline - line) - CRC));
		line[CRC - 1] = ' ';
	}
	if (data_size > 0 && data[0] % 2 == 1)
		(void)!write(out, heading, HEADING);
	(void)!write(out, bytes, data_size);
	close(out);
	free(bytes);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_size)
{
	char path[64], record[RECORD_MAX];
	unsigned long i, before;
	off_t before_end;

	verbosity = -100;
	snprintf(path, sizeof path, "/dev/shm/fuzz-board.%ld", (long)getpid());
	make_file(path, data, data_size);
	if (board_open(path, data_size % 2 == 0) == 0) {
		before = board_count;
		before_end = end;
		for (i = 1; i <= before && i < 100; i++)
			(void)board_read(i, record);
		board_begin();
		board_post(0, "fuzz", "one more");
		if (board_commit() != 0)
			abort();
		close_board();
		if (board_open(path, 0) == -1 || board_count != before + 1 ||
		    end <= before_end)
			abort();
	}
	close_board();
	unlink(path);
	return 0;
}
