/*
 * 01-fork - quitter le parent et rendre l'invite
 *
 * Quoi : créer un processus, terminer le parent et continuer dans l'enfant.
 * Pourquoi : l'interpréteur de commandes n'attend que son propre enfant. Quand
 *   celui-ci se termine, l'invite revient ; le petit-enfant est adopté par
 *   init, et plus personne ne l'attend. Il n'est pas non plus chef de son
 *   groupe de processus, ce dont l'étape 02 a besoin.
 * À observer : build/steps/01-fork
 *   ps -o pid,ppid,pgid,sid,tty,comm -C 01-fork
 *   strace -f -e trace=process build/steps/01-fork
 * À lire : fork(2), _exit(2), exit(3), credentials(7) ; chapters/fr/01-fork.md
 *
 * 01-fork - leave the parent, and give the prompt back
 *
 * What: fork, end the parent, and go on in the child.
 * Why: the shell waits for its own child only. That one ends, so the prompt
 *   comes back; the grandchild is adopted by init, and nobody waits for it.
 *   It isn't the leader of its process group either, which step 02 needs.
 * Observe: build/steps/01-fork
 *   ps -o pid,ppid,pgid,sid,tty,comm -C 01-fork
 *   strace -f -e trace=process build/steps/01-fork
 * See: fork(2), _exit(2), exit(3), credentials(7); chapters/en/01-fork.md
 */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
leave_parent(void)
{
	/*
	 * TODO 01: end the parent at once, and return 0 in the child; see
	 * fork(2), and _exit(2) for the difference with exit(3).
	 */
	errno = ENOSYS;
	return -1;
}
