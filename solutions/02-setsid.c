/*
 * 02-setsid - leave the terminal behind
 *
 * What: start a new session, and lead it.
 * Why: a terminal sends its signals, Ctrl-C and the hang-up when its window
 *   closes, to the processes of its session. Who is in another session, one
 *   without a terminal, gets none of them.
 * Observe: build/solutions/02-setsid
 *   ps -o pid,ppid,pgid,sid,tty,comm -C 02-setsid
 *   (PID, PGID and SID are the same number, TTY is ?); close the window, and
 *   look again from another one.
 * See: setsid(2), credentials(7), tty_ioctl(4); chapters/en/02-setsid.md
 */
#include <unistd.h>

#include "daemon.h"

int
start_session(void)
{
	/*
	 * The leader of a process group may not: its group would be in two
	 * sessions. After step 01 we lead none.
	 */
	return setsid() == -1 ? -1 : 0;
}
