/*
 * root - a root file system that holds the system's programs and nothing of
 * its users: pivot_root(2), mount_setattr(2), mount_namespaces(7)
 *
 * The calls are those that box.c doesn't have traced.
 */
#define _GNU_SOURCE
#include <sys/mount.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "box/init.h"

/* Where the new root is put together; hidden again by the pivot. */
static const char workshop[] = "/tmp";

static const char *const folders[] = {
	"usr", "proc", "etc", "dev", "dev/pts", "dev/shm", "run", "tmp",
	"var", "var/log", "srv", "start", "home", "home/student",
};

/* File systems of the box's own, that stay writable. */
static const struct {
	const char *path, *options;
} writable[] = {
	{ "run", "mode=0755,size=16m,nr_inodes=4k" },
	{ "tmp", "mode=1777,size=64m,nr_inodes=16k" },
	{ "var/log", "mode=0755,size=16m,nr_inodes=4k" },
	{ "srv", "mode=0755,size=32m,nr_inodes=16k" },
	{ "start", "mode=0755,size=16m,nr_inodes=4k" },
};

static const char *const devices[] = {
	"null", "zero", "full", "random", "urandom", "tty",
};

/* Links or folders at the top that programs and their loader go through. */
static const char *const tops[] = { "bin", "sbin", "lib", "lib64", "lib32" };

static int
bind_read_only(const char *from, const char *to)
{
	struct mount_attr attributes = {
		.attr_set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID,
	};

	if (mount(from, to, NULL, MS_BIND | MS_REC, NULL) == -1)
		return -1;
	return mount_setattr(AT_FDCWD, to, AT_RECURSIVE, &attributes,
	    sizeof(attributes));
}

/* The same link as outside, or the folder itself where it isn't a link. */
static int
copy_top(const char *name)
{
	char outer[32], target[256];

	snprintf(outer, sizeof(outer), "/%s", name);
	ssize_t length = readlinkat(AT_FDCWD, outer, target,
	    sizeof(target) - 1);
	if (length >= 0) {
		target[length] = '\0';
		return symlinkat(target, AT_FDCWD, name);
	}
	if (errno == ENOENT)
		return 0;
	if (errno != EINVAL || mkdirat(AT_FDCWD, name, 0755) == -1)
		return -1;
	return bind_read_only(outer, name);
}

/* An empty file with the outer file bound upon it. */
static int
bind_file(const char *outer, const char *name)
{
	if (mknodat(AT_FDCWD, name, S_IFREG | 0644, 0) == -1)
		return -1;
	return mount(outer, name, NULL, MS_BIND, NULL);
}

static int
make_devices(void)
{
	char outer[32];

	for (size_t i = 0; i < sizeof(devices) / sizeof(*devices); i++) {
		snprintf(outer, sizeof(outer), "/dev/%s", devices[i]);
		/* A device can't be made in a user namespace: bind it. */
		if (bind_file(outer, outer + 1) == -1)
			return -1;
	}
	/* Group 5 is tty; with one id mapped only, it can't be asked for. */
	if (mount("devpts", "dev/pts", "devpts", MS_NOSUID | MS_NOEXEC,
	    "newinstance,ptmxmode=0666,mode=0620,gid=5") == -1 &&
	    mount("devpts", "dev/pts", "devpts", MS_NOSUID | MS_NOEXEC,
	    "newinstance,ptmxmode=0666,mode=0620") == -1)
		return -1;
	if (symlinkat("pts/ptmx", AT_FDCWD, "dev/ptmx") == -1)
		return -1;
	return symlinkat("/proc/self/fd", AT_FDCWD, "dev/fd");
}

static int
make_tree(void)
{
	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
		if (mkdirat(AT_FDCWD, folders[i], 0755) == -1)
			return -1;
	for (size_t i = 0; i < sizeof(tops) / sizeof(*tops); i++)
		if (copy_top(tops[i]) == -1)
			return -1;
	for (size_t i = 0; i < sizeof(writable) / sizeof(*writable); i++)
		if (mount("tmpfs", writable[i].path, "tmpfs",
		    MS_NOSUID | MS_NODEV, writable[i].options) == -1)
			return -1;
	return 0;
}

int
root_build(const char **what)
{
	*what = "make the mounts private";
	if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == -1)
		return -1;
	*what = "mount an empty root";
	if (mount("tmpfs", workshop, "tmpfs", MS_NOSUID,
	    "mode=0755,size=64m,nr_inodes=4k") == -1 || chdir(workshop) == -1)
		return -1;
	*what = "make the root's folders";
	if (make_tree() == -1)
		return -1;
	*what = "bind /usr read-only";
	if (bind_read_only("/usr", "usr") == -1)
		return -1;
	/* Only the loader's cache: without it, it would search longer. */
	if (access("/etc/ld.so.cache", R_OK) == 0 &&
	    bind_file("/etc/ld.so.cache", "etc/ld.so.cache") == -1)
		return -1;
	*what = "make the devices";
	if (make_devices() == -1)
		return -1;
	*what = "mount /proc";
	if (mount("proc", "proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC,
	    NULL) == -1)
		return -1;
	*what = "enter the new root";
	if (syscall(SYS_pivot_root, ".", ".") == -1 ||
	    umount2(".", MNT_DETACH) == -1)
		return -1;
	return chdir("/");
}

/* The program comes as a descriptor: the box never sees its folder. */
int
root_program(int from, const char *path)
{
	struct stat status;
	off_t offset = 0;
	int to = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0755);

	if (to == -1 || fstat(from, &status) == -1)
		return -1;
	while (offset < status.st_size)
		if (sendfile(to, from, &offset,
		    (size_t)(status.st_size - offset)) <= 0)
			return -1;
	if (fchmod(to, 0755) == -1)
		return -1;
	return close(to);
}

int
root_seal(void)
{
	struct mount_attr attributes = { .attr_set = MOUNT_ATTR_RDONLY };

	return mount_setattr(AT_FDCWD, "/", 0, &attributes,
	    sizeof(attributes));
}
