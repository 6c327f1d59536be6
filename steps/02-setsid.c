/*
 * 02-setsid - laisser le terminal derrière soi
 *
 * Quoi : ouvrir une nouvelle session et en être le chef.
 * Pourquoi : un terminal envoie ses signaux, Ctrl-C et la déconnexion quand sa
 *   fenêtre se ferme, aux processus de sa session. Qui est dans une autre
 *   session, sans terminal, n'en reçoit aucun.
 * À observer : build/steps/02-setsid
 *   ps -o pid,ppid,pgid,sid,tty,comm -C 02-setsid
 *   (PID, PGID et SID sont le même nombre, TTY vaut ?) ; fermez la fenêtre,
 *   puis regardez de nouveau depuis une autre.
 * À lire : setsid(2), credentials(7), tty_ioctl(4) ; chapters/fr/02-setsid.md
 *
 * 02-setsid - leave the terminal behind
 *
 * What: start a new session, and lead it.
 * Why: a terminal sends its signals, Ctrl-C and the hang-up when its window
 *   closes, to the processes of its session. Who is in another session, one
 *   without a terminal, gets none of them.
 * Observe: build/steps/02-setsid
 *   ps -o pid,ppid,pgid,sid,tty,comm -C 02-setsid
 *   (PID, PGID and SID are the same number, TTY is ?); close the window, and
 *   look again from another one.
 * See: setsid(2), credentials(7), tty_ioctl(4); chapters/en/02-setsid.md
 */
#include <errno.h>
#include <unistd.h>

#include "daemon.h"

int
start_session(void)
{
	/* TODO 02: lead a new session, without a terminal; see setsid(2). */
	errno = ENOSYS;
	return -1;
}
