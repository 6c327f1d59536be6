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
#define _GNU_SOURCE /* F_OFD_SETLK, reallocarray */

#include <sys/stat.h>

#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <time.h>

#include "bbserve.h"

static const char heading[] = "bbserve board 1\n";
enum {
	HEADING = sizeof heading - 1,
	CRC = 9,   /* eight digits and a blank */
	OWNER = 0, /* two bytes of the file, to be locked */
	TURN = 1
};

static FILE *file;
static int fd = -1, shared;
static int broken; /* nothing can be written any more */
static off_t end = HEADING; /* of the last whole message */
static struct entry {
	off_t at; /* of a message, behind its CRC */
	size_t size;
} *entries;
static unsigned long count, capacity; /* of entries */
static unsigned long added;           /* new messages in the round */
static char text[ROUND_MAX * RECORD_MAX]; /* the round */
static size_t size;

static uint32_t
crc32(const char *bytes, size_t length)
{
	uint32_t crc = UINT32_MAX;
	int bit;

	while (length-- > 0) {
		crc ^= (unsigned char)*bytes++;
		for (bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (0xedb88320 & -(crc & 1));
	}
	return ~crc;
}

/* By open file description: it is kept by the child of a fork. */
static int
lock(off_t byte, short type, int command)
{
	struct flock region = {.l_type = type, .l_start = byte, .l_len = 1};

	return fcntl(fd, command, &region);
}

/* If the line that lies there is a whole message, it counts from now on. */
static void
take(const char *line, off_t at)
{
	const size_t length = strlen(line);
	unsigned long number;
	char crc[CRC + 1];

	if (length <= CRC || line[length - 1] != '\n')
		return;
	snprintf(crc, sizeof crc, "%08x ",
	    crc32(line + CRC, length - CRC - 1));
	if (memcmp(line, crc, CRC) != 0 ||
	    sscanf(line + CRC, "%lu ", &number) != 1 || number == 0 ||
	    /* Numbers can only be missing where there is as much damage. */
	    (number > count && number - count > 1 + (unsigned long)(at - end)))
		return;
	if (number > capacity) {
		void *more = reallocarray(entries, 2 * number, sizeof *entries);

		if (more == NULL)
			fail("%lu messages: %s", number, strerror(errno));
		entries = more;
		capacity = 2 * number;
	}
	for (; count < number; count++)
		entries[count].size = 0;
	entries[number - 1].at = at + CRC;
	entries[number - 1].size = length - CRC - 1;
	if (at > end)
		say(LOG_ERR, "the board has %lld damaged bytes before "
		    "message %lu", (long long)(at - end), number);
	end = at + (off_t)length;
}

/* Reads on from the last whole message; what isn't one is cut off the end. */
static int
catch_up(void)
{
	char line[RECORD_MAX];
	off_t at = end;

	if (fseeko(file, end, SEEK_SET) == -1)
		return -1;
	while (fgets(line, sizeof line, file) != NULL) {
		take(line, at);
		at = ftello(file);
	}
	if (ferror(file))
		return -1;
	if (at == end)
		return 0;
	say(LOG_WARNING, "%lld bytes at the end of the board are no whole "
	    "message: cut off", (long long)(at - end));
	return ftruncate(fd, end);
}

/* A new file is on the disk when its name is as well. */
static int
create(const char *path)
{
	char name[PATH_MAX];
	int directory, result;

	snprintf(name, sizeof name, "%s", path);
	strrchr(name, '/')[1] = '\0';
	directory = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	result = pwrite(fd, heading, HEADING, 0) == HEADING &&
	    fsync(fd) == 0 && fsync(directory) == 0 ? 0 : -1;
	close(directory);
	return result;
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
	    lock(OWNER, shared ? F_RDLCK : F_WRLCK, F_OFD_SETLK) == -1 ||
	    lock(TURN, F_WRLCK, F_OFD_SETLKW) == -1)
		return -1;
	n = S_ISREG(status.st_mode) ? pread(fd, start, HEADING, 0) : -1;
	/* A piece of the heading: we were killed while we wrote it. */
	if (n == -1 || memcmp(start, heading, (size_t)n) != 0) {
		errno = EILSEQ;
		return -1;
	}
	if (n < HEADING && create(path) == -1)
		return -1;
	file = fdopen(fd, "r+");
	/* What we show is on the disk, even if it was never acknowledged. */
	if (file == NULL || catch_up() == -1 || fdatasync(fd) == -1)
		return -1;
	return shared ? lock(TURN, F_UNLCK, F_OFD_SETLK) : 0;
}

void
board_begin(void)
{
	if (shared && (lock(TURN, F_WRLCK, F_OFD_SETLKW) == -1 ||
	    catch_up() == -1))
		broken = 1;
}

unsigned long
board_count(void)
{
	return count + added;
}

ssize_t
board_read(unsigned long number, char *record, size_t most)
{
	const struct entry *entry;

	if (number == 0 || number > count)
		return 0;
	entry = &entries[number - 1];
	return pread(fd, record, entry->size < most ? entry->size : most,
	    entry->at);
}

unsigned long
board_post(unsigned long number, const char *user, const char *message)
{
	const time_t now = time(NULL);
	char *record = text + size, stamp[32];
	struct tm tm;
	int length;

	if (number == 0)
		number = count + ++added;
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
	size_t done = 0;
	ssize_t n;
	int saved;

	do {
		n = pwrite(fd, text + done, size - done, end + (off_t)done);
		done += n > 0 ? (size_t)n : 0;
	} while (done < size && (n > 0 || errno == EINTR));
	if (done == size && fdatasync(fd) == 0 && catch_up() == 0)
		return 0;
	saved = errno;
	broken = done == size;
	if (ftruncate(fd, end) == -1)
		broken = 1;
	if (broken)
		say(LOG_ERR, "no more writing: %s", strerror(saved));
	errno = saved;
	return -1;
}

int
board_commit(void)
{
	int result = 0, saved;

	errno = EIO;
	if (size > 0)
		result = broken ? -1 : write_round();
	saved = broken ? EIO : errno;
	size = 0;
	added = 0;
	if (shared)
		(void)lock(TURN, F_UNLCK, F_OFD_SETLK);
	errno = saved;
	return result;
}
