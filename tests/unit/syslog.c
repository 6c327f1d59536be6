/*
 * syslog - tests of the reader of /dev/log's datagrams
 */
#define _GNU_SOURCE
#include "observe/syslog.h"

#include <stdlib.h>
#include <string.h>

#include "unit/unit.h"

struct sample {
	const char *datagram;
	int facility, severity;
	const char *ident;
	int claimed;
	const char *text;
};

static const struct sample samples[] = {
	/* glibc, with and without LOG_PID; musl ends with a newline */
	{ "<30>Nov 21 08:15:30 10-log[123]: started", 3, 6, "10-log", 123,
	    "started" },
	{ "<29>Nov  1 08:15:30 10-log: a: b [7]: c", 3, 5, "10-log", -1,
	    "a: b [7]: c" },
	{ "<30>Nov 21 08:15:30 10-log[123]: started\n", 3, 6, "10-log", 123,
	    "started" },
	{ "<13>Nov 21 08:15:30 root: ", 1, 5, "root", -1, "" },
	{ "<0>Nov 21 08:15:30 x[1]: %n%s", 0, 0, "x", 1, "%n%s" },
	{ "<191>Nov 21 08:15:30 x[1]:tight", 23, 7, "x", 1, "tight" },
	/* parts missing, or not what they seem */
	{ "<30>x[1]: no time", 3, 6, "x", 1, "no time" },
	{ "<30>Nov 21 08:15:30 no ident: here", 3, 6, NULL, -1,
	    "no ident: here" },
	{ "<30>Nov 21 08:15:30 x[one]: text", 3, 6, NULL, -1, "x[one]: text" },
	{ "<30>Nov 21 08:15:30 x[99999999999]: t", 3, 6, NULL, -1,
	    "x[99999999999]: t" },
	{ "<30>Nov 21 08:15:30 : text", 3, 6, NULL, -1, ": text" },
	{ "<192>Nov 21 08:15:30 x: t", -1, -1, NULL, -1,
	    "<192>Nov 21 08:15:30 x: t" },
	{ "<-1>x: t", -1, -1, NULL, -1, "<-1>x: t" },
	{ "<30x: t", -1, -1, NULL, -1, "<30x: t" },
	{ "<>", -1, -1, NULL, -1, "<>" },
	{ "plain: text", -1, -1, NULL, -1, "plain: text" },
	{ "", -1, -1, NULL, -1, "" }
};

static void
forget(struct message *message)
{
	struct run run = { 0 };

	*observation_add(&run, messages, message_count) = *message;
	run_free(&run);
}

static void
reads_samples(void)
{
	struct message message;
	const struct sample *sample;

	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
		sample = &samples[i];
		memset(&message, 0, sizeof(message));
		message.pid = 77;
		syslog_parse(&message, sample->datagram,
		    strlen(sample->datagram));
		prove(message.facility == sample->facility &&
		    message.severity == sample->severity,
		    "\"%s\": facility %d, severity %d", sample->datagram,
		    message.facility, message.severity);
		prove_equal(message.ident, sample->ident, sample->datagram);
		prove(message.claimed == sample->claimed, "\"%s\": pid %d",
		    sample->datagram, message.claimed);
		prove_equal(message.text, sample->text, sample->datagram);
		prove(message.pid == 77, "the sender's pid was changed");
		forget(&message);
	}
}

static void
keeps_the_whole_line(void)
{
	static const char datagram[] = "<30>x[1]: a\0b\nc\xff\n";
	struct message message = { 0 };

	syslog_parse(&message, datagram, sizeof(datagram));
	prove_equal(message.line, "<30>x[1]: a?b\nc\xff", "line");
	prove_equal(message.text, "a?b\nc\xff", "text");
	forget(&message);
}

/* Each datagram stands in memory of its own size: ASan sees any overrun. */
static void
survives_noise(void)
{
	const char *origin = samples[0].datagram;
	size_t length = strlen(origin);
	struct message message;
	char *noise;

	for (unsigned round = 0; round < 20000; round++) {
		size_t size = draw((unsigned)length + 1);

		noise = text("%.*s", (int)size, origin);
		for (unsigned i = draw(4); i > 0 && size > 0; i--)
			noise[draw((unsigned)size)] = (char)draw(256);
		memset(&message, 0, sizeof(message));
		syslog_parse(&message, noise, size);
		free(noise);
		if (message.text == NULL || message.line == NULL)
			prove(false, "round %u: no text", round);
		forget(&message);
	}
	prove(true, "it came this far");
}

CU_TestInfo syslog_tests[] = {
	{ "reads what C libraries send, and less", reads_samples },
	{ "keeps the whole line", keeps_the_whole_line },
	{ "survives noise", survives_noise },
	CU_TEST_INFO_NULL
};
