/*
 * files - openat2(2) with RESOLVE_IN_ROOT, and the *at calls below it
 */
#define _GNU_SOURCE
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "box/files.h"

static int
open_in(int root, const char *path, int flags, mode_t mode)
{
	struct open_how how = {
		.flags = (unsigned int)flags | O_CLOEXEC,
		.mode = mode,
		.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS,
	};
	return (int)syscall(SYS_openat2, root, path, &how, sizeof(how));
}

/* The folder that holds `path`, opened, and its last name; or -1. */
static int
open_above(int root, const char *path, const char **name)
{
	char folder[4096];
	const char *slash = strrchr(path, '/');

	if (slash == NULL || (size_t)(slash - path) >= sizeof(folder)) {
		errno = EINVAL;
		return -1;
	}
	snprintf(folder, sizeof(folder), "%.*s/", (int)(slash - path), path);
	*name = slash + 1;
	return open_in(root, folder, O_PATH | O_DIRECTORY, 0);
}

static int
done(int fd, int result)
{
	int error = errno;

	close(fd);
	errno = error;
	return result;
}

int
files_write(int root, const char *path, const char *content, mode_t mode)
{
	size_t length = strlen(content);
	int fd = open_in(root, path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW,
	    mode);

	if (fd == -1)
		return -1;
	if (fchmod(fd, mode) == -1 ||
	    write(fd, content, length) != (ssize_t)length)
		return done(fd, -1);
	return close(fd);
}

int
files_copy(int root, int from, const char *path)
{
	struct stat status;
	off_t offset = 0;
	int fd = open_in(root, path, O_WRONLY | O_CREAT | O_EXCL, 0755);

	if (fd == -1)
		return -1;
	if (fstat(from, &status) == -1 || fchmod(fd, 0755) == -1)
		return done(fd, -1);
	while (offset < status.st_size)
		if (sendfile(fd, from, &offset,
		    (size_t)(status.st_size - offset)) <= 0)
			return done(fd, -1);
	return close(fd);
}

int
files_mkdir(int root, const char *path, mode_t mode)
{
	char part[4096];

	for (const char *slash = strchr(path + 1, '/'); ;
	    slash = strchr(slash + 1, '/')) {
		size_t length = slash == NULL ? strlen(path) :
		    (size_t)(slash - path);
		const char *name;

		snprintf(part, sizeof(part), "%.*s", (int)length, path);
		int above = open_above(root, part, &name);
		if (above == -1)
			return -1;
		int result = mkdirat(above, name, 0755);
		if (result == 0 && slash == NULL)
			result = fchmodat(above, name, mode, 0);
		if (done(above, result) == -1 && errno != EEXIST)
			return -1;
		if (slash == NULL)
			return 0;
	}
}

int
files_chown(int root, const char *path, uid_t uid, gid_t gid)
{
	const char *name;
	int above = open_above(root, path, &name);

	if (above == -1)
		return -1;
	return done(above, fchownat(above, name, uid, gid,
	    AT_SYMLINK_NOFOLLOW));
}

int
files_fifo(int root, const char *path)
{
	const char *name;
	int above = open_above(root, path, &name);

	if (above == -1)
		return -1;
	if (mkfifoat(above, name, 0666) == -1)
		return done(above, -1);
	return done(above, fchmodat(above, name, 0666, 0));
}

int
files_read_fifo(int root, const char *path)
{
	return open_in(root, path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW, 0);
}

int
files_symlink(int root, const char *target, const char *path)
{
	const char *name;
	int above = open_above(root, path, &name);

	return above == -1 ? -1 : done(above, symlinkat(target, above, name));
}

int
files_rename(int root, const char *path, const char *to)
{
	const char *name;
	int above = open_above(root, path, &name);

	return above == -1 ? -1 : done(above, renameat(above, name, above, to));
}

int
files_unlink(int root, const char *path)
{
	const char *name;
	int above = open_above(root, path, &name);

	return above == -1 ? -1 : done(above, unlinkat(above, name, 0));
}

int
files_walk(int root, const char *path,
    void (*tell)(void *argument, const char *path), void *argument)
{
	char below[4096];
	struct dirent *entry;
	int fd = open_in(root, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0);
	DIR *folder = fd == -1 ? NULL : fdopendir(fd);

	if (folder == NULL) {
		if (fd != -1)
			close(fd);
		return -1;
	}
	while ((entry = readdir(folder)) != NULL) {
		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0 ||
		    (size_t)snprintf(below, sizeof(below), "%s/%s", path,
		    entry->d_name) >= sizeof(below))
			continue;
		tell(argument, below);
		if (entry->d_type == DT_DIR)
			files_walk(root, below, tell, argument);
	}
	closedir(folder);
	return 0;
}
