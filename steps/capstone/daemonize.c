/*
 * daemonize - la partition : les douze techniques, dans l'ordre du démon
 *
 * Quoi : devenir un démon, pendant que le lanceur en attend l'issue devant.
 * Pourquoi cet ordre : à vous de le trouver. Qu'est-ce qui ne survit pas à un
 *   fork ? Que cache la prison ? Que ne peut-on plus faire sans root ? Quels
 *   descripteurs 04 doit-il épargner ? Qui lira encore un message, et où ?
 * À observer : bbserve -c bb.conf -f bbfile ; echo $?
 *   (0 quand le service répond déjà ; sinon la raison, sur le terminal)
 * À lire : daemonize.h (le contrat), daemon(7), pipe(2), bbserve(8) ;
 *   chapters/fr/capstone.md
 *
 * daemonize - the score: the twelve techniques, in the order of a daemon
 *
 * What: become a daemon, while the launcher waits for the outcome in front.
 * Why this order: yours to find. What doesn't survive a fork? What does the
 *   jail hide? What can't be done any more without root? Which descriptors
 *   must 04 spare? Who will still read a message, and where?
 * Observe: bbserve -c bb.conf -f bbfile; echo $?
 *   (0 once the service answers; else the reason, on the terminal)
 * See: daemonize.h (the contract), daemon(7), pipe(2), bbserve(8);
 *   chapters/en/capstone.md
 */
#define _GNU_SOURCE /* pipe2 */

#include <fcntl.h>

#include "bbserve.h"
#include "daemon.h"
#include "daemonize.h"

int
daemonize(const struct bbconf *conf)
{
	/*
	 * TODO capstone: the pipe and the launcher first, then technique after
	 * technique; see daemonize.h, daemon.h, pipe(2), daemon(7).
	 */
	(void)conf;
	errno = ENOSYS;
	return -1;
}
