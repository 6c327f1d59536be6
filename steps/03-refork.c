/*
 * 03-refork - ne plus jamais obtenir de terminal
 *
 * Quoi : se dédoubler encore une fois ; le chef de session se termine et son
 *   enfant continue.
 * Pourquoi : l'étape 02 a écarté le terminal du passé ; celle-ci s'occupe de
 *   l'avenir. Un chef de session sans terminal acquiert le premier qu'il ouvre
 *   sans O_NOCTTY, et un Ctrl-C tapé là tuerait le démon. Seul un chef le
 *   peut : son enfant, non.
 * À observer : build/steps/03-refork --open-terminal /dev/tty9    (root)
 *   ps -o pid,ppid,pgid,sid,tty,comm -C 03-refork
 *   (PID n'est pas SID, et TTY reste ?) ; la même chose avec 02-setsid montre
 *   tty9.
 * À lire : fork(2), open(2) O_NOCTTY, daemon(3) BUGS ;
 *   chapters/fr/03-refork.md
 *
 * 03-refork - never get a terminal again
 *
 * What: fork once more; the session leader ends, and its child goes on.
 * Why: step 02 took the terminal of the past away; this one is about the
 *   future. A session leader without a terminal acquires the first one that
 *   it opens without O_NOCTTY, and Ctrl-C there would kill the daemon. Only
 *   a leader can do that: its child can't.
 * Observe: build/steps/03-refork --open-terminal /dev/tty9    (as root)
 *   ps -o pid,ppid,pgid,sid,tty,comm -C 03-refork
 *   (PID is not SID, and TTY stays ?); the same with 02-setsid shows tty9.
 * See: fork(2), open(2) O_NOCTTY, daemon(3) BUGS; chapters/en/03-refork.md
 */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
give_up_leadership(void)
{
	/*
	 * TODO 03: let the session leader end, and return 0 in a process that
	 * leads nothing; see fork(2), and BUGS in daemon(3).
	 */
	errno = ENOSYS;
	return -1;
}
