/*
 * converse - send standard input to a port of 127.0.0.1, and print the replies
 *
 *   converse PORT
 *
 * Status 1 when nobody listens there.
 */
#define _POSIX_C_SOURCE 200809L

#include <sys/socket.h>

#include <arpa/inet.h>
#include <netinet/in.h>

#include <err.h>
#include <stdlib.h>
#include <unistd.h>

int
main(int argc, char *argv[])
{
	struct sockaddr_in to = {
	    .sin_family = AF_INET,
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	char text[4096];
	ssize_t n;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (argc != 2)
		errx(2, "usage: converse PORT");
	to.sin_port = htons((unsigned short)atoi(argv[1]));
	if (connect(fd, (const void *)&to, sizeof to) == -1)
		err(1, "port %s", argv[1]);
	while ((n = read(STDIN_FILENO, text, sizeof text)) > 0)
		if (send(fd, text, (size_t)n, MSG_NOSIGNAL) == -1)
			break;
	shutdown(fd, SHUT_WR);
	while ((n = read(fd, text, sizeof text)) > 0)
		(void)!write(STDOUT_FILENO, text, (size_t)n);
	return 0;
}
