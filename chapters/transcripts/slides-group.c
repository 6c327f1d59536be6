/* slides-group.c - how the slides leave the group */
#include <unistd.h>

int
main(void)
{
	setpgrp(getpid(), 0);
}
