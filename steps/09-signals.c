/*
 * 09-signals - s'arrêter et relire quand on le demande, jamais autrement
 *
 * Quoi : SIGTERM et SIGHUP lèvent chacun un drapeau ; SIGPIPE est ignoré.
 * Pourquoi : sans terminal, personne ne peut rien taper : c'est par des
 *   signaux qu'on demande à un démon de bien finir, ou de relire sa
 *   configuration. Un gestionnaire s'exécute entre deux instructions
 *   quelconques, au beau milieu de malloc(3) par exemple : il n'a presque le
 *   droit de rien faire, alors il laisse un mot, et la boucle principale agit.
 * À observer : build/steps/09-signals; PID=$(pgrep -x 09-signals)
 *   grep Sig /proc/$PID/status  (SigCgt : 1 et 15 ; SigIgn : 13)
 *   strace -p $PID & kill -HUP $PID; kill -HUP $PID; kill $PID
 * À lire : sigaction(2), sigprocmask(2), signal-safety(7), signal(7) ;
 *   chapters/fr/09-signals.md
 *
 * 09-signals - stop and reload when asked, and at no other time
 *
 * What: SIGTERM and SIGHUP set a flag each; SIGPIPE is ignored.
 * Why: without a terminal nobody can type, so signals are how a daemon is
 *   told to end well and to read its configuration again. A handler runs
 *   between any two instructions, in the middle of malloc(3) for one: it can
 *   do next to nothing there, so it leaves a note, and the main loop acts.
 * Observe: build/steps/09-signals; PID=$(pgrep -x 09-signals)
 *   grep Sig /proc/$PID/status  (SigCgt: bits 1 and 15; SigIgn: 13)
 *   strace -p $PID & kill -HUP $PID; kill -HUP $PID; kill $PID
 * See: sigaction(2), sigprocmask(2), signal-safety(7), signal(7);
 *   chapters/en/09-signals.md
 */
#define _POSIX_C_SOURCE 200809L /* struct sigaction */

#include <errno.h>
#include <signal.h>
#include <stddef.h>

#include "daemon.h"

volatile sig_atomic_t stop_requested;
volatile sig_atomic_t reload_requested;

int
install_signals(void)
{
	/*
	 * TODO 09: have SIGTERM and SIGHUP set their flag, each time, and
	 * survive SIGPIPE; see sigaction(2), sigprocmask(2).
	 */
	errno = ENOSYS;
	return -1;
}
