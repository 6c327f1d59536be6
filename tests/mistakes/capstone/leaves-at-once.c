/*
 * leaves-at-once - as step 12 does it: the launcher ends with the first fork
 *
 * It is what daemon(3) does, and the twelve steps. A script that starts the
 * service and then a client loses the race now and then, and never hears why
 * a start failed.
 *
 * fails: launcher-waits answers-at-once failure-is-a-status
 * fails: failure-has-a-reason death-is-a-failure second-names-the-owner
 * either: output-goes-where-told
 * cause: capstone.launcher-leaves
 */
#define _GNU_SOURCE /* pipe2 */

#include <fcntl.h>

#include "bbserve.h"
#include "daemon.h"
#include "daemonize.h"

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
	int pid_file;
	pid_t owner = -1;

	must("01-fork", leave_parent());
	must("02-setsid", start_session());
	must("03-refork", give_up_leadership());
	must("04-close", close_descriptors(3));
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
