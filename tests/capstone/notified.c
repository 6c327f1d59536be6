/*
 * notified - run a command, and print what it says to NOTIFY_SOCKET
 *
 *   notified SOCKET COMMAND...
 *
 * What a service manager hears, as sd_notify(3) has it: each message is a line
 * with the sender's PID in front, its own lines being parted by blanks. SOCKET
 * is a path, or @ and an abstract name. It ends as the command does.
 */
#define _GNU_SOURCE /* struct ucred, pidfd_open */

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>

#include <err.h>
#include <poll.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FAULT = 99 };

static int
bind_socket(const char *name)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	const size_t length = strlen(name);
	const mode_t mask = umask(0); /* any user may tell us */
	const int on = 1;
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (length >= sizeof at.sun_path)
		errx(FAULT, "%s: too long", name);
	memcpy(at.sun_path, name, length);
	if (name[0] == '@')
		at.sun_path[0] = '\0';
	if (fd == -1 ||
	    setsockopt(fd, SOL_SOCKET, SO_PASSCRED, &on, sizeof on) == -1 ||
	    bind(fd, (void *)&at,
	    (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length)) == -1)
		err(FAULT, "%s", name);
	umask(mask);
	return fd;
}

/* Returns 0 when there is no message. */
static int
print_message(int fd)
{
	char text[4096];
	union {
		struct cmsghdr header;
		char room[CMSG_SPACE(sizeof(struct ucred))];
	} control;
	struct iovec part = {.iov_base = text, .iov_len = sizeof text - 1};
	struct msghdr message = {
	    .msg_iov = &part,
	    .msg_iovlen = 1,
	    .msg_control = &control,
	    .msg_controllen = sizeof control,
	};
	struct ucred sender = {0};
	ssize_t n = recvmsg(fd, &message, MSG_DONTWAIT);
	char *newline;

	if (n == -1)
		return 0;
	text[n] = '\0';
	while ((newline = strchr(text, '\n')) != NULL)
		*newline = ' ';
	if (CMSG_FIRSTHDR(&message) != NULL)
		memcpy(&sender, CMSG_DATA(CMSG_FIRSTHDR(&message)),
		    sizeof sender);
	printf("%ld %s\n", (long)sender.pid, text);
	fflush(stdout);
	return 1;
}

int
main(int argc, char *argv[])
{
	struct pollfd fds[2] = {{.events = POLLIN}, {.events = POLLIN}};
	int status = 0;
	pid_t pid;

	if (argc < 3)
		errx(2, "usage: notified SOCKET COMMAND...");
	fds[0].fd = bind_socket(argv[1]);
	if (setenv("NOTIFY_SOCKET", argv[1], 1) == -1)
		err(FAULT, "setenv");
	pid = fork();
	if (pid == 0) {
		execvp(argv[2], argv + 2);
		err(FAULT, "%s", argv[2]);
	}
	fds[1].fd = (int)syscall(SYS_pidfd_open, pid, 0);
	if (pid == -1 || fds[1].fd == -1)
		err(FAULT, "%s", argv[2]);
	while (poll(fds, 2, -1) > 0 && fds[1].revents == 0)
		print_message(fds[0].fd);
	while (print_message(fds[0].fd))
		continue;
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : FAULT;
}
