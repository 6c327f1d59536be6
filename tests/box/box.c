/*
 * box - the tool's end of a box: opens it, speaks with its init, closes it
 */
#define _GNU_SOURCE
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <grp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "box/box.h"
#include "box/launch.h"
#include "box/map.h"
#include "observe/proc.h"
#include "observe/strace.h"
#include "observe/syslog.h"

enum {
	MOST_TERMINALS = 8,
	MOST_ROUNDS = 64,	/* processes whose READY=1 are counted */
	MOST_OUTPUT = 64 * 1024,	/* kept of what a terminal received */
	MOST_MESSAGES = 20000,
	MOST_TRACED = 2 << 20,	/* bytes of strace: more is without end */
	MOST_PUMPS = 64,	/* of what has come already */
	PATIENCE = 20		/* seconds for the harness's own steps */
};

struct terminal {
	int master;		/* -1 once hung up */
	int start;		/* whose output it carries, or -1 */
};

struct box {
	enum box_mode mode;
	bool traced;
	bool locks;
	bool broken;		/* init is gone, or was never there */
	bool dropped;		/* messages beyond MOST_MESSAGES */
	struct run *run;
	int control;
	pid_t launcher;		/* strace where the box is traced */
	int init;		/* its PID outside */
	int pidfd;
	int root;
	int pipe;		/* what strace writes */
	struct strace *reader;
	size_t traced_bytes;
	char prefix[256];
	char program[400];
	char ready_name[32];
	struct terminal terminals[MOST_TERMINALS];
	int terminal_count;
	char *last_path;	/* EVENT_TERMINAL's */
	bool built, limited, unmounted, synced;
	int unmount_error;
	struct {
		int pid;
		unsigned rounds, news;
	} ready[MOST_ROUNDS];
	size_t ready_count;
};

/* What strace is not asked for: loader's and allocator's daily work. */
static const char trace_set[] = "trace=!read,mmap,munmap,mprotect,mremap,brk,"
    "pread64,lseek,arch_prctl,set_tid_address,set_robust_list,rseq,"
    "getrandom,access,getpid,madvise,sigaltstack";

/* For what a signal handler calls, the allocator's matter too. */
static const char trace_memory[] = "trace=!read,pread64,lseek,arch_prctl,"
    "set_tid_address,set_robust_list,rseq,getrandom,access,getpid,sigaltstack";

static const char *const mode_words[] = { "range", "single", "plain" };

const char *
box_mode_word(enum box_mode mode)
{
	return mode_words[mode];
}

enum box_mode
box_mode(const struct box *box)
{
	return box->mode;
}

int
box_root(const struct box *box)
{
	return box->root;
}

const char *
box_program(const struct box *box)
{
	return box->program;
}

bool
box_traced(const struct box *box)
{
	return box->traced;
}

const char *
box_ready_name(const struct box *box)
{
	return box->ready_name;
}

bool
box_broken(const struct box *box)
{
	return box->broken;
}

char *
box_path(const struct box *box, const char *name)
{
	return text("%s%s", box->prefix, name);
}

static void
fault(struct box *box, const char *what)
{
	box->broken = true;
	if (box->run->fault == NULL)
		box->run->fault = text("%s: %s", what, strerror(errno));
}

static double
now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* How much slower than idle this machine may be: its load for each core. */
static double
stretch(void)
{
	double load;
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	if (getloadavg(&load, 1) != 1 || cores < 1)
		return 1;
	return 1 + load / (double)cores;
}

/* --- what the box says ------------------------------------------------- */

static void
append(char **all, const char *bytes, size_t length)
{
	size_t had = *all == NULL ? 0 : strlen(*all);

	if (had >= MOST_OUTPUT)
		return;
	if (length > MOST_OUTPUT - had)
		length = MOST_OUTPUT - had;
	char *longer = realloc(*all, had + length + 1);
	if (longer == NULL)
		return;
	for (size_t i = 0; i < length; i++)	/* a string holds no NUL */
		longer[had + i] = bytes[i] == '\0' ? '?' : bytes[i];
	longer[had + length] = '\0';
	*all = longer;
}

static void
note_ready(struct box *box, const struct parcel *parcel)
{
	static const char ready[] = "READY=1";
	size_t i = 0;

	while (i < box->ready_count && box->ready[i].pid != parcel->pid)
		i++;
	if (i == MOST_ROUNDS)
		return;
	if (i == box->ready_count)
		box->ready[box->ready_count++].pid = parcel->pid;
	box->ready[i].news++;
	box->ready[i].rounds += parcel->length >= sizeof(ready) - 1 &&
	    memcmp(parcel->data, ready, sizeof(ready) - 1) == 0;
}

static void
note_message(struct box *box, const struct parcel *parcel)
{
	if (box->run->message_count >= MOST_MESSAGES) {
		if (!box->dropped)
			run_fact(box->run, "messages.dropped", "yes");
		box->dropped = true;
		return;
	}
	struct message *message = observation_add(box->run, messages,
	    message_count);
	syslog_parse(message, parcel->data, parcel->length);
	message->pid = parcel->pid;
}

static void
note_ending(struct box *box, const struct parcel *parcel)
{
	struct ending *ending = observation_add(box->run, endings,
	    ending_count);

	ending->pid = parcel->pid;
	ending->status = parcel->status;
	ending->comm = text("%.*s", (int)parcel->length, parcel->data);
}

static struct start *
start_of(struct box *box, const struct parcel *parcel)
{
	size_t number = (size_t)parcel->number;

	return number < box->run->start_count ?
	    &box->run->starts[number] : NULL;
}

static void
note_start(struct box *box, const struct parcel *parcel)
{
	struct start *start = start_of(box, parcel);

	if (start == NULL)
		return;
	switch (parcel->kind) {
	case EVENT_SHELL:
		start->shell = parcel->pid;
		break;
	case EVENT_LAUNCHED:
		start->launcher = parcel->pid;
		break;
	default:
		start->ended = true;
		start->status = parcel->status;
	}
}

/* The user namespace is joined, and what is outside is out of reach. */
static void
enter(struct box *box, int space)
{
	pid_t parent = getppid();

	if (box->mode == BOX_PLAIN)
		return;
	if (setns(space, CLONE_NEWUSER) == -1 ||
	    (box->mode == BOX_RANGE && setgroups(0, NULL) == -1) ||
	    setresgid(0, 0, 0) == -1 || setresuid(0, 0, 0) == -1)
		fault(box, "join the box's user namespace");
	/* Both were cleared by the change of ids. */
	prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	if (getppid() != parent)
		_exit(99);
}

static void
note_built(struct box *box, const struct parcel *parcel, int *fds)
{
	box->root = fds[0];
	fds[0] = -1;
	if (box->reader != NULL)
		strace_learn(box->reader, box->init, parcel->pid);
	enter(box, fds[1]);
	box->built = true;
}

static void
note_terminal(struct box *box, const struct parcel *parcel, int *fds)
{
	struct terminal *terminal = &box->terminals[box->terminal_count++];

	terminal->master = fds[0];
	terminal->start = -1;
	fds[0] = -1;
	fcntl(terminal->master, F_SETFL, O_RDWR | O_NONBLOCK);
	free(box->last_path);
	box->last_path = text("%.*s", (int)parcel->length, parcel->data);
}

static void
take(struct box *box, const struct parcel *parcel, int *fds)
{
	switch (parcel->kind) {
	case EVENT_BORN:
		box->init = parcel->pid;
		snprintf(box->ready_name, sizeof(box->ready_name),
		    box->mode == BOX_PLAIN ? "@lab-ready-%d" : "@lab-ready",
		    box->init);
		box->pidfd = fds[0];
		fds[0] = -1;
		break;
	case EVENT_LIMITED:
		box->limited = true;
		break;
	case EVENT_BUILT:
		note_built(box, parcel, fds);
		break;
	case EVENT_TERMINAL:
		note_terminal(box, parcel, fds);
		break;
	case EVENT_SHELL:
	case EVENT_LAUNCHED:
	case EVENT_ENDED:
		note_start(box, parcel);
		break;
	case EVENT_REAPED:
		note_ending(box, parcel);
		break;
	case EVENT_SYSLOG:
		note_message(box, parcel);
		break;
	case EVENT_READY:
		note_ready(box, parcel);
		break;
	case EVENT_SYNCED:
		box->synced = true;
		break;
	case EVENT_UNMOUNTED:
		box->unmounted = true;
		box->unmount_error = parcel->status;
		break;
	default:
		box->broken = true;
		if (box->run->fault == NULL)
			box->run->fault = text("%.*s", (int)parcel->length,
			    parcel->data);
	}
}

static void
read_control(struct box *box)
{
	struct parcel parcel;
	int fds[PARCEL_FDS];

	for (;;) {
		int got = parcel_receive(box->control, &parcel, fds,
		    MSG_DONTWAIT);
		if (got == -1 && errno == EAGAIN)
			return;
		if (got <= 0) {
			errno = ECONNRESET;
			fault(box, "hear from the box's init");
			return;
		}
		take(box, &parcel, fds);
		for (int i = 0; i < PARCEL_FDS; i++)
			if (fds[i] != -1)
				close(fds[i]);
	}
}

static void
read_terminal(struct box *box, struct terminal *terminal)
{
	char bytes[4096];
	ssize_t got = read(terminal->master, bytes, sizeof(bytes));

	/* EIO: nobody has the other end open just now; somebody may yet. */
	if (got > 0 && terminal->start != -1)
		append(&box->run->starts[terminal->start].output, bytes,
		    (size_t)got);
}

static void
read_trace(struct box *box)
{
	char bytes[65536];
	ssize_t got = read(box->pipe, bytes, sizeof(bytes));

	if (got > 0) {
		box->traced_bytes += (size_t)got;
		if (box->traced_bytes <= MOST_TRACED)
			strace_feed(box->reader, bytes,
			    (size_t)got);
	} else if (got == 0) {
		close(box->pipe);
		box->pipe = -1;
	}
}

/* All that can be waited for; the terminals follow the first two. */
static nfds_t
gather(const struct box *box, struct pollfd *fds)
{
	nfds_t count = 2;

	fds[0] = (struct pollfd){ box->control, POLLIN, 0 };
	/* Unread, the pipe fills, and strace stops the program for us. */
	fds[1] = (struct pollfd){
		box->traced_bytes > MOST_TRACED ? -1 : box->pipe, POLLIN, 0
	};
	for (int i = 0; i < box->terminal_count; i++)
		fds[count++] = (struct pollfd){ box->terminals[i].master,
		    POLLIN, 0 };
	return count;
}

/* One round of poll(2); false where nothing came in that time. */
static bool
pump(struct box *box, int milliseconds)
{
	struct pollfd fds[2 + MOST_TERMINALS];
	nfds_t count = gather(box, fds);
	bool something = false;

	/* A terminal that nobody has open is "hung up" until somebody opens
	 * it again: poll would come back at once, so look past it. */
	if (poll(fds, count, 0) > 0) {
		for (nfds_t i = 2; i < count; i++)
			if ((fds[i].revents & (POLLIN | POLLHUP)) == POLLHUP)
				fds[i].fd = -1;
	}
	if (poll(fds, count, milliseconds) <= 0)
		return false;
	/* Terminals first: what a process printed is older than its end. */
	for (nfds_t i = 2; i < count; i++)
		if (fds[i].fd != -1 && (fds[i].revents & POLLIN) != 0) {
			read_terminal(box, &box->terminals[i - 2]);
			something = true;
		}
	if (fds[1].revents != 0)
		read_trace(box);
	if (fds[0].revents != 0)
		read_control(box);
	return something || fds[0].revents != 0 || fds[1].revents != 0;
}

void
box_catch_up(struct box *box)
{
	/* Bounded, for a program may write faster than this reads: what was
	 * there when it began fits in far fewer rounds. */
	for (int i = 0; i < MOST_PUMPS && !box->broken && pump(box, 0); i++)
		;
}

bool
box_wait(struct box *box, box_condition *condition, const void *argument,
    double seconds)
{
	double end = now() + seconds * stretch();

	while (!condition(box, argument)) {
		double left = end - now();
		if (box->broken || box->traced_bytes > MOST_TRACED || left <= 0)
			return false;
		pump(box, (int)(left * 1000) + 1);
	}
	return true;
}

/* --- opening and closing ----------------------------------------------- */

/* execv(3)'s arguments are not const, and it changes none. */
union word {
	const char *read;
	char *passed;
};

/* Becomes strace, or the launcher itself; never returns. */
static void
become_launcher(const struct box *box, const struct box_plan *plan,
    int control, int program, int pipe_end)
{
	char self[512], output[32], number[16], file[16];
	const char *strace[] = {
		"strace", "-f", "--seccomp-bpf", "-q", "--decode-pids=pidns",
		"-s", "2048", "-e", NULL, "-o"
	};
	union word words[32];
	size_t count = 0;

	ssize_t length = readlink("/proc/self/exe", self, sizeof(self) - 1);
	if (length == -1)
		_exit(99);
	self[length] = '\0';
	snprintf(output, sizeof(output), "/proc/self/fd/%d", pipe_end);
	snprintf(number, sizeof(number), "%d", control);
	snprintf(file, sizeof(file), "%d", program);
	if (plan->traced) {
		strace[8] = plan->memory ? trace_memory : trace_set;
		for (; count < sizeof(strace) / sizeof(*strace); count++)
			words[count].read = strace[count];
		words[count++].read = output;
	}
	words[count++].read = self;
	words[count++].read = "box";
	words[count++].read = number;
	words[count++].read = file;
	words[count++].read = plan->name;
	words[count++].read = box_mode_word(plan->mode);
	words[count++].read = box->prefix;
	words[count].read = NULL;
	execvp(words[0].read, &words[0].passed);
	_exit(99);
}

/* Keeps the standard descriptors and the three that it names. */
static void
keep_only(int control, int program, int pipe_end)
{
	int null = open("/dev/null", O_RDWR);

	for (int i = 0; i < 3; i++)
		dup2(null, i);
	close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
	fcntl(control, F_SETFD, 0);
	fcntl(program, F_SETFD, 0);
	if (pipe_end != -1)
		fcntl(pipe_end, F_SETFD, 0);
}

static int
spawn(struct box *box, const struct box_plan *plan, int program)
{
	int control[2], ends[2] = { -1, -1 };

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, control) ==
	    -1 || (plan->traced && pipe2(ends, O_CLOEXEC) == -1))
		return -1;
	box->launcher = fork();
	if (box->launcher == 0) {
		keep_only(control[1], program, ends[1]);
		become_launcher(box, plan, control[1], program, ends[1]);
	}
	close(control[1]);
	if (ends[1] != -1)
		close(ends[1]);
	box->control = control[0];
	box->pipe = ends[0];
	return box->launcher == -1 ? -1 : 0;
}

static bool
is_born(const struct box *box, const void *unused)
{
	(void)unused;
	return box->init != 0;
}

static bool
is_built(const struct box *box, const void *unused)
{
	(void)unused;
	return box->built;
}

static void
request(struct box *box, enum parcel_kind kind, const char *data)
{
	struct parcel parcel;

	parcel_fill(&parcel, kind, 0, data, strlen(data) + 1);
	if (!box->broken && parcel_send(box->control, &parcel, NULL, 0) == -1)
		fault(box, "speak to the box's init");
}

/* A folder that stands for the box's root where there is none. */
static int
make_prefix(struct box *box, const struct box_plan *plan)
{
	static const char *const folders[] = {
		"run", "tmp", "srv", "start", "etc", "home", "home/student",
	};
	const char *slash = strrchr(plan->program, '/');
	int length = slash == NULL ? 1 : (int)(slash - plan->program);
	char path[512];

	snprintf(path, sizeof(path), "%.*s/plain-XXXXXX", length,
	    slash == NULL ? "." : plan->program);
	if (mkdtemp(path) == NULL)
		return -1;
	char *whole = realpath(path, NULL);
	bool fits = whole != NULL && strlen(whole) < sizeof(box->prefix);
	if (fits)
		strcpy(box->prefix, whole);
	free(whole);
	if (!fits || chmod(box->prefix, 0755) == -1)
		return -1;
	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++) {
		snprintf(path, sizeof(path), "%s/%s", box->prefix, folders[i]);
		if (mkdir(path, 0755) == -1)
			return -1;
	}
	return 0;
}

static int
set_up(struct box *box, const struct box_plan *plan)
{
	int program = open(plan->program, O_RDONLY | O_CLOEXEC);

	if (program == -1)
		return -1;
	snprintf(box->program, sizeof(box->program), "/home/student/%s",
	    plan->name);
	if (plan->mode == BOX_PLAIN) {
		char *whole = realpath(plan->program, NULL);
		bool fits = whole != NULL &&
		    strlen(whole) < sizeof(box->program);
		if (fits)
			strcpy(box->program, whole);
		free(whole);
		if (!fits || make_prefix(box, plan) == -1)
			return -1;
	}
	int result = spawn(box, plan, program);
	close(program);
	return result;
}

struct box *
box_open(struct run *run, const struct box_plan *plan)
{
	struct box *box = calloc(1, sizeof(*box));

	if (box == NULL)
		return NULL;
	box->run = run;
	box->mode = plan->mode;
	box->traced = plan->traced;
	box->locks = plan->locks;
	box->pidfd = box->root = box->pipe = box->control = -1;
	if (plan->traced)
		box->reader = strace_open();
	if (set_up(box, plan) == -1) {
		fault(box, "start the box");
		return box;
	}
	if (!box_wait(box, is_born, NULL, PATIENCE)) {
		errno = ETIMEDOUT;
		fault(box, "wait for the box's init");
		return box;
	}
	if (plan->mode != BOX_PLAIN &&
	    map_ids(box->init, plan->mode == BOX_RANGE) == -1)
		fault(box, "map the box's ids");
	request(box, REQUEST_BUILD, "");
	if (!box_wait(box, is_built, NULL, PATIENCE)) {
		errno = ETIMEDOUT;
		fault(box, "build the box");
	}
	return box;
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

/* Init's end is the end of all: pid_namespaces(7). */
static void
end_init(struct box *box)
{
	struct pollfd gone = { box->pidfd, POLLIN, 0 };

	if (box->control != -1)
		close(box->control);	/* in plain mode init sweeps now */
	if (box->pidfd == -1)
		return;
	if (box->mode != BOX_PLAIN)
		pidfd_send_signal(box->pidfd, SIGKILL, NULL, 0);
	while (poll(&gone, 1, -1) == -1 && errno == EINTR)
		;
	close(box->pidfd);
}

static bool
is_synced(const struct box *box, const void *unused)
{
	(void)unused;
	return box->synced;
}

/* A message that a program has sent may still wait in init's socket. */
static void
sync_with_init(struct box *box)
{
	box->synced = false;
	request(box, REQUEST_SYNC, "");
	if (!box_wait(box, is_synced, NULL, PATIENCE))
		fault(box, "catch up with the box's init");
	box_catch_up(box);
}

void
box_finish(struct box *box)
{
	int hidden[64] = { 0, 1 };	/* 0: the launcher, outside */
	size_t count = 2;

	sync_with_init(box);
	if (box->reader == NULL)
		return;
	for (size_t i = 0; i < box->run->start_count && count < 64; i++)
		hidden[count++] = box->run->starts[i].shell;
	strace_finish(box->reader, box->run, hidden, count);
}

void
box_close(struct box *box)
{
	int status;

	if (box == NULL)
		return;
	for (int i = 0; i < box->terminal_count; i++)
		box_hang_up(box, i);
	end_init(box);
	while (box->pipe != -1)
		read_trace(box);
	if (box->launcher > 0)
		while (waitpid(box->launcher, &status, 0) == -1 &&
		    errno == EINTR)
			;
	if (box->reader != NULL)
		strace_close(box->reader);
	if (box->prefix[0] != '\0')
		nftw(box->prefix, unlink_one, 16, FTW_DEPTH | FTW_PHYS);
	if (box->root != -1)
		close(box->root);
	free(box->last_path);
	free(box);
}

void
box_seal(struct box *box)
{
	request(box, REQUEST_SEAL, "");
}

/* --- terminals and starts ---------------------------------------------- */

static bool
has_terminals(const struct box *box, const void *argument)
{
	const int *count = argument;

	return box->terminal_count >= *count;
}

int
box_terminal(struct box *box, char *path, size_t room)
{
	int wanted = box->terminal_count + 1;

	if (wanted > MOST_TERMINALS)
		return -1;
	request(box, REQUEST_TERMINAL, "");
	if (!box_wait(box, has_terminals, &wanted, PATIENCE)) {
		fault(box, "open a terminal");
		return -1;
	}
	snprintf(path, room, "%s", box->last_path);
	return wanted - 1;
}

void
box_hang_up(struct box *box, int terminal)
{
	struct terminal *t = &box->terminals[terminal];

	if (terminal < 0 || t->master == -1)
		return;
	close(t->master);
	t->master = -1;
}

/* One end of what a person types and reads: some bytes further. */
static bool
relay(int from, int to)
{
	char bytes[4096];
	ssize_t got = read(from, bytes, sizeof(bytes));

	for (ssize_t sent = 0; sent < got; ) {
		ssize_t wrote = write(to, bytes + sent, (size_t)(got - sent));
		if (wrote == -1 && errno != EAGAIN && errno != EINTR)
			return false;
		if (wrote > 0)
			sent += wrote;
	}
	return got > 0 || (got == -1 && (errno == EAGAIN || errno == EIO));
}

void
box_talk(struct box *box, int terminal, int start)
{
	static const char end_of_file[] = "\004";
	int master = box->terminals[terminal].master;
	struct termios raw;
	struct winsize size;
	bool typing = true;

	if (tcgetattr(STDIN_FILENO, &raw) == 0) {
		cfmakeraw(&raw);
		tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
		if (ioctl(STDIN_FILENO, TIOCGWINSZ, &size) == 0)
			ioctl(master, TIOCSWINSZ, &size);
	}
	while (!box->broken && !box->run->starts[start].ended) {
		struct pollfd fds[] = {
			{ box->control, POLLIN, 0 },
			{ box->run->starts[start].launcher == 0 ? -1 : master,
			    POLLIN, 0 },
			{ typing ? STDIN_FILENO : -1, POLLIN, 0 },
		};
		if (poll(fds, 3, -1) == -1 && errno != EINTR)
			break;
		if (fds[1].revents & POLLIN)
			relay(master, STDOUT_FILENO);
		if (fds[2].revents != 0 && !relay(STDIN_FILENO, master)) {
			typing = false;
			if (write(master, end_of_file, 1) != 1)
				break;
		}
		if (fds[0].revents != 0)
			read_control(box);
	}
	while (relay(master, STDOUT_FILENO) && errno == 0)
		;
}

void
box_type(struct box *box, int terminal, const char *keys)
{
	if (terminal >= 0 && write(box->terminals[terminal].master, keys,
	    strlen(keys)) == -1)
		fault(box, "type at the terminal");
}

static bool
is_limited(const struct box *box, const void *unused)
{
	(void)unused;
	return box->limited;
}

int
box_start(struct box *box, const char *name, int terminal,
    struct start_request *request, int *fds)
{
	struct parcel parcel;
	int passed[PARCEL_FDS];
	size_t count = 0;
	int number = (int)box->run->start_count;
	struct start *start = observation_add(box->run, starts, start_count);

	start->name = text("%s", name);
	start->status = -1;
	/* Nothing of others' runs before the limits stand. */
	if (!box_wait(box, is_limited, NULL, PATIENCE))
		fault(box, "limit the box");
	if (terminal != -1)
		box->terminals[terminal].start = number;
	request->number = number;
	for (int i = 0; i < START_FDS; i++) {
		request->has[i] = fds[i] != -1;
		if (fds[i] != -1)
			passed[count++] = fds[i];
	}
	parcel_fill(&parcel, REQUEST_START, 0, request, sizeof(*request));
	if (!box->broken &&
	    parcel_send(box->control, &parcel, passed, count) == -1)
		fault(box, "start a program");
	while (count > 0)
		close(passed[--count]);
	return number;
}

bool
box_start_ended(const struct box *box, const void *argument)
{
	const int *number = argument;

	return box->run->starts[*number].ended;
}

bool
box_reaped(const struct box *box, const void *argument)
{
	const int *pid = argument;

	for (size_t i = 0; i < box->run->ending_count; i++)
		if (box->run->endings[i].pid == *pid)
			return true;
	return false;
}

/* Is it the daemon of another start? */
static bool
is_taken(const struct box *box, int pid, int start)
{
	for (size_t i = 0; i < box->run->start_count; i++)
		if ((int)i != start && box->run->starts[i].daemon == pid)
			return true;
	return false;
}

static int
traced_waiting(const struct box *box, int start)
{
	int hosts[256];

	/* Asked at every event: the cheap question first. */
	if (strace_waiting(box->reader, NULL, 0) == 0)
		return 0;
	size_t count = proc_descendants(box->init, hosts, 256);
	for (size_t i = 0; i < count; i++) {
		if (strace_settled(box->reader, hosts[i], 1) == 0)
			continue;
		int pid = proc_box_pid(hosts[i]);
		if (pid != 0 && !is_taken(box, pid, start))
			return pid;
	}
	return 0;
}

int
box_waiting(const struct box *box, int start)
{
	if (box->traced)
		return traced_waiting(box, start);
	for (size_t i = 0; i < box->ready_count; i++)
		if (box->ready[i].rounds > 0 &&
		    !is_taken(box, box->ready[i].pid, start) &&
		    !box_reaped(box, &box->ready[i].pid))
			return box->ready[i].pid;
	return 0;
}

unsigned
box_rounds(const struct box *box, int pid)
{
	unsigned rounds = 0;

	if (box->traced) {
		int host = proc_host_pid(box->init, pid);
		while (strace_settled(box->reader, host, rounds + 1) != 0)
			rounds++;
		return rounds;
	}
	for (size_t i = 0; i < box->ready_count; i++)
		if (box->ready[i].pid == pid)
			rounds = box->ready[i].rounds;
	return rounds;
}

unsigned
box_news(const struct box *box, int pid)
{
	for (size_t i = 0; i < box->ready_count; i++)
		if (box->ready[i].pid == pid)
			return box->ready[i].news;
	return 0;
}

/*
 * How many processes the start has begun, other than its shell and what
 * belongs to other starts; `*seen` tells whether `pid` is among them.  The
 * list can miss a process whose parent ends while it is read.
 */
static size_t
left_of(const struct box *box, int start, int pid, bool *seen)
{
	int hosts[256];
	size_t count = proc_descendants(box->init, hosts, 256), left = 0;

	*seen = false;
	for (size_t i = 1; i < count; i++) {
		int one = proc_box_pid(hosts[i]);
		bool mine = one != 0 && !is_taken(box, one, start);
		for (size_t j = 0; j < box->run->start_count; j++)
			if (box->run->starts[j].shell == one ||
			    ((int)j != start &&
			    box->run->starts[j].launcher == one))
				mine = false;
		*seen = *seen || (mine && one == pid);
		left += mine;
	}
	return left;
}

bool
box_all_wait(const struct box *box)
{
	int hosts[256];
	size_t count = proc_descendants(box->init, hosts, 256), waiting = 0;

	for (size_t i = 1; i < count; i++) {
		int pid = proc_box_pid(hosts[i]);
		bool shell = false;
		for (size_t j = 0; j < box->run->start_count; j++)
			shell = shell || box->run->starts[j].shell == pid;
		if (!shell && box_rounds(box, pid) == 0)
			return false;
		waiting += !shell;
	}
	return waiting == box->run->start_count;
}

/* Everything that the start began has ended. */
static bool
is_over(const struct box *box, int start)
{
	bool unused;

	return box->run->starts[start].ended &&
	    left_of(box, start, 0, &unused) == 0;
}

bool
box_start_launched(const struct box *box, const void *argument)
{
	const int *number = argument;

	return box->run->starts[*number].launcher != 0;
}

bool
box_start_serves(const struct box *box, const void *argument)
{
	const int *number = argument;
	const struct start *start = &box->run->starts[*number];

	if (start->launcher == 0)
		return false;
	return box_waiting(box, *number) != 0 || is_over(box, *number);
}

bool
box_start_waits(const struct box *box, const void *argument)
{
	const int *number = argument;
	const struct start *start = &box->run->starts[*number];
	int pid = box_waiting(box, *number);
	bool seen;

	if (pid == 0)
		return is_over(box, *number);
	/* The launcher and the session leader may be on their way out. */
	return (start->ended || pid == start->launcher) &&
	    left_of(box, *number, pid, &seen) == 1 && seen;
}

/* --- looking and touching ---------------------------------------------- */

static void
name_roles(const struct run *run, struct snapshot *shot)
{
	for (size_t i = 0; i < shot->process_count; i++)
		for (size_t j = 0; j < run->start_count; j++)
			if (shot->processes[i].pid == run->starts[j].shell) {
				free(shot->processes[i].role);
				shot->processes[i].role = text("shell");
			}
}

/* In plain mode the box's folder stands before each name: take it away. */
static void
strip(const struct box *box, char **name)
{
	size_t length = strlen(box->prefix);

	if (length == 0 || *name == NULL ||
	    strncmp(*name, box->prefix, length) != 0)
		return;
	char *rest = text("%s", (*name)[length] == '\0' ? "/" :
	    *name + length);
	free(*name);
	*name = rest;
}

static void
strip_all(const struct box *box, struct snapshot *shot)
{
	for (size_t i = 0; i < shot->process_count; i++) {
		struct process *process = &shot->processes[i];
		strip(box, &process->cwd);
		strip(box, &process->root);
		for (size_t j = 0; j < process->descriptor_count; j++)
			strip(box, &process->descriptors[j].target);
	}
}

/* Before execve the harness's own descriptors are still there; all of them
 * are close-on-exec, and none that the program gets is. */
static void
drop_own(struct snapshot *shot, const struct box *box)
{
	for (size_t i = 0; i < shot->process_count; i++) {
		struct process *process = &shot->processes[i];
		size_t kept = 0;

		if (strcmp(process->role, "program") != 0)
			continue;
		for (size_t j = 0; j < process->descriptor_count; j++) {
			struct descriptor *fd = &process->descriptors[j];
			if (fd->flags & O_CLOEXEC) {
				free(fd->target);
				free(fd->type);
				free(fd->lock);
			} else {
				process->descriptors[kept++] = *fd;
			}
		}
		process->descriptor_count = kept;
		free(process->comm);
		process->comm = text("%s", strrchr(box->program, '/') + 1);
	}
}

int
box_observe(struct box *box, struct snapshot *shot)
{
	sync_with_init(box);
	if (proc_observe(shot, box->init, box->locks) == -1)
		return -1;
	name_roles(box->run, shot);
	strip_all(box, shot);
	return 0;
}

int
box_host_pid(const struct box *box, int pid)
{
	return proc_host_pid(box->init, pid);
}

struct snapshot *
box_snapshot(struct box *box, const char *moment)
{
	struct snapshot *shot = observation_add(box->run, snapshots,
	    snapshot_count);

	shot->moment = text("%s", moment);
	if (box->broken)
		return shot;
	if (box_observe(box, shot) == -1)
		fault(box, "look at the box's processes");
	if (strcmp(moment, "before") == 0)
		drop_own(shot, box);
	return shot;
}

int
box_signal(struct box *box, int pid, int number)
{
	int host = proc_host_pid(box->init, pid);

	if (host <= 0) {
		errno = ESRCH;
		return -1;
	}
	int pidfd = pidfd_open(host, 0);
	if (pidfd == -1)
		return -1;
	/* The PID may have been another's when it was opened: look again. */
	int result = proc_box_pid(host) == pid ?
	    pidfd_send_signal(pidfd, number, NULL, 0) : -1;
	close(pidfd);
	return result;
}

static bool
is_unmounted(const struct box *box, const void *unused)
{
	(void)unused;
	return box->unmounted;
}

int
box_unmount(struct box *box, const char *path)
{
	box->unmounted = false;
	request(box, REQUEST_UNMOUNT, path);
	if (!box_wait(box, is_unmounted, NULL, PATIENCE))
		fault(box, "unmount in the box");
	return box->unmount_error;
}
