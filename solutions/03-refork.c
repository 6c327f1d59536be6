/*
 * 03-refork - never get a terminal again
 *
 * What: fork once more; the session leader ends, and its child goes on.
 * Why: step 02 took the terminal of the past away; this one is about the
 *   future. A session leader without a terminal acquires the first one that
 *   it opens without O_NOCTTY, and Ctrl-C there would kill the daemon. Only
 *   a leader can do that: its child can't.
 * Observe: build/solutions/03-refork --open-terminal /dev/tty9    (as root)
 *   ps -o pid,ppid,pgid,sid,tty,comm -C 03-refork
 *   (PID is not SID, and TTY stays ?); the same with 02-setsid shows tty9.
 * See: fork(2), open(2) O_NOCTTY, daemon(3) BUGS; chapters/en/03-refork.md
 */
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
give_up_leadership(void)
{
	switch (fork()) {
	case -1:
		return -1;
	case 0:
		return 0;
	default:
		/*
		 * A leader's end hangs up the terminal of its session. Ours
		 * has none, so the child gets no SIGHUP: no need to ignore it.
		 */
		_exit(EXIT_SUCCESS);
	}
}
