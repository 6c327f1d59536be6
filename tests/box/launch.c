/*
 * launch - makes a box's namespaces and its init, and waits for its end
 *
 * It runs outside the box, under strace where the box is traced, so that
 * strace is outside too: nobody in the box can name it or kill it.
 */
#define _GNU_SOURCE
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <linux/sched.h>

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "box/init.h"
#include "box/launch.h"
#include "box/limits.h"

enum { LIFTED = 64 };	/* strace and box.c use lower numbers */

/* Fork with namespaces and a pidfd: clone(2), clone3. */
static pid_t
fork_init(bool namespaces, int *pidfd)
{
	struct clone_args arguments;

	memset(&arguments, 0, sizeof(arguments));
	arguments.flags = CLONE_PIDFD;
	if (namespaces)
		arguments.flags |= CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS |
		    CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS;
	arguments.pidfd = (uint64_t)(uintptr_t)pidfd;
	arguments.exit_signal = SIGCHLD;
	return (pid_t)syscall(SYS_clone3, &arguments, sizeof(arguments));
}

/* The box's own loopback; nothing else leads out of it. */
static void
raise_loopback(void)
{
	struct ifreq request;
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd == -1)
		return;		/* a kernel without IPv4 */
	memset(&request, 0, sizeof(request));
	memcpy(request.ifr_name, "lo", 3);
	request.ifr_flags = IFF_UP;
	ioctl(fd, SIOCSIFFLAGS, &request);
	close(fd);
}

/* Ctrl-C at the tool's terminal must not end what clears up after it. */
static void
ignore_terminal(void)
{
	static const int numbers[] = { SIGINT, SIGQUIT, SIGTERM, SIGHUP };
	struct sigaction ignore;

	memset(&ignore, 0, sizeof(ignore));
	ignore.sa_handler = SIG_IGN;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		sigaction(numbers[i], &ignore, NULL);
}

/* What was passed on to reach this program goes no further. */
static void
keep_only(struct init *init)
{
	init->control = fcntl(init->control, F_DUPFD_CLOEXEC, LIFTED);
	close_range(3, LIFTED - 1, 0);
}

static void
become_init(struct init *init)
{
	if (init->namespaces)
		raise_loopback();
	else if (prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == -1)
		init_trouble(init, "become the reaper of orphans");
	init_serve(init);
}

int
box_launch(int argc, char **argv)
{
	struct init init = { .log = -1 };
	struct parcel parcel;
	int pidfd = -1, status;

	if (argc != LAUNCH_ARGUMENTS)
		return 99;
	init.control = atoi(argv[LAUNCH_CONTROL]);
	init.namespaces = strcmp(argv[LAUNCH_MODE], "plain") != 0;
	snprintf(init.prefix, sizeof(init.prefix), "%s", argv[LAUNCH_PREFIX]);
	/* The words stand one behind the other: execve(2). */
	init.title = argv[0] - strlen(argv[-1]) - 1;
	init.title_room = (size_t)(argv[argc - 1] - init.title) +
	    strlen(argv[argc - 1]) + 1;
	keep_only(&init);
	ignore_terminal();
	pid_t child = fork_init(init.namespaces, &pidfd);
	if (child == -1) {
		init_trouble(&init, "make the box's namespaces");
		return 99;
	}
	if (child == 0)
		become_init(&init);
	parcel_head(&parcel, EVENT_BORN, child, 0);
	parcel.number = getpid();
	parcel_send(init.control, &parcel, &pidfd, 1);
	/* Init builds the root meanwhile: a cgroup takes as long. */
	if (init.namespaces)
		limits_set(child);
	parcel_head(&parcel, EVENT_LIMITED, child, 0);
	parcel_send(init.control, &parcel, NULL, 0);
	close(init.control);
	close(pidfd);
	while (waitpid(child, &status, 0) == -1)
		if (errno != EINTR)
			return 99;
	limits_remove(child);
	return 0;
}
