/*
 * bbserve - a bulletin board, as bbserve(8) describes it
 *
 * It can be started in three ways, and each is a function. Read it from the
 * bottom: main, and then classic, supervised or single.
 */
#define _GNU_SOURCE /* for the headers */

#include <sys/stat.h>

#include <fcntl.h>
#include <limits.h>
#include <signal.h>

#include "bbserve.h"
#include "daemon.h"
#include "daemonize.h"

enum { STATUS_USAGE = 2 };

static struct bbconf conf;
static char conf_path[PATH_MAX], board_path[PATH_MAX];
static int notice = -1; /* option -d */

static void
reload(void)
{
	reload_requested = 0;
	report("RELOADING=1");
	if (has_log && reopen_log() == -1)
		say(LOG_ERR, "%s: %s", conf.log, strerror(errno));
	if (bbconf_read(conf_path, &conf) == -1)
		say(LOG_ERR, "the old configuration stays");
	say(LOG_NOTICE, "reloaded");
	report("READY=1");
}

/* waiting is a pipe, whose reader gets a newline, or -1. */
static void
serve(int waiting)
{
	say(LOG_NOTICE, "ready, with %lu messages", board_count);
	launcher = waiting;
	report("READY=1");
	server_run(&conf, reload);
	report("STOPPING=1");
	say(LOG_NOTICE, "stopped");
}

static void
open_board(int shared)
{
	if (board_open(board_path, shared) == -1)
		fail("%s: %s", board_path,
		    errno == EILSEQ ? "this is no board" :
		    errno == EWOULDBLOCK ? "another bbserve has it" :
		    strerror(errno));
}

/* What is written to descriptor fd is appended to path from now on. */
static void
redirect(int fd, const char *path)
{
	int file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOCTTY |
	    O_NOFOLLOW | O_CLOEXEC, 0640);

	if (file == -1 || dup2(file, fd) == -1)
		fail("%s: %s", path, strerror(errno));
	close(file);
}

void
open_service(void)
{
	has_log = 1;
	redirect(STDOUT_FILENO, conf.output);
	redirect(STDERR_FILENO, conf.errors);
	server_listen(&conf);
	open_board(0);
}

static void
classic(void)
{
	int pid_file = daemonize(&conf);

	if (pid_file == -1)
		fail("daemonize: %s", strerror(errno));
	serve(launcher);
	/* Emptied, not removed: another may hold the new file of that name. */
	if (ftruncate(pid_file, 0) == -1)
		fail("%s: %s", conf.pid_file, strerror(errno));
}

/* Under a supervisor: he does all that is about processes; but root goes. */
static void
supervised(void)
{
	struct sigaction stop;

	if (install_signals() == -1 ||
	    sigaction(SIGTERM, NULL, &stop) == -1 ||
	    sigaction(SIGINT, &stop, NULL) == -1) /* Ctrl-C */
		fail("signals: %s", strerror(errno));
	server_listen(&conf);
	open_board(0);
	if (geteuid() == 0 && drop_privileges(conf.user) == -1)
		fail("user %s: %s", conf.user, strerror(errno));
	serve(notice);
}

/* Under inetd(8) standard error is the connection: a client reads no log. */
static int
is_heard_by_client(void)
{
	struct stat in, errors;

	return fstat(STDIN_FILENO, &in) == 0 &&
	    fstat(STDERR_FILENO, &errors) == 0 && S_ISSOCK(in.st_mode) &&
	    in.st_dev == errors.st_dev && in.st_ino == errors.st_ino;
}

static void
single(void)
{
	const char *address = getenv("TCPREMOTEIP");

	open_board(1);
	if (geteuid() == 0 && drop_privileges(conf.user) == -1)
		fail("user %s: %s", conf.user, strerror(errno));
	server_run_single(&conf, address != NULL ? address : "unknown");
}

/* What we were started with shall not matter. */
static void
clean_up(void)
{
	sigset_t none;
	int fd, signo;

	/* Were 2 closed, the next file opened would get our complaints. */
	while ((fd = open("/dev/null", O_RDWR)) != -1 && fd <= STDERR_FILENO)
		continue;
	close(fd);
	for (signo = 1; signo < NSIG; signo++)
		signal(signo, SIG_DFL);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* write(2) will say EFBIG */
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Absolute: a daemon leaves the directory that it was started in. */
static void
set_path(char path[PATH_MAX], const char *given)
{
	char here[PATH_MAX] = "";

	if ((given[0] != '/' && getcwd(here, sizeof here) == NULL) ||
	    snprintf(path, PATH_MAX, "%s/%s", here, given) >= PATH_MAX)
		fail("%s: %s", given, strerror(errno));
}

int
main(int argc, char *argv[])
{
	void (*start)(void) = classic;
	int option, spare_client;

	clean_up();
	while ((option = getopt(argc, argv, "c:d:f:inv")) != -1) {
		if (option == 'c')
			set_path(conf_path, optarg);
		else if (option == 'd')
			notice = atoi(optarg);
		else if (option == 'f')
			set_path(board_path, optarg);
		else if (option == 'v')
			verbosity++;
		else if (option != '?')
			start = option == 'i' ? single : supervised;
		else
			optind = argc + 1;
	}
	if (optind != argc || conf_path[0] == '\0' || board_path[0] == '\0') {
		fprintf(stderr, "usage: bbserve [-v] [-n [-d fd] | -i] "
		    "-c bb.conf -f bbfile\n");
		return STATUS_USAGE;
	}
	spare_client = start == single && is_heard_by_client();
	if (spare_client)
		redirect(STDERR_FILENO, "/dev/null");
	if (bbconf_read(conf_path, &conf) == -1)
		return EXIT_FAILURE;
	if (spare_client)
		redirect(STDERR_FILENO, conf.errors);
	if (geteuid() == 0 && conf.user[0] == '\0')
		fail("%s: root needs a user to become", conf_path);
	start();
	return EXIT_SUCCESS;
}
