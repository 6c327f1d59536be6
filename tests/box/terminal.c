/*
 * terminal - the masters of a box's terminals: pty(7)
 */
#define _GNU_SOURCE
#include <sys/ioctl.h>

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "box/state.h"

static bool
has_terminals(const struct box *box, const void *argument)
{
	const int *count = argument;

	return box->terminal_count >= *count;
}

int
box_terminal(struct box *box, char *path, size_t room)
{
	int wanted = box->terminal_count + 1;

	if (wanted > MOST_TERMINALS)
		return -1;
	box_request(box, REQUEST_TERMINAL, "");
	if (!box_await(box, has_terminals, &wanted, "open a terminal"))
		return -1;
	snprintf(path, room, "%s", box->last_path);
	return wanted - 1;
}

void
box_hang_up(struct box *box, int terminal)
{
	struct terminal *t = &box->terminals[terminal];

	if (terminal < 0 || t->master == -1)
		return;
	close(t->master);
	t->master = -1;
}

/* One end of what a person types and reads: some bytes further. */
static bool
relay(int from, int to)
{
	char bytes[4096];
	ssize_t got = read(from, bytes, sizeof(bytes));

	for (ssize_t sent = 0; sent < got; ) {
		ssize_t wrote = write(to, bytes + sent, (size_t)(got - sent));
		if (wrote == -1 && errno != EAGAIN && errno != EINTR)
			return false;
		if (wrote > 0)
			sent += wrote;
	}
	return got > 0 || (got == -1 && (errno == EAGAIN || errno == EIO));
}

void
box_talk(struct box *box, int terminal, int start)
{
	static const char end_of_file[] = "\004";
	int master = box->terminals[terminal].master;
	struct termios raw;
	struct winsize size;
	bool typing = true;

	if (tcgetattr(STDIN_FILENO, &raw) == 0) {
		cfmakeraw(&raw);
		tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
		if (ioctl(STDIN_FILENO, TIOCGWINSZ, &size) == 0)
			ioctl(master, TIOCSWINSZ, &size);
	}
	while (!box->broken && !box->run->starts[start].ended) {
		struct pollfd fds[] = {
			{ box->control, POLLIN, 0 },
			{ box->run->starts[start].launcher == 0 ? -1 : master,
			    POLLIN, 0 },
			{ typing ? STDIN_FILENO : -1, POLLIN, 0 },
		};
		if (poll(fds, 3, -1) == -1 && errno != EINTR)
			break;
		if (fds[1].revents & POLLIN)
			relay(master, STDOUT_FILENO);
		if (fds[2].revents != 0 && !relay(STDIN_FILENO, master)) {
			typing = false;
			if (write(master, end_of_file, 1) != 1)
				break;
		}
		if (fds[0].revents != 0)
			box_hear(box);
	}
	while (relay(master, STDOUT_FILENO) && errno == 0)
		;
}

void
box_type(struct box *box, int terminal, const char *keys)
{
	if (terminal >= 0 && write(box->terminals[terminal].master, keys,
	    strlen(keys)) == -1)
		box_fault(box, "type at the terminal");
}
