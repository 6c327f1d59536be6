/*
 * in-a-thread - a thread sets it, and is waited for
 *
 * The threads of a process share its mask, working directory and root
 * (CLONE_FS): the effect is the process's.
 */
#include <sys/stat.h>

#include <errno.h>
#include <pthread.h>

#include "daemon.h"

static void *
set(void *mask)
{
	umask(*(const mode_t *)mask);
	return NULL;
}

int
set_file_mask(mode_t mask)
{
	pthread_t thread;

	errno = pthread_create(&thread, NULL, set, &mask);
	if (errno == 0)
		errno = pthread_join(thread, NULL);
	return errno == 0 ? 0 : -1;
}
