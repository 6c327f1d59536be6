/*
 * fopen-w - fopen with "w", then a lock on its descriptor
 *
 * fopen empties the file before it is locked, follows a link, asks for 0666
 * whatever the umask is, and has no close-on-exec unless "e" is added: four
 * mistakes in one letter.
 *
 * fails: second-start-touches-nothing refusal-names-the-owner link-is-refused closed-on-exec
 * fails: not-writable-by-others heeds-every-failure
 * cause: 08-lock.truncated-before-lock
 */
#define _DEFAULT_SOURCE /* flock, fileno */

#include <sys/file.h>

#include <stdio.h>
#include <unistd.h>

#include "daemon.h"

int
lock_pid_file(const char *path, pid_t *owner)
{
	FILE *file = fopen(path, "w");

	*owner = -1;
	if (file == NULL)
		return -1;
	if (flock(fileno(file), LOCK_EX | LOCK_NB) == -1) {
		fclose(file);
		return -1;
	}
	fprintf(file, "%ld\n", (long)getpid());
	fflush(file);
	return fileno(file);
}
