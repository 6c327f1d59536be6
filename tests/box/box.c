/*
 * box - the tool's end of a box: opens it, and closes it
 */
#define _GNU_SOURCE
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <unistd.h>

#include "box/launch.h"
#include "box/map.h"
#include "box/state.h"

/*
 * What strace is not asked for: the loader's daily work, the harness's own
 * (init is traced too: each call that is asked for stops it twice), and,
 * unless signal handlers are the matter, the allocator's.
 */
#define NOT_TRACED "trace=!read,pread64,lseek,arch_prctl,set_tid_address," \
    "set_robust_list,rseq,getrandom,access,getpid,sigaltstack,mount,umount2," \
    "mount_setattr,pivot_root,sendfile,mkdirat,symlinkat,mknodat," \
    "readlinkat,recvmsg,sendmsg,poll"

static const char trace_memory[] = NOT_TRACED;
static const char trace_set[] = NOT_TRACED ",mmap,munmap,mprotect,mremap,"
    "brk,madvise";

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
box_flooded(const struct box *box)
{
	return box->traced_bytes > MOST_TRACED;
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

void
box_fault(struct box *box, const char *what)
{
	box->broken = true;
	if (box->run->fault == NULL)
		box->run->fault = text("%s: %s", what, strerror(errno));
}

void
box_request(struct box *box, enum parcel_kind kind, const char *data)
{
	struct parcel parcel;

	parcel_fill(&parcel, kind, 0, data, strlen(data) + 1);
	if (!box->broken && parcel_send(box->control, &parcel, NULL, 0) == -1)
		box_fault(box, "speak to the box's init");
}

/* execv(3)'s arguments are not const, and it changes none. */
union word {
	const char *read;
	char *passed;
};

/* Becomes strace, or the launcher itself; never returns. */
static void
become_launcher(const struct box *box, const struct box_plan *plan,
    int control, int pipe_end)
{
	char self[512], output[32], number[16];
	const char *strace[] = {
		"strace", "-f", "--seccomp-bpf", "-q", "-s", "2048", "-e",
		NULL, "-o"
	};
	union word words[32];
	size_t count = 0;

	ssize_t length = readlink("/proc/self/exe", self, sizeof(self) - 1);
	if (length == -1)
		_exit(99);
	self[length] = '\0';
	snprintf(output, sizeof(output), "/proc/self/fd/%d", pipe_end);
	snprintf(number, sizeof(number), "%d", control);
	if (plan->traced) {
		strace[7] = plan->memory ? trace_memory : trace_set;
		for (; count < sizeof(strace) / sizeof(*strace); count++)
			words[count].read = strace[count];
		words[count++].read = output;
	}
	words[count++].read = self;
	words[count++].read = "box";
	words[count++].read = number;
	words[count++].read = box_mode_word(plan->mode);
	words[count++].read = box->prefix;
	words[count].read = NULL;
	execvp(words[0].read, &words[0].passed);
	_exit(99);
}

void
box_keep_only(int one, int other)
{
	/* The kernel's own struct, all zero: SIG_DFL, no flags, no mask.
	 * sigaction(2) would refuse the two that libc keeps for itself. */
	static const char zero[64];
	int null = open("/dev/null", O_RDWR);

	for (int number = 1; number < NSIG; number++)
		syscall(SYS_rt_sigaction, number, zero, NULL, 8UL);
	for (int i = 0; i < 3; i++)
		dup2(null, i);
	close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
	/* strace's words are evidence, the same in every country. */
	setenv("LC_ALL", "C", 1);
	if (one != -1)
		fcntl(one, F_SETFD, 0);
	if (other != -1)
		fcntl(other, F_SETFD, 0);
}

static void
ignore_broken_pipes(void)
{
	struct sigaction ignore;

	memset(&ignore, 0, sizeof(ignore));
	ignore.sa_handler = SIG_IGN;
	sigaction(SIGPIPE, &ignore, NULL);
}

static int
spawn(struct box *box, const struct box_plan *plan)
{
	int control[2], ends[2] = { -1, -1 };

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, control) ==
	    -1 || (plan->traced && pipe2(ends, O_CLOEXEC) == -1))
		return -1;
	box->launcher = fork();
	if (box->launcher == 0) {
		/* Out of the tool's process group: what is sent to that, by
		 * a terminal or by timeout(1), spares who clears up. */
		setsid();
		box_keep_only(control[1], ends[1]);
		/* A killed tool must not end strace, nor what it traces: the
		 * launcher has to clear up. */
		ignore_broken_pipes();
		become_launcher(box, plan, control[1], ends[1]);
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
		memcpy(box->prefix, whole, strlen(whole) + 1);
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
	char *absolute;

	if (plan->mode != BOX_PLAIN) {
		snprintf(box->program, sizeof(box->program),
		    "/home/student/%s", plan->name);
		return spawn(box, plan);
	}
	/* It may not be built yet: its folder is there. */
	if (make_prefix(box, plan) == -1)
		return -1;
	absolute = text("%.*s/%s", (int)(strrchr(box->prefix, '/') -
	    box->prefix), box->prefix, plan->name);
	bool fits = strlen(absolute) < sizeof(box->program);
	if (fits)
		memcpy(box->program, absolute, strlen(absolute) + 1);
	free(absolute);
	errno = ENAMETOOLONG;
	return fits ? spawn(box, plan) : -1;
}

void
box_bring(struct box *box, int program)
{
	struct parcel parcel;

	parcel_fill(&parcel, REQUEST_PROGRAM, 0, box->program,
	    strlen(box->program) + 1);
	if (!box->broken &&
	    parcel_send(box->control, &parcel, &program, 1) == -1)
		box_fault(box, "bring the program");
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
	if (plan->traced && plan->wait != NULL)
		strace_wait_in(box->reader, plan->wait);
	if (set_up(box, plan) == -1) {
		box_fault(box, "start the box");
		return box;
	}
	if (!box_await(box, is_born, NULL, "wait for the box's init"))
		return box;
	if (plan->mode != BOX_PLAIN &&
	    map_ids(box->init, plan->mode == BOX_RANGE) == -1)
		box_fault(box, "map the box's ids");
	box_request(box, REQUEST_BUILD, "");
	box_await(box, is_built, NULL, "build the box");
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
	struct pollfd fds[2] = { { box->pidfd, POLLIN, 0 } };

	if (box->control != -1)
		close(box->control);	/* in plain mode init sweeps now */
	if (box->pidfd == -1)
		return;
	if (box->mode != BOX_PLAIN)
		pidfd_send_signal(box->pidfd, SIGKILL, NULL, 0);
	/* strace has to speak on meanwhile: the dying wait for it. */
	do {
		fds[1] = (struct pollfd){ box->pipe, POLLIN, 0 };
		if (poll(fds, 2, -1) == -1)
			continue;
		if (fds[1].revents != 0)
			box_read_trace(box);
	} while ((fds[0].revents & POLLIN) == 0);
	close(box->pidfd);
}

void
box_finish(struct box *box)
{
	int hidden[64] = { STRACE_OUTSIDE, 0, 1 };
	size_t count = 3;

	box_sync(box);
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
	box_dismiss_followers(box);
	end_init(box);
	while (box->pipe != -1)
		box_read_trace(box);
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
	box_request(box, REQUEST_SEAL, "");
}
