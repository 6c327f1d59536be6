/*
 * protocol - parcels over a SOCK_SEQPACKET socket, unix(7)
 */
#define _GNU_SOURCE
#include <sys/socket.h>
#include <sys/uio.h>

#include <errno.h>
#include <stddef.h>
#include <string.h>

#include "box/protocol.h"

static const size_t head_size = offsetof(struct parcel, data);

union control {
	char bytes[CMSG_SPACE(PARCEL_FDS * sizeof(int))];
	struct cmsghdr first;
};

int
parcel_send(int socket, const struct parcel *parcel, const int *fds,
    size_t count)
{
	union control control;
	struct parcel copy;
	struct iovec piece;
	struct msghdr message;

	memset(&copy, 0, head_size);
	memcpy(&copy, parcel, head_size + parcel->length);
	piece.iov_base = &copy;
	piece.iov_len = head_size + parcel->length;
	memset(&message, 0, sizeof(message));
	message.msg_iov = &piece;
	message.msg_iovlen = 1;
	if (count > 0) {
		memset(&control, 0, sizeof(control));
		message.msg_control = control.bytes;
		message.msg_controllen = CMSG_SPACE(count * sizeof(int));
		control.first.cmsg_level = SOL_SOCKET;
		control.first.cmsg_type = SCM_RIGHTS;
		control.first.cmsg_len = CMSG_LEN(count * sizeof(int));
		memcpy(CMSG_DATA(&control.first), fds, count * sizeof(int));
	}
	ssize_t sent;
	do
		sent = sendmsg(socket, &message, MSG_NOSIGNAL);
	while (sent == -1 && errno == EINTR);
	return sent == -1 ? -1 : 0;
}

static void
take_descriptors(struct msghdr *message, int *fds)
{
	for (size_t i = 0; i < PARCEL_FDS; i++)
		fds[i] = -1;
	struct cmsghdr *c = CMSG_FIRSTHDR(message);
	if (c == NULL || c->cmsg_type != SCM_RIGHTS)
		return;
	memcpy(fds, CMSG_DATA(c), c->cmsg_len - CMSG_LEN(0));
}

int
parcel_receive(int socket, struct parcel *parcel, int *fds, int flags)
{
	union control control;
	struct iovec piece = { parcel, sizeof(*parcel) };
	struct msghdr message;

	memset(&message, 0, sizeof(message));
	message.msg_iov = &piece;
	message.msg_iovlen = 1;
	message.msg_control = control.bytes;
	message.msg_controllen = sizeof(control.bytes);
	ssize_t got;
	do
		got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC | flags);
	while (got == -1 && errno == EINTR);
	if (got == -1 && errno == ECONNRESET)
		got = 0;
	if (got <= 0)
		return (int)got;
	take_descriptors(&message, fds);
	if ((size_t)got < head_size ||
	    parcel->length != (size_t)got - head_size) {
		errno = EINVAL;
		return -1;
	}
	return 1;
}

void
parcel_head(struct parcel *parcel, enum parcel_kind kind, int pid, int status)
{
	memset(parcel, 0, head_size);
	parcel->kind = kind;
	parcel->pid = pid;
	parcel->status = status;
}

void
parcel_fill(struct parcel *parcel, enum parcel_kind kind, int pid,
    const void *data, size_t length)
{
	parcel_head(parcel, kind, pid, 0);
	parcel->length = length < PARCEL_DATA ? length : PARCEL_DATA;
	memcpy(parcel->data, data, parcel->length);
}
