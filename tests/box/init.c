/*
 * init - PID 1 of a box: it builds the root, starts programs, reaps orphans,
 * listens on /dev/log, and ends when the tool has ended
 *
 * The program under test is never PID 1: signals with a default action don't
 * reach PID 1 (pid_namespaces(7)), and its end would be the box's.
 */
#define _GNU_SOURCE
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "box/init.h"

void
init_trouble(const struct init *init, const char *what)
{
	struct parcel parcel;
	char text[256];

	snprintf(text, sizeof(text), "%s: %s", what, strerror(errno));
	parcel_fill(&parcel, EVENT_TROUBLE, 0, text, strlen(text));
	parcel_send(init->control, &parcel, NULL, 0);
}

void
init_call_self(const struct init *init, const char *name)
{
	prctl(PR_SET_NAME, name, 0, 0, 0);
	memset(init->title, 0, init->title_room);
	snprintf(init->title, init->title_room, "%s", name);
}

static int
unlink_one(const char *path, const struct stat *status, int type,
    struct FTW *place)
{
	(void)status;
	(void)type;
	(void)place;
	return remove(path) == -1 && errno != ENOENT;
}

/* In plain mode nothing ends by itself: the processes, then the folder. */
static void
sweep(const struct init *init)
{
	if (init->namespaces)
		return;		/* the kernel ends all with PID 1 */
	char path[64], line[4096];

	snprintf(path, sizeof(path), "/proc/self/task/%d/children", getpid());
	for (;;) {
		FILE *children = fopen(path, "re");
		if (children == NULL)
			break;
		size_t length = fread(line, 1, sizeof(line) - 1, children);
		fclose(children);
		if (length == 0)
			break;
		line[length] = '\0';
		char *save = NULL;
		for (char *word = strtok_r(line, " ", &save); word != NULL;
		    word = strtok_r(NULL, " ", &save))
			kill((pid_t)atoi(word), SIGKILL);
		/* Each that ends hands its children over to this one. */
		if (waitpid(-1, NULL, 0) == -1 && errno == ECHILD)
			break;
	}
	nftw(init->prefix, unlink_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* A datagram socket that also says who sent: unix(7), SO_PASSCRED. */
static int
listen_for(const struct sockaddr_un *address, socklen_t length)
{
	int on = 1;
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd == -1)
		return -1;
	if (setsockopt(fd, SOL_SOCKET, SO_PASSCRED, &on, sizeof(on)) == -1 ||
	    bind(fd, (const struct sockaddr *)address, length) == -1) {
		close(fd);
		return -1;
	}
	return fd;
}

static int
open_dev_log(void)
{
	struct sockaddr_un address = { AF_UNIX, "/dev/log" };
	int fd = listen_for(&address, sizeof(address));

	if (fd != -1 && chmod("/dev/log", 0666) == -1)
		return -1;
	return fd;
}

/* Abstract, so that it can be reached from a jail: unix(7). */
static int
open_ready(const char *name)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	size_t length = strlen(name);

	memcpy(address.sun_path + 1, name, length);
	return listen_for(&address, (socklen_t)
	    (offsetof(struct sockaddr_un, sun_path) + 1 + length));
}

static int
sender(struct msghdr *message)
{
	struct ucred credentials = { .pid = 0 };

	for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c != NULL;
	    c = CMSG_NXTHDR(message, c))
		if (c->cmsg_type == SCM_CREDENTIALS)
			memcpy(&credentials, CMSG_DATA(c), sizeof(credentials));
	return credentials.pid;
}

/* Hands on whatever waits in a datagram socket. */
static void
forward(const struct init *init, int socket, enum parcel_kind kind)
{
	union {
		char bytes[256];
		struct cmsghdr align;
	} control;
	struct parcel parcel;
	char data[PARCEL_DATA];
	struct iovec piece = { data, sizeof(data) };

	for (;;) {
		struct msghdr message = {
			.msg_iov = &piece, .msg_iovlen = 1,
			.msg_control = control.bytes,
			.msg_controllen = sizeof(control.bytes),
		};
		ssize_t got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
		if (got == -1)
			return;
		parcel_fill(&parcel, kind, sender(&message), data, (size_t)got);
		parcel_send(init->control, &parcel, NULL, 0);
	}
}

/* Reaps all that has ended, and tells each one's name. */
static void
reap(const struct init *init)
{
	struct signalfd_siginfo ignored;
	struct parcel parcel;
	siginfo_t who;
	int status;

	while (read(init->children, &ignored, sizeof(ignored)) > 0)
		;
	for (;;) {
		char path[64], comm[64] = "";

		who.si_pid = 0;
		if (waitid(P_ALL, 0, &who, WEXITED | WNOHANG | WNOWAIT) == -1 ||
		    who.si_pid == 0)
			return;
		snprintf(path, sizeof(path), "/proc/%d/comm", who.si_pid);
		int fd = open(path, O_RDONLY | O_CLOEXEC);
		ssize_t got = read(fd, comm, sizeof(comm));
		close(fd);
		waitpid(who.si_pid, &status, 0);
		parcel_fill(&parcel, EVENT_REAPED, who.si_pid, comm,
		    got > 0 ? (size_t)got - 1 : 0);
		parcel.status = status;
		parcel_send(init->control, &parcel, NULL, 0);
	}
}

static void
build(struct init *init)
{
	struct parcel parcel;
	const char *what = "take the box's ids";
	int fds[2];

	if (init->namespaces &&
	    (setresgid(0, 0, 0) == -1 || setresuid(0, 0, 0) == -1 ||
	    root_build(&what) == -1 ||
	    sethostname("lab", 3) == -1)) {
		init_trouble(init, what);
		return;
	}
	/* After the last change of ids: it clears both. */
	prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	if (init->namespaces)
		init->log = open_dev_log();
	fds[0] = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	fds[1] = open("/proc/self/ns/user", O_RDONLY | O_CLOEXEC);
	parcel_head(&parcel, EVENT_BUILT, getpid(), 0);
	parcel_send(init->control, &parcel, fds, 2);
	close(fds[0]);
	close(fds[1]);
}

static void
open_terminal(const struct init *init)
{
	struct parcel parcel;
	char path[64];
	int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);

	if (master == -1 || grantpt(master) == -1 || unlockpt(master) == -1 ||
	    ptsname_r(master, path, sizeof(path)) != 0) {
		init_trouble(init, "open a terminal");
		return;
	}
	parcel_fill(&parcel, EVENT_TERMINAL, 0, path, strlen(path) + 1);
	parcel_send(init->control, &parcel, &master, 1);
	close(master);
}

static void
start(const struct init *init, const struct parcel *parcel, const int *passed)
{
	struct start_request request;
	struct parcel answer;
	int fds[START_FDS];
	int next = 0;

	memcpy(&request, parcel->data, sizeof(request));
	for (int i = 0; i < START_FDS; i++)
		fds[i] = request.has[i] ? passed[next++] : -1;
	pid_t shell = shell_start(init, &request, fds);
	if (shell == -1)
		init_trouble(init, "fork the shell");
	parcel_head(&answer, EVENT_SHELL, shell, 0);
	answer.number = request.number;
	parcel_send(init->control, &answer, NULL, 0);
}

static void
unmount(const struct init *init, const char *path)
{
	struct parcel answer;
	int result = umount2(path, UMOUNT_NOFOLLOW);

	parcel_head(&answer, EVENT_UNMOUNTED, 0, result == 0 ? 0 : errno);
	parcel_send(init->control, &answer, NULL, 0);
}

/* Everything that the kernel has already handed to this process. */
static void
tell_all(const struct init *init)
{
	if (init->log != -1)
		forward(init, init->log, EVENT_SYSLOG);
	if (init->ready != -1)
		forward(init, init->ready, EVENT_READY);
	reap(init);
}

/* One request of the tool; false when the tool is gone. */
static bool
serve(struct init *init)
{
	struct parcel parcel;
	int fds[PARCEL_FDS];

	if (parcel_receive(init->control, &parcel, fds, 0) <= 0)
		return false;
	switch (parcel.kind) {
	case REQUEST_BUILD:
		build(init);
		break;
	case REQUEST_PROGRAM:
		if (init->namespaces &&
		    root_program(fds[0], parcel.data) == -1)
			init_trouble(init, "copy the program");
		break;
	case REQUEST_SEAL:
		if (init->namespaces && root_seal() == -1)
			init_trouble(init, "make the root read-only");
		break;
	case REQUEST_TERMINAL:
		open_terminal(init);
		break;
	case REQUEST_START:
		start(init, &parcel, fds);
		break;
	case REQUEST_UNMOUNT:
		unmount(init, parcel.data);
		break;
	case REQUEST_SYNC:
		tell_all(init);
		parcel_head(&parcel, EVENT_SYNCED, 0, 0);
		parcel_send(init->control, &parcel, NULL, 0);
		break;
	default:
		errno = EPROTO;
		init_trouble(init, "understand a request");
	}
	for (int i = 0; i < PARCEL_FDS; i++)
		if (fds[i] != -1)
			close(fds[i]);
	return true;
}

static void
watch_children(struct init *init)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigprocmask(SIG_BLOCK, &set, NULL);
	init->children = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (init->children == -1)
		init_trouble(init, "watch the children");
}

void
init_serve(struct init *init)
{
	char name[64] = "lab-ready";

	init_call_self(init, "init");
	watch_children(init);
	if (!init->namespaces)
		snprintf(name, sizeof(name), "lab-ready-%d", getpid());
	init->log = -1;
	init->ready = open_ready(name);
	for (;;) {
		/* poll(2) passes over a descriptor of -1. */
		struct pollfd fds[] = {
			{ init->children, POLLIN, 0 },
			{ init->log, POLLIN, 0 },
			{ init->ready, POLLIN, 0 },
			{ init->control, POLLIN, 0 },
		};
		if (poll(fds, 4, -1) == -1 && errno != EINTR)
			break;
		/* Messages first: their senders may be among the ended. */
		if ((fds[0].revents | fds[1].revents | fds[2].revents) != 0)
			tell_all(init);
		if (fds[3].revents != 0 && !serve(init))
			break;
	}
	sweep(init);
	_exit(0);
}
