/*
 * two-forks-more - forks twice more: a great-grandchild leads nothing either
 */
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
give_up_leadership(void)
{
	int i;

	for (i = 0; i < 2; i++) {
		pid_t pid = fork();

		if (pid == -1)
			return -1;
		if (pid > 0)
			_exit(EXIT_SUCCESS);
	}
	return 0;
}
