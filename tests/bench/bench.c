/*
 * bench - how long from a changed step file to its verdict, as ratios to the
 * bare cost of the same work, measured in turn in one run
 *
 *   build/bench TOOL PROGRAMS ROUNDS   (make bench)
 *
 * The bare cost of a check is: compile and link the step once, start it as
 * often, as many at once and under strace as often as the check does, and one
 * ps.  A start lasts until the program waits in rt_sigsuspend, or has said
 * READY=1 where it isn't traced.
 */
#define _GNU_SOURCE
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MOST_RUNS = 8, MOST_STARTS = 32, MOST_ROUNDS = 64 };

/* The starts of one run, as the check's own record counts them. */
struct run {
	bool traced;
	bool together;		/* after the first one */
	int starts;
};

struct subject {
	const char *name;	/* "05-devnull" */
	char program[256];
	struct run runs[MOST_RUNS];
	size_t run_count;
};

static const char *tool, *programs;

static double
now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void
die(const char *what)
{
	perror(what);
	exit(99);
}

/* Runs a command with its output thrown away; its exit status. */
static int
run_command(const char *command)
{
	int status;
	pid_t child = fork();

	if (child == -1)
		die("fork");
	if (child == 0) {
		int null = open("/dev/null", O_WRONLY);
		dup2(null, STDOUT_FILENO);
		execl("/bin/sh", "sh", "-c", command, (char *)NULL);
		_exit(127);
	}
	while (waitpid(child, &status, 0) == -1)
		if (errno != EINTR)
			die("waitpid");
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

/* --- one bare start ------------------------------------------------------- */

static void
exec_program(const struct subject *subject, const char *unique, bool traced,
    int trace)
{
	char output[64], pid_file[64], log[64];
	const char *words[32];
	size_t count = 0;
	int number = atoi(subject->name);

	snprintf(output, sizeof(output), "/proc/self/fd/%d", trace);
	snprintf(pid_file, sizeof(pid_file), "/tmp/bench-%s.pid", unique);
	snprintf(log, sizeof(log), "/tmp/bench-%s.log", unique);
	if (traced) {
		static const char *const strace[] = {
			"strace", "-f", "--seccomp-bpf", "-q", "-s", "2048",
			"-e", "trace=!read,mmap,munmap,mprotect,brk,pread64,"
			"newfstatat,fstat,access,getpid,arch_prctl,rseq,"
			"set_tid_address,set_robust_list,getrandom", "-o"
		};
		for (; count < sizeof(strace) / sizeof(*strace); count++)
			words[count] = strace[count];
		words[count++] = output;
	}
	words[count++] = subject->program;
	if (number >= 8) {
		words[count++] = "--pid-file";
		words[count++] = pid_file;
	}
	if (number >= 10 && number < 11) {
		words[count++] = "--log-file";
		words[count++] = log;
	}
	words[count] = NULL;
	union {
		const char **read;
		char **passed;
	} arguments = { words };
	execvp(words[0], arguments.passed);
	_exit(127);
}

/* Reads strace's words until somebody waits; returns who, and kills it. */
static void
wait_traced(int trace)
{
	static char words[1 << 20];
	size_t length = 0;
	ssize_t got;
	const char *call;

	while ((got = read(trace, words + length, sizeof(words) - 1 - length))
	    > 0) {
		length += (size_t)got;
		words[length] = '\0';
		call = strstr(words, "rt_sigsuspend(");
		if (call == NULL)
			continue;
		while (call > words && call[-1] != '\n')
			call--;
		kill((pid_t)atoi(call), SIGKILL);
		length = 0;
	}
}

static void
start_traced(const struct subject *subject, const char *unique)
{
	int ends[2], status;

	if (pipe2(ends, O_CLOEXEC) == -1)
		die("pipe");
	pid_t child = fork();
	if (child == 0) {
		fcntl(ends[1], F_SETFD, 0);
		exec_program(subject, unique, true, ends[1]);
	}
	close(ends[1]);
	wait_traced(ends[0]);
	close(ends[0]);
	while (waitpid(-1, &status, 0) > 0)
		;
}

static void
start_plain(const struct subject *subject, const char *unique)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	char name[96], message[64];
	union {
		char bytes[64];
		struct cmsghdr align;
	} control;
	int on = 1, status;

	snprintf(name, sizeof(name), "@bench-%s", unique);
	memcpy(address.sun_path + 1, name + 1, strlen(name) - 1);
	int ready = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	setsockopt(ready, SOL_SOCKET, SO_PASSCRED, &on, sizeof(on));
	if (bind(ready, (struct sockaddr *)&address, (socklen_t)
	    (offsetof(struct sockaddr_un, sun_path) + strlen(name))) == -1)
		die("bind");
	pid_t child = fork();
	if (child == 0) {
		setenv("NOTIFY_SOCKET", name, 1);
		exec_program(subject, unique, false, -1);
	}
	struct iovec piece = { message, sizeof(message) };
	struct msghdr header = {
		.msg_iov = &piece, .msg_iovlen = 1,
		.msg_control = control.bytes,
		.msg_controllen = sizeof(control.bytes),
	};
	if (recvmsg(ready, &header, 0) == -1)
		die("recvmsg");
	struct cmsghdr *credentials = CMSG_FIRSTHDR(&header);
	if (credentials == NULL)
		die("SO_PASSCRED");
	struct ucred sender;
	memcpy(&sender, CMSG_DATA(credentials), sizeof(sender));
	kill(sender.pid, SIGKILL);
	close(ready);
	while (waitpid(-1, &status, 0) > 0)
		;
}

static void
start_one(const struct subject *subject, const struct run *run, int number)
{
	char unique[64];

	snprintf(unique, sizeof(unique), "%d-%d", getpid(), number);
	if (run->traced)
		start_traced(subject, unique);
	else
		start_plain(subject, unique);
}

/* A process of its own: its starts' orphans come to it. */
static pid_t
become_reaper(void)
{
	pid_t child = fork();

	if (child == 0)
		prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
	return child;
}

/* All starts of one run: one after the other, or the first, then the rest. */
static pid_t
play(const struct subject *subject, size_t number)
{
	const struct run *run = &subject->runs[number];
	pid_t child = become_reaper(), others[MOST_STARTS];
	int status, count = 0;

	if (child != 0)
		return child;
	int null = open("/dev/null", O_WRONLY);
	dup2(null, STDOUT_FILENO);
	for (int i = 0; i < run->starts; i++) {
		if (!run->together || i == 0) {
			start_one(subject, run, i);
			continue;
		}
		others[count] = become_reaper();
		if (others[count++] == 0) {
			start_one(subject, run, i);
			_exit(0);
		}
	}
	while (count > 0)
		waitpid(others[--count], &status, 0);
	_exit(0);
}

/* --- what is compared ----------------------------------------------------- */

static void
compile_and_link(const struct subject *subject)
{
	char command[1024];

	snprintf(command, sizeof(command), "$BENCH_COMPILE -c -o "
	    "build/bench.o solutions/%s.c && $BENCH_COMPILE -o "
	    "build/bench.out build/bench.o $(echo %s/*.o | "
	    "tr ' ' '\\n' | grep -v %s | awk -F/ '$NF < \"%s\"') "
	    "build/score/*-%.2s.o build/score/config.o build/score/notify.o",
	    subject->name, programs, subject->name, subject->name,
	    subject->name);
	if (run_command(command) != 0) {
		fprintf(stderr, "bench: the bare build failed: %s\n", command);
		exit(99);
	}
}

static double
bare(const struct subject *subject, bool once)
{
	double start = now();
	pid_t children[MOST_RUNS];
	int status;

	compile_and_link(subject);
	for (size_t i = 0; i < subject->run_count; i++) {
		if (once && i > 0)
			break;
		if (once) {
			struct subject one = *subject;
			one.runs[0] = (struct run){
				.traced = true, .starts = 1,
			};
			children[i] = play(&one, 0);
		} else {
			children[i] = play(subject, i);
		}
	}
	for (size_t i = 0; i < (once ? 1 : subject->run_count); i++)
		waitpid(children[i], &status, 0);
	run_command("ps -e");
	return now() - start;
}

static double
whole(const struct subject *subject)
{
	char command[256];
	double start = now();

	snprintf(command, sizeof(command), "touch solutions/%s.c && "
	    "make -s %.2s STEPS=solutions", subject->name, subject->name);
	if (run_command(command) != 0)
		fprintf(stderr, "bench: %s did not pass\n", subject->name);
	return now() - start;
}

static double
check_alone(const struct subject *subject)
{
	char command[512];
	double start = now();

	snprintf(command, sizeof(command), "%s check %s --programs %s --quiet",
	    tool, subject->name, programs);
	run_command(command);
	return now() - start;
}

/* How often and how many at once: from the check's own observation. */
static void
learn(struct subject *subject)
{
	char command[512];
	json_error_t error;
	size_t i, j;
	json_t *run, *start;

	snprintf(subject->program, sizeof(subject->program), "%s/%s", programs,
	    subject->name);
	snprintf(command, sizeof(command), "%s check %s --programs %s --quiet "
	    "--observation build/bench.json", tool, subject->name, programs);
	run_command(command);
	json_t *all = json_load_file("build/bench.json", 0, &error);
	if (all == NULL) {
		fprintf(stderr, "bench: %s\n", error.text);
		exit(99);
	}
	json_array_foreach(json_object_get(all, "runs"), i, run) {
		struct run *one = &subject->runs[subject->run_count++];
		const char *name = json_string_value(json_object_get(run,
		    "name"));
		one->together = strcmp(name, "faults") == 0;
		one->traced = one->together ||
		    json_is_true(json_object_get(run, "traced"));
		json_array_foreach(json_object_get(run, "starts"), j, start)
			one->starts += strcmp(json_string_value(
			    json_object_get(start, "name")), "ps") != 0;
		/* What ends at once is not a start that settles. */
		if (strncmp(name, "no-", 3) == 0)
			one->starts = 0;
	}
	json_decref(all);
}

static int
by_value(const void *a, const void *b)
{
	double one = *(const double *)a, other = *(const double *)b;

	return (one > other) - (one < other);
}

static double
median(double *values, int count)
{
	qsort(values, (size_t)count, sizeof(*values), by_value);
	return values[count / 2];
}

static void
measure(struct subject *subject, int rounds)
{
	static double all[MOST_ROUNDS], base[MOST_ROUNDS], least[MOST_ROUNDS],
	    alone[MOST_ROUNDS], build[MOST_ROUNDS];

	learn(subject);
	whole(subject);
	for (int i = 0; i < rounds; i++) {
		all[i] = whole(subject);
		base[i] = bare(subject, false);
		least[i] = bare(subject, true);
		alone[i] = check_alone(subject);
		double start = now();
		compile_and_link(subject);
		build[i] = now() - start;
	}
	double verdict = median(all, rounds), ground = median(base, rounds);
	printf("%-11s (a) %4.2f  (b) %4.2f   verdict %3.0f ms, bare %3.0f ms; "
	    "build %.0f, check %.0f\n", subject->name, verdict / ground,
	    verdict / median(least, rounds), verdict * 1e3, ground * 1e3,
	    median(build, rounds) * 1e3, median(alone, rounds) * 1e3);
	fflush(stdout);
}

static void
measure_chain(double bare_sum, int rounds)
{
	static double all[MOST_ROUNDS];
	char command[512];

	snprintf(command, sizeof(command),
	    "touch solutions/[01]*.c && make -s demo");
	for (int i = 0; i < rounds; i++) {
		double start = now();
		run_command(command);
		all[i] = now() - start;
	}
	printf("(c) all twelve over the sum of their bare costs: %.2f "
	    "(%.0f ms over %.0f ms)\n", median(all, rounds) / bare_sum,
	    median(all, rounds) * 1e3, bare_sum * 1e3);
}

/* Before anything is compiled: the largest of the tool, its workers, strace
 * and ps is what the kernel keeps for the children that were waited for. */
static void
measure_memory(void)
{
	struct subject subject = { .name = "10-log" };
	struct rusage usage;

	check_alone(&subject);
	getrusage(RUSAGE_CHILDREN, &usage);
	printf("(d) largest process of a check of 10-log: %ld kB\n",
	    usage.ru_maxrss);
}

int
main(int argc, char **argv)
{
	static const char *const names[] = {
		"01-fork", "02-setsid", "03-refork", "04-close", "05-devnull",
		"06-chdir", "07-umask", "08-lock", "09-signals", "10-log",
		"11-chroot", "12-setuid",
	};
	static double base[MOST_ROUNDS];
	double sum = 0;

	if (argc != 4) {
		fputs("usage: bench TOOL PROGRAMS ROUNDS\n", stderr);
		return 2;
	}
	tool = argv[1];
	programs = argv[2];
	int rounds = atoi(argv[3]);
	measure_memory();
	if (rounds < 1 || rounds > MOST_ROUNDS)
		rounds = 9;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct subject subject = { .name = names[i] };
		measure(&subject, rounds);
		for (int j = 0; j < rounds; j++)
			base[j] = bare(&subject, false);
		sum += median(base, rounds);
	}
	measure_chain(sum, rounds);
	return 0;
}
