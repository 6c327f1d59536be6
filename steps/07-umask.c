/*
 * 07-umask - choisir le masque au lieu d'en hériter
 *
 * Quoi : fixer le masque de création des fichiers.
 * Pourquoi : celui dont on hérite est au goût du lanceur. Avec 0, un journal
 *   ouvert en 0666, comme le fait fopen(3), peut être réécrit par n'importe
 *   qui ; avec 0222, personne ne peut écrire ce qui a été créé. 027 convient
 *   presque toujours : le groupe lit, les autres n'ont rien.
 * À observer : build/steps/07-umask --umask 027 --create "$(mktemp -d)"
 *   grep Umask /proc/$(pgrep -x 07-umask)/status
 *   ls -l dans ce répertoire : 0666 est devenu 0640, et 0777 est devenu 0750.
 * À lire : umask(2), open(2), mkdir(2) ; chapters/fr/07-umask.md
 *
 * 07-umask - choose the mask instead of inheriting it
 *
 * What: set the file mode creation mask.
 * Why: the one inherited is the starter's taste. With 0, a log opened with
 *   0666, as fopen(3) does, is anybody's to rewrite; with 0222, nobody can
 *   write what was created. 027 suits most: the group reads, others nothing.
 * Observe: build/steps/07-umask --umask 027 --create "$(mktemp -d)"
 *   grep Umask /proc/$(pgrep -x 07-umask)/status
 *   ls -l in that directory: 0666 has become 0640, and 0777 0750.
 * See: umask(2), open(2), mkdir(2); chapters/en/07-umask.md
 */
#include <sys/stat.h>

#include <errno.h>

#include "daemon.h"

int
set_file_mask(mode_t mask)
{
	/*
	 * TODO 07: make mask the file mode creation mask, and mind what the
	 * call returns; see umask(2).
	 */
	(void)mask;
	errno = ENOSYS;
	return -1;
}
