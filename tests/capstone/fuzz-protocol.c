/*
 * fuzz-protocol - what comes over a connection, for libFuzzer
 *
 * The first byte says in how large pieces it comes. The board is a file in
 * memory; what the client is told must be whole lines.
 */
#define _GNU_SOURCE /* memfd_create */

#include <sys/mman.h>
#include <sys/socket.h>

#include <fcntl.h>
#include <stdint.h>

#include "bbserve.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

void
log_message(int priority, const char *format, ...)
{
	(void)priority;
	(void)format;
}

static void
open_once(struct bbconf *conf)
{
	static int is_open;
	char path[64];

	strcpy(conf->write[conf->writes++], "unknown");
	conf->line = 100;
	conf->backlog = 2 * RECORD_MAX;
	if (is_open)
		return;
	is_open = 1;
	snprintf(path, sizeof path, "/dev/shm/fuzz-protocol.%ld",
	    (long)getpid());
	if (board_open(path, 0) == -1 || unlink(path) == -1)
		abort();
}

/* Takes the replies, so that there is room for more. */
static void
hear(int fd)
{
	char text[4096];

	while (recv(fd, text, sizeof text, MSG_DONTWAIT) > 0)
		continue;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct bbconf conf;
	struct client *client;
	size_t piece = size > 0 ? 1U + *data : 1;
	int ends[2], events = 1;

	conf.writes = 0;
	open_once(&conf);
	if (size == 0 || socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0,
	                     ends) == -1)
		return 0;
	client = client_new(&conf, ends[0], ends[0], "unknown", 0);
	for (data++, size--; events != 0;) {
		const size_t n = size < piece ? size : piece;

		if (n == 0)
			shutdown(ends[1], SHUT_WR);
		else if (send(ends[1], data, n, MSG_NOSIGNAL) == -1)
			break;
		data += n;
		size -= n;
		client_read(client);
		client_obey(client);
		events = client_settle(client, board_commit());
		hear(ends[1]);
		if (client->input_size > client->input_max ||
		    client->output_size > client->output_max)
			abort();
	}
	free(client);
	close(ends[0]);
	close(ends[1]);
	return 0;
}
