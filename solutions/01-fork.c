/*
 * 01-fork - leave the parent, and give the prompt back
 *
 * What: fork, end the parent, and go on in the child.
 * Why: the shell waits for its own child only. That one ends, so the prompt
 *   comes back; the grandchild is adopted by init, and nobody waits for it.
 *   It isn't the leader of its process group either, which step 02 needs.
 * Observe: build/solutions/01-fork
 *   ps -o pid,ppid,pgid,sid,tty,comm -C 01-fork
 *   strace -f -e trace=process build/solutions/01-fork
 * See: fork(2), _exit(2), exit(3), credentials(7); chapters/en/01-fork.md
 */
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
leave_parent(void)
{
	switch (fork()) {
	case -1:
		return -1;
	case 0:
		return 0;
	default:
		/*
		 * Not exit(3): the child has a copy of the stdio buffers and
		 * of the atexit(3) list, and one of the two has to use them.
		 */
		_exit(EXIT_SUCCESS);
	}
}
