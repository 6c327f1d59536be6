/*
 * board - the messages, in one file that only grows
 *
 * It is a text file, for people to read and to repair: a heading, then a line
 * for each message, the CRC-32 being that of the rest of the line:
 *
 *	CRC NUMBER TIME USER TEXT
 *	e2bca61e 1 2026-11-21T08:15:30Z alice Lost: a grey cat, called Eof.
 *
 * A text has no newline, so no length is needed, and behind damage the next
 * message is found again. A number that was there before is a replacement.
 *
 * A write may be cut short anywhere, by SIGKILL or by the power. What is then
 * incomplete was never acknowledged, and is cut off at the next start.
 */
#define _GNU_SOURCE /* reallocarray, syncfs */

#include <sys/file.h>
#include <sys/stat.h>

#include <fcntl.h>
#include <stdint.h>
#include <time.h>

#include "bbserve.h"

static const char heading[] = "bbserve board 1\n";
enum {
	HEADING = sizeof heading - 1,
	CRC = 9 /* eight digits and a blank */
};

static int fd = -1, shared;
static int broken; /* nothing can be written any more */
static off_t end = HEADING; /* of the last whole message */
static off_t *messages; /* where each begins, behind its CRC; 0: it is lost */
unsigned long board_count;
static unsigned long added; /* new messages in the round */
static char text[ROUND_MAX * RECORD_MAX]; /* the round, or what is read */
static size_t size;                       /* of the round */

static uint32_t
crc32(const char *bytes, size_t length)
{
	static const uint32_t of[16] = { /* four bits */
	    0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac,
	    0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c,
	    0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
	    0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c};
	uint32_t crc = UINT32_MAX;

	while (length-- > 0) {
		crc ^= (unsigned char)*bytes++;
		crc = crc >> 4 ^ of[crc & 15];
		crc = crc >> 4 ^ of[crc & 15];
	}
	return ~crc;
}

/* If the line that begins there is a message, it counts from now on. */
static void
take(const char *line, size_t length, off_t at)
{
	unsigned long number;
	char crc[CRC + 1];

	if (length < CRC)
		return;
	snprintf(crc, sizeof crc, "%08x ", crc32(line + CRC, length - CRC));
	if (memcmp(line, crc, CRC) != 0 ||
	    sscanf(line + CRC, "%lu ", &number) != 1 || number == 0 ||
	    /* Numbers can only be missing where there is as much damage. */
	    number > board_count + 1 + (unsigned long)(at - end))
		return;
	/* What is lost without memory is lost with us: see fail(). */
	if (number > board_count)
		/* cppcheck-suppress memleakOnRealloc */
		messages = reallocarray(messages, number, sizeof *messages);
	if (messages == NULL)
		fail("%lu messages: %s", number, strerror(errno));
	while (board_count < number)
		messages[board_count++] = 0;
	messages[number - 1] = at + CRC;
	if (at > end)
		say(LOG_ERR, "the board has %lld damaged bytes before "
		    "message %lu", (long long)(at - end), number);
	end = at + (off_t)length + 1;
}

/* Takes the lines in the text, which lies there; returns their size. */
static size_t
take_lines(size_t length, off_t at)
{
	char *line = text, *newline;

	while ((newline = memchr(line, '\n',
	    length - (size_t)(line - text))) != NULL) {
		*newline = '\0';
		take(line, (size_t)(newline - line), at + (line - text));
		line = newline + 1;
	}
	return (size_t)(line - text);
}

/* Reads on from the last whole message; what isn't one is cut off the end. */
static int
catch_up(void)
{
	off_t at = end;
	size_t lines;
	ssize_t n;

	while ((n = pread(fd, text, sizeof text, at)) > 0) {
		lines = take_lines((size_t)n, at);
		at += lines > 0 ? (ssize_t)lines : n;
	}
	if (n == -1 || at == end)
		return (int)n;
	say(LOG_WARNING, "%lld bytes at the end of the board are no whole "
	    "message: cut off", (long long)(at - end));
	return ftruncate(fd, end);
}

int
board_open(const char *path, int is_shared)
{
	char start[HEADING];
	struct stat status;
	ssize_t n;

	shared = is_shared;
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY |
	    O_NONBLOCK, 0640);
	if (fd == -1 || fstat(fd, &status) == -1 ||
	    flock(fd, (shared ? LOCK_SH : LOCK_EX) | LOCK_NB) == -1 ||
	    (shared && lockf(fd, F_LOCK, 0) == -1))
		return -1;
	errno = EILSEQ;
	n = S_ISREG(status.st_mode) ? pread(fd, start, HEADING, 0) : -1;
	if (n == -1 || memcmp(start, heading, (size_t)n) != 0)
		return -1;
	/*
	 * No heading, or a piece: we are the first, or he was killed at it. The
	 * file's name is to outlive the power, as what is in it.
	 */
	if ((n < HEADING && (pwrite(fd, heading, HEADING, 0) != HEADING ||
	    syncfs(fd) == -1)) || catch_up() == -1)
		return -1;
	/* What we show is on the disk, even if it was never acknowledged. */
	return board_count > 0 ? fdatasync(fd) : 0;
}

void
board_begin(void)
{
	if (shared && (lockf(fd, F_LOCK, 0) == -1 || catch_up() == -1))
		broken = 1;
}

ssize_t
board_read(unsigned long number, char record[RECORD_MAX])
{
	const char *newline;
	ssize_t n;

	if (number == 0 || number > board_count || messages[number - 1] == 0)
		return 0;
	n = pread(fd, record, RECORD_MAX, messages[number - 1]);
	newline = n > 0 ? memchr(record, '\n', (size_t)n) : NULL;
	return newline != NULL ? newline - record : -1;
}

unsigned long
board_post(unsigned long number, const char *user, const char *message)
{
	const time_t now = time(NULL);
	char *record = text + size, stamp[32];
	struct tm tm;
	int length;

	if (number == 0)
		number = board_count + ++added;
	strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%SZ",
	    gmtime_r(&now, &tm));
	length = snprintf(record + CRC, RECORD_MAX - CRC, "%lu %s %s %s\n",
	    number, stamp, user, message);
	snprintf(record, CRC, "%08x", crc32(record + CRC, (size_t)length - 1));
	record[CRC - 1] = ' ';
	size += CRC + (size_t)length;
	return number;
}

/*
 * After fdatasync(2) has failed nobody knows what is on the disk: the kernel
 * may have dropped what it couldn't write, and report success the next time.
 * So there is no next time; nor after a piece of a write can't be cut off.
 */
static int
write_round(void)
{
	const ssize_t n = pwrite(fd, text, size, end);
	const int is_whole = n == (ssize_t)size;
	int error;

	if (is_whole && fdatasync(fd) == 0) {
		take_lines(size, end);
		return 0;
	}
	error = n >= 0 && !is_whole ? ENOSPC : errno;
	if (ftruncate(fd, end) == 0 && !is_whole)
		return error;
	broken = 1;
	say(LOG_ERR, "no more writing: %s", strerror(error));
	return EIO;
}

int
board_commit(void)
{
	int error = size == 0 ? 0 : broken ? EIO : write_round();

	size = 0;
	added = 0;
	if (shared)
		(void)!lockf(fd, F_ULOCK, 0);
	return error;
}
