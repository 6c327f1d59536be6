/*
 * proc - the kernel's record of this very process, and of one that is gone
 */
#define _GNU_SOURCE
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "observe/proc.h"
#include "unit/unit.h"

extern CU_TestInfo proc_tests[];

static void
snapshot_free(struct snapshot *shot)
{
	struct run run = { 0 };

	*observation_add(&run, snapshots, snapshot_count) = *shot;
	run_free(&run);
}

/* A PID that nobody has: a child that was waited for had it. */
static int
gone(void)
{
	pid_t child = fork();

	if (child == 0)
		_exit(0);
	waitpid(child, NULL, 0);
	return (int)child;
}

/* The type that a descriptor of ours is seen to have. */
static void
seen_as(const struct snapshot *shot, int fd, const char *type)
{
	const struct descriptor *one = find_descriptor(&shot->processes[0],
	    fd);

	prove(one != NULL, "descriptor %d isn't seen", fd);
	if (one != NULL)
		prove_equal(one->type, type, "its type");
}

static void
every_kind_of_descriptor_is_seen(void)
{
	struct snapshot shot = { 0 };
	int pipes[2], sockets[2];
	FILE *file = tmpfile();
	int folder = open("/proc/self", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int null = open("/dev/null", O_WRONLY);
	int link = open("/proc/self/exe", O_PATH | O_NOFOLLOW | O_CLOEXEC);

	if (file == NULL || folder == -1 || null == -1 || link == -1 ||
	    pipe(pipes) == -1 ||
	    socketpair(AF_UNIX, SOCK_STREAM, 0, sockets) == -1)
		abort();
	prove(proc_observe(&shot, getpid(), false) == 0, "it is seen");
	prove_equal(shot.processes[0].role, "init", "the first one's role");
	prove(shot.processes[0].ppid == 0, "init has no parent here");
	seen_as(&shot, fileno(file), "file");
	seen_as(&shot, folder, "directory");
	seen_as(&shot, null, "character");
	seen_as(&shot, link, "link");
	seen_as(&shot, pipes[0], "pipe");
	seen_as(&shot, sockets[0], "socket");
	const struct descriptor *one = find_descriptor(&shot.processes[0],
	    null);
	prove(one != NULL && one->major == 1 && one->minor == 3,
	    "/dev/null is 1:3");
	prove(one != NULL && (one->flags & (O_ACCMODE | O_CLOEXEC)) ==
	    O_WRONLY, "it can be written, and is kept on exec");
	one = find_descriptor(&shot.processes[0], folder);
	prove(one != NULL && (one->flags & O_CLOEXEC) != 0 && !one->outside,
	    "the directory is inside, and closed on exec");
	fclose(file);
	close(folder);
	close(null);
	close(link);
	for (int i = 0; i < 2; i++) {
		close(pipes[i]);
		close(sockets[i]);
	}
	snapshot_free(&shot);
}

/* The innermost PID is the one that lock lines get. */
static void
a_lock_names_its_holder(void)
{
	struct snapshot shot = { 0 };
	FILE *file = tmpfile();
	bool found = false;

	if (file == NULL || flock(fileno(file), LOCK_EX) == -1)
		abort();
	prove(proc_observe(&shot, getpid(), true) == 0, "it is seen");
	const struct descriptor *one = find_descriptor(&shot.processes[0],
	    fileno(file));
	prove(one != NULL && one->lock != NULL &&
	    strstr(one->lock, "FLOCK") != NULL, "fdinfo tells of the lock");
	for (size_t i = 0; i < shot.lock_count; i++)
		found = found || (strcmp(shot.locks[i].kind, "FLOCK") == 0 &&
		    strcmp(shot.locks[i].access, "WRITE") == 0 &&
		    shot.locks[i].pid == shot.processes[0].pid);
	prove(found, "none of %zu locks is ours", shot.lock_count);
	fclose(file);
	snapshot_free(&shot);
}

static void
who_is_gone_leaves_nothing(void)
{
	struct snapshot shot = { 0 };
	char comm[16] = "unchanged";
	int pid = gone();

	errno = 0;
	prove(proc_observe(&shot, pid, true) == -1 && errno == ESRCH,
	    "no init, no snapshot: %s", strerror(errno));
	prove(shot.process_count == 0, "%zu processes", shot.process_count);
	prove(proc_box_pid(pid) == 0, "it has no PID any more");
	prove(proc_host_pid(getpid(), pid) == 0, "nor an outer one");
	prove(proc_tracer(pid) == 0, "nobody traces it");
	prove(proc_cpu_seconds(pid) <= 0, "it has had no time");
	prove(proc_comm(pid, comm, sizeof(comm)) == -1, "it has no name");
	prove_equal(comm, "unchanged", "the name");
	snapshot_free(&shot);
}

static void
this_process_is_known(void)
{
	char comm[16] = "";
	int list[4] = { 0 };

	prove(proc_comm(getpid(), comm, sizeof(comm)) == 0 && *comm != '\0',
	    "its name is \"%s\"", comm);
	prove(proc_box_pid(getpid()) > 0, "it has a PID");
	prove(proc_host_pid(getpid(), proc_box_pid(getpid())) == getpid(),
	    "and is found by it");
	prove(proc_tracer(getpid()) == 0, "nobody traces it");
	prove(proc_descendants(getpid(), list, 4) >= 1 &&
	    list[0] == getpid(), "init comes first: %d", list[0]);
	prove(proc_descendants(getpid(), list, 0) == 0, "no room, no PID");
}

static void
files_are_seen_below_their_root(void)
{
	struct snapshot shot = { 0 };
	char folder[] = "/tmp/lab-unit-XXXXXX", path[64];
	int root;

	if (mkdtemp(folder) == NULL)
		abort();
	root = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
	snprintf(path, sizeof(path), "%s/link", folder);
	if (root == -1 || symlink("/etc/passwd", path) == -1)
		abort();
	file_observe(&shot, root, "/link");
	file_observe(&shot, root, "/link/beyond");
	file_observe(&shot, root, "/../../../..");
	prove_equal(shot.files[0].type, "link", "a link isn't followed");
	prove_equal(shot.files[0].link, "/etc/passwd", "where it leads");
	prove_equal(shot.files[1].type, "none", "nothing is beyond it");
	prove_equal(shot.files[2].type, "directory", "above the root is");
	prove(shot.files[2].mode == 0700, "the root itself: %o",
	    (unsigned)shot.files[2].mode);
	unlink(path);
	rmdir(folder);
	close(root);
	snapshot_free(&shot);
}

CU_TestInfo proc_tests[] = {
	{ "every kind of descriptor is seen",
	    every_kind_of_descriptor_is_seen },
	{ "a lock names its holder", a_lock_names_its_holder },
	{ "who is gone leaves nothing", who_is_gone_leaves_nothing },
	{ "this process is known", this_process_is_known },
	{ "files are seen below their root",
	    files_are_seen_below_their_root },
	CU_TEST_INFO_NULL
};
