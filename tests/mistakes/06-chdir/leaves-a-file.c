/*
 * leaves-a-file - writes into the start directory where it went
 *
 * A note for the administrator. It is a file that nobody asked for, on a
 * medium that is about to be unmounted.
 *
 * fails: makes-no-other-file
 * cause: common.files
 */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "daemon.h"

int
change_directory(const char *dir)
{
	int fd = open("daemon-moved-to", O_WRONLY | O_CREAT | O_TRUNC, 0644);
	ssize_t written;

	if (fd == -1)
		return -1;
	written = write(fd, dir, strlen(dir));
	close(fd);
	return written == -1 ? -1 : chdir(dir);
}
