/*
 * waits-for-the-newline - the launcher has its own copy of the pipe's end,
 * and reads until the newline
 *
 * All goes well as long as all goes well. A start that fails says why and
 * closes its end; the launcher then reads on, from a pipe that only it could
 * still write to.
 *
 * fails: failure-is-a-status failure-has-a-reason death-is-a-failure
 * fails: second-names-the-owner second-start-is-refused
 * cause: capstone.launcher-stays
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

	do {
		n = read(pipe, word + size, sizeof word - 1 - size);
		if (n > 0)
			size += (size_t)n;
	} while (n > 0 && word[0] != '\n');
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

int
daemonize(const struct bbconf *conf)
{
	int ends[2], pid_file;
	pid_t owner = -1;

	must("pipe", pipe2(ends, O_CLOEXEC));
	if (must("fork", fork()) > 0) {
		wait_for_daemon(ends[0]);
	}
	launcher = must("dup2", dup2(ends[1], READY));
	must("01-fork", leave_parent());
	must("02-setsid", start_session());
	must("03-refork", give_up_leadership());
	must("04-close", close_descriptors(READY + 1));
	must("05-devnull", redirect_stdio());
	must("06-chdir", change_directory("/"));
	must("07-umask", set_file_mask(027));
	pid_file = lock_pid_file(conf->pid_file, &owner);
	if (pid_file == -1 && errno == EWOULDBLOCK)
		fail("already running, PID %ld", (long)owner);
	must("08-lock", pid_file);
	must("09-signals", install_signals());
	must("10-log", open_log("bbserve", conf->log));
	open_service();
	if (conf->jail[0] != '\0')
		must("11-chroot", enter_jail(conf->jail));
	if (conf->user[0] != '\0')
		must("12-setuid", drop_privileges(conf->user));
	return pid_file;
}
