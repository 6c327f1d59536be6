/*
 * start - how long from starting a server to its first right answer
 *
 *   start PORT PROBE ANSWER COMMAND [ARGUMENT]...
 *
 * Waits until the command has ended, with status 0, for it starts a daemon.
 * Then connects again and again, without a pause, sends PROBE and a newline,
 * and looks whether the reply begins with ANSWER. Prints the microseconds.
 */
#define _POSIX_C_SOURCE 200809L

#include <sys/socket.h>
#include <sys/wait.h>

#include <arpa/inet.h>
#include <netinet/in.h>

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { TRIES = 10000000 };

static long
microseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* Whether somebody is there, and answers so. */
static int
answers(int port, const char *probe, const char *answer)
{
	const struct sockaddr_in to = {
	    .sin_family = AF_INET,
	    .sin_port = htons((unsigned short)port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int fd = socket(AF_INET, SOCK_STREAM, 0), right = 0;
	char text[256];

	if (connect(fd, (const void *)&to, sizeof to) == 0 &&
	    send(fd, probe, strlen(probe), MSG_NOSIGNAL) != -1 &&
	    send(fd, "\r\n\r\n", 4, MSG_NOSIGNAL) != -1 &&
	    recv(fd, text, sizeof text, 0) >= (ssize_t)strlen(answer))
		right = strncmp(text, answer, strlen(answer)) == 0;
	close(fd);
	return right;
}

int
main(int argc, char *argv[])
{
	long tries, begin = microseconds();
	int status;

	if (argc < 5)
		errx(2, "usage: start PORT PROBE ANSWER COMMAND ...");
	switch (fork()) {
	case -1:
		err(1, "fork");
	case 0:
		execvp(argv[4], argv + 4);
		err(127, "%s", argv[4]);
	default:
		if (wait(&status) == -1 || status != 0)
			errx(1, "%s failed", argv[4]);
	}
	for (tries = 0; tries < TRIES; tries++) {
		if (answers(atoi(argv[1]), argv[2], argv[3])) {
			printf("%ld\n", microseconds() - begin);
			return 0;
		}
	}
	errx(1, "%s doesn't answer", argv[4]);
}
