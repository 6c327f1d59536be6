/*
 * knock - connect to a port of 127.0.0.1 again and again
 *
 *   knock PORT TIMES
 *
 * Each time it waits for the first byte of the greeting, and then leaves: so
 * each is known to have been accepted. Status 1 when one wasn't.
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
	char byte;
	long times;
	int fd;

	if (argc != 3)
		errx(2, "usage: knock PORT TIMES");
	to.sin_port = htons((unsigned short)atoi(argv[1]));
	for (times = atol(argv[2]); times > 0; times--) {
		fd = socket(AF_INET, SOCK_STREAM, 0);
		if (fd == -1 || connect(fd, (const void *)&to, sizeof to) == -1)
			err(1, "port %s", argv[1]);
		if (read(fd, &byte, 1) != 1)
			errx(1, "port %s: no greeting", argv[1]);
		close(fd);
	}
	return 0;
}
