/*
 * notify - tell whoever started us that we serve, as sd_notify(3) does
 */
#define _POSIX_C_SOURCE 200809L /* SOCK_CLOEXEC, MSG_NOSIGNAL */

#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "notify.h"

void
notify(const char *state)
{
	const char *name = getenv("NOTIFY_SOCKET");
	struct sockaddr_un to = {.sun_family = AF_UNIX};
	/* A full queue is waited for, but not for ever. */
	const struct timeval patience = {.tv_sec = 1};
	size_t length;
	int fd;

	if (name == NULL)
		return;
	length = strlen(name);
	if (length == 0 || length > sizeof to.sun_path)
		return;
	memcpy(to.sun_path, name, length);
	if (to.sun_path[0] == '@') /* in the abstract namespace */
		to.sun_path[0] = '\0';
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd == -1)
		return;
	(void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience,
	    sizeof patience);
	(void)sendto(fd, state, strlen(state), MSG_NOSIGNAL,
	    (const struct sockaddr *)&to,
	    (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length));
	close(fd);
}
