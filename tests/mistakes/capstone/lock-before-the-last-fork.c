/*
 * lock-before-the-last-fork - lockf(3), before 03-refork
 *
 * A child doesn't inherit the locks of lockf and F_SETLK: the session leader
 * takes it to its end, and the daemon holds a file that anybody can lock.
 * With flock(2) it would hold.
 *
 * fails: second-names-the-owner holds-the-lock second-start-touches-nothing
 * fails: starts-after-a-kill
 * cause: capstone.port-before-lock
 */
#define _GNU_SOURCE /* pipe2 */

#include <fcntl.h>

#include "bbserve.h"
#include "daemon.h"
#include "daemonize.h"

enum { READY = 3 }; /* the pipe, below all that 04 closes */

/* The launcher: it ends as the start does. */
static _Noreturn void
wait_for_daemon(int pipe)
{
	char word[1024];
	size_t size = 0;
	ssize_t n;

	while ((n = read(pipe, word + size, sizeof word - 1 - size)) > 0)
		size += (size_t)n;
	word[size] = '\0';
	if (strcmp(word, "\n") == 0)
		_exit(EXIT_SUCCESS);
	dprintf(STDERR_FILENO, "bbserve: %s\n",
	    size > 0 ? word : "died before it was ready");
	_exit(EXIT_FAILURE);
}

static int
must(const char *step, int result)
{
	if (result == -1)
		fail("%s: %s", step, strerror(errno));
	return result;
}

/* Its own way to lock: lockf(3), whose lock is the process's alone. */
static int
lock_early(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);

	if (fd != -1 && lockf(fd, F_TLOCK, 0) == -1)
		fail("already running, PID unknown");
	return fd;
}

int
daemonize(const struct bbconf *conf)
{
	int ends[2], pid_file;

	must("pipe", pipe2(ends, O_CLOEXEC));
	if (must("fork", fork()) > 0) {
		close(ends[1]);
		wait_for_daemon(ends[0]);
	}
	launcher = must("dup2", dup2(ends[1], READY));
	must("01-fork", leave_parent());
	must("02-setsid", start_session());
	pid_file = must("dup3", dup3(must("08-lock",
	    lock_early(conf->pid_file)), READY + 1, O_CLOEXEC));
	must("03-refork", give_up_leadership());
	must("04-close", close_descriptors(READY + 2));
	must("05-devnull", redirect_stdio());
	must("06-chdir", change_directory("/"));
	must("07-umask", set_file_mask(027));
	if (ftruncate(pid_file, 0) == -1 ||
	    dprintf(pid_file, "%ld\n", (long)getpid()) == -1)
		fail("08-lock: %s", strerror(errno));
	must("09-signals", install_signals());
	must("10-log", open_log("bbserve", conf->log));
	open_service();
	if (conf->jail[0] != '\0')
		must("11-chroot", enter_jail(conf->jail));
	if (conf->user[0] != '\0')
		must("12-setuid", drop_privileges(conf->user));
	return pid_file;
}
