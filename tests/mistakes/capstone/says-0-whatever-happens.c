/*
 * says-0-whatever-happens - the launcher ends with 0 after it has read
 *
 * It waits, and repeats the reason: who looks at the terminal is content. A
 * script looks at the status.
 *
 * fails: failure-is-a-status death-is-a-failure second-names-the-owner
 * cause: capstone.failure-says-0
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
	_exit(EXIT_SUCCESS);
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
		close(ends[1]);
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
