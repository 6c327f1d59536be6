/*
 * config - the daemon's configuration: it names the process, or changes
 * nothing; comments, blanks and empty lines mean nothing
 */
#define _GNU_SOURCE
#include <sys/mman.h>
#include <sys/prctl.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../steps/config.h"
#include "fuzz/fuzz.h"

enum { NAME_SIZE = 16 };	/* the kernel's, with its NUL */
static const char before[NAME_SIZE] = "before";

static void
put(int fd, const void *bytes, size_t length)
{
	promise(write(fd, bytes, length) == (ssize_t)length, "%m");
}

/* Reads what stands in a file, after it was called "before". */
static int
read_file(int fd, char name[NAME_SIZE])
{
	char path[32];
	int result;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	prctl(PR_SET_NAME, before, 0, 0, 0);
	errno = 0;
	result = read_config(path);
	promise(result == 0 || (result == -1 && errno == EINVAL), "%d, %m",
	    result);
	prctl(PR_GET_NAME, name, 0, 0, 0);
	close(fd);
	return result;
}

static int
new_file(void)
{
	int fd = memfd_create("configuration", MFD_CLOEXEC);

	promise(fd != -1, "%m");
	return fd;
}

/* The same between a comment and an empty line means the same. */
static void
decorate(const uint8_t *bytes, size_t length, int result, const char *name)
{
	char got[NAME_SIZE];
	int fd = new_file();

	put(fd, " # name = other\n\n", 17);
	put(fd, bytes, length);
	put(fd, "\n\t \n#", 5);
	promise(read_file(fd, got) == result, "it was %d", result);
	promise(strcmp(got, name) == 0, "%s instead of %s", got, name);
}

/* The name that was read, said in the plainest way. */
static void
say_again(const char *name)
{
	char got[NAME_SIZE], *plain = text("name=%s\n", name);
	int fd = new_file();

	put(fd, plain, strlen(plain));
	promise(read_file(fd, got) == 0, "refused: %s", plain);
	promise(strcmp(got, name) == 0, "%s instead of %s", got, name);
	free(plain);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	char name[NAME_SIZE];
	int fd = new_file(), result;

	put(fd, bytes, length);
	result = read_file(fd, name);
	if (result == -1) {
		promise(strcmp(name, before) == 0, "renamed to %s", name);
	} else {
		promise(memchr(bytes, '\0', length) == NULL, "NULs read");
		promise(strcspn(name, " \t\n\v\f\r") == strlen(name) &&
		    name[0] != '\0', "the name is \"%s\"", name);
		promise(strcmp(name, before) == 0 || memmem(bytes, length,
		    name, strlen(name)) != NULL, "%s was invented", name);
		say_again(name);
	}
	decorate(bytes, length, result, name);
	return 0;
}
