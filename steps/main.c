/*
 * main - the score: technique 01, then 02 ... up to STEP, then serve
 *
 * Compiled once for each step, with -DSTEP=N, and linked with techniques 01
 * to N. Read it from the bottom: main, become_daemon, serve.
 *
 * Ends with status 0 when stopped, 1 when a technique failed, 2 for a bad
 * command line, 3 when an experiment couldn't be set up.
 */
#define _GNU_SOURCE /* program_invocation_short_name */

#include <sys/stat.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

#include "config.h"
#include "daemon.h"
#include "experiments.h"
#include "notify.h"
#include "options.h"

#if !defined(STEP) || STEP < 1 || STEP > 12
#error "compile with -DSTEP=N, N from 1 to 12"
#endif

#ifndef RUN_DIR
#define RUN_DIR "/run/daemon-lab"
#endif

enum { STATUS_FAILED = 1, STATUS_EXPERIMENT = 3 };

static struct options options = {
    .pid_file = RUN_DIR "/daemon.pid",
    .log_file = RUN_DIR "/jail/log/daemon.log",
    .jail = RUN_DIR "/jail",
    .user = "nobody",
    .directory = "/",
    .config = RUN_DIR "/jail/etc/daemon.conf",
    .umask = 027,
    .lowest = 0,
};

/* How many techniques have succeeded: it tells where we can still be heard. */
static int done;

/*
 * One sentence, where somebody may read it: on the terminal while it is open,
 * through syslog once it is closed, in the log as soon as there is one.
 */
static void
report(const char *what, const char *why)
{
	if (done < 4 && fcntl(STDERR_FILENO, F_GETFD) != -1) {
		fflush(stdout); /* what is said already comes first */
		warnx("%s: %s", what, why);
		return;
	}
#if STEP >= 10
	if (done >= 10) {
		log_message(LOG_ERR, "%s: %s", what, why);
		return;
	}
#endif
	openlog(NULL, LOG_PERROR | LOG_PID, LOG_DAEMON);
	syslog(LOG_ERR, "%s: %s", what, why);
	closelog();
}

static _Noreturn void
fail(int status, const char *what, const char *why)
{
	report(what, why);
	exit(status);
}

/* A technique says 0, or -1 and errno; another number breaks its contract. */
static void
must(const char *step, int result)
{
	char why[64];

	if (result == -1)
		fail(STATUS_FAILED, step, strerror(errno));
	if (result != 0) {
		snprintf(why, sizeof why,
		    "returned %d, which is neither 0 nor -1", result);
		fail(STATUS_FAILED, step, why);
	}
	done++;
}

#if STEP >= 8
static int pid_file = -1; /* holds the lock: open until the end */

/* 0, 1 and 2 are /dev/null since 05, and not what 08 has opened. */
static int
is_file(int fd)
{
	struct stat status;

	return fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
}

static int
lock(const char *path)
{
	char why[64] = "already running, by somebody";
	pid_t owner = -1;

	pid_file = lock_pid_file(path, &owner);
	if (pid_file == -1 && errno == EWOULDBLOCK) {
		if (owner > 0)
			snprintf(why, sizeof why, "already running, PID %ld",
			    (long)owner);
		fail(STATUS_FAILED, "08-lock", why);
	}
	if (pid_file != -1 && pid_file <= STDERR_FILENO && !is_file(pid_file)) {
		snprintf(why, sizeof why,
		    "returned %d, which is no descriptor of its own", pid_file);
		fail(STATUS_FAILED, "08-lock", why);
	}
	return pid_file == -1 ? -1 : 0;
}
#endif

#if STEP >= 9
/* The flag first: a SIGHUP that comes while we work asks for another round. */
static void
reload(void)
{
	reload_requested = 0;
	if (read_config(options.config) == -1)
		report(options.config, strerror(errno));
#if STEP >= 10
	if (reopen_log() == -1)
		report(options.log_file, strerror(errno));
	log_message(LOG_INFO, "reloaded");
#endif
}
#endif

/* SIGTERM and SIGHUP wait from here on, and come in during sigsuspend only. */
static void
hold_signals(sigset_t *found)
{
	sigset_t held;

	sigemptyset(&held);
#if STEP >= 9
	sigaddset(&held, SIGTERM);
	sigaddset(&held, SIGHUP);
#endif
	if (sigprocmask(SIG_BLOCK, &held, found) == -1)
		fail(STATUS_FAILED, "sigprocmask", strerror(errno));
}

/*
 * The flags are tested while the signals are held, and sigsuspend(2) lets them
 * in and waits in one go: none gets lost in between. It waits with the mask
 * that hold_signals found: what the steps have left blocked stays blocked.
 */
static void
wait_until_stopped(const sigset_t *found)
{
#if STEP >= 9
	while (!stop_requested) {
		if (reload_requested) {
			reload();
			notify("READY=1");
		} else {
			sigsuspend(found);
		}
	}
#else
	for (;;)
		sigsuspend(found);
#endif
}

#if STEP >= 10
/*
 * Shows 10: messages under way while the log is renamed. Between two of them
 * the signals are let in and obeyed, as they are while we wait.
 */
static void
log_messages(const sigset_t *found)
{
	sigset_t held;
	unsigned long i;

	if (options.message != NULL)
		log_message(LOG_NOTICE, "%s", options.message);
	for (i = 1; i <= options.messages && !stop_requested; i++) {
		log_message(LOG_NOTICE, "message %lu", i);
		if (sigprocmask(SIG_SETMASK, found, &held) == -1 ||
		    sigprocmask(SIG_SETMASK, &held, NULL) == -1)
			fail(STATUS_FAILED, "sigprocmask", strerror(errno));
		if (reload_requested) {
			reload();
			notify("STATUS=reloaded"); /* not ready yet */
		}
	}
}
#endif

static void
serve(void)
{
	const char *experiment;
	sigset_t found;

	hold_signals(&found);
#if STEP >= 9
	if (read_config(options.config) == -1 && errno != ENOENT)
		report(options.config, strerror(errno));
#endif
	if (run_experiments(&options, &experiment) == -1)
		fail(STATUS_EXPERIMENT, experiment, strerror(errno));
#if STEP >= 10
	log_messages(&found);
	log_message(LOG_INFO, "ready");
#endif
	notify("READY=1");
	wait_until_stopped(&found);
#if STEP >= 10
	log_message(LOG_INFO, "stopped");
#endif
#if STEP >= 8
	/* Emptied, not removed: another may hold the new file of that name. */
	if (ftruncate(pid_file, 0) == -1)
		fail(STATUS_FAILED, options.pid_file, strerror(errno));
#endif
}

static void
become_daemon(void)
{
	must("01-fork", leave_parent());
	fflush(stdout); /* may be closed: then there is nobody to tell */
#if STEP >= 2
	must("02-setsid", start_session());
#endif
#if STEP >= 3
	must("03-refork", give_up_leadership());
#endif
#if STEP >= 4
	must("04-close", close_descriptors(options.lowest));
#endif
#if STEP >= 5
	must("05-devnull", redirect_stdio());
#endif
#if STEP >= 6
	must("06-chdir", change_directory(options.directory));
#endif
#if STEP >= 7
	must("07-umask", set_file_mask(options.umask));
#endif
#if STEP >= 8
	must("08-lock", lock(options.pid_file));
#endif
#if STEP >= 9
	must("09-signals", install_signals());
#endif
#if STEP >= 10
	must("10-log",
	    open_log(program_invocation_short_name, options.log_file));
#endif
#if STEP >= 11
	must("11-chroot", enter_jail(options.jail));
#endif
#if STEP >= 12
	must("12-setuid", drop_privileges(options.user));
#endif
}

int
main(int argc, char *argv[])
{
	parse_options(argc, argv, &options);
	/* No newline: it stays in the buffer, and each process has a copy. */
	printf("%s: starting; ", program_invocation_short_name);
	become_daemon();
	serve();
	return EXIT_SUCCESS;
}
