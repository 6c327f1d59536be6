/*
 * closes-the-terminal - closes 0, 1 and 2 to be rid of the terminal
 *
 * The controlling terminal is no open descriptor: with all of them closed,
 * tty_nr is the same as before, and the hang-up kills.
 *
 * fails: leaves-the-rest-alone leads-its-own-session has-no-controlling-terminal survives-the-hang-up setsid-in-the-child
 * cause: common.descriptors
 */
#include <unistd.h>

#include "daemon.h"

int
start_session(void)
{
	int fd;

	for (fd = 0; fd <= 2; fd++)
		close(fd);
	return 0;
}
