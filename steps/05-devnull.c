/*
 * 05-devnull - redonner un sens à 0, 1 et 2
 *
 * Quoi : ouvrir /dev/null sur les descripteurs 0, 1 et 2.
 * Pourquoi : open(2) donne le plus petit numéro libre. Si 0, 1 et 2 restaient
 *   fermés, le prochain fichier ouvert, celui du PID par exemple, serait
 *   « l'erreur standard », et la première bibliothèque qui s'y plaindrait
 *   écrirait dedans.
 * À observer : build/steps/05-devnull
 *   ls -l /proc/$(pgrep -x 05-devnull)/fd
 *   head -3 /proc/$(pgrep -x 05-devnull)/fdinfo/[012]  (flags : 02 est O_RDWR)
 * À lire : open(2), dup2(2), null(4), stdin(3) ; chapters/fr/05-devnull.md
 *
 * 05-devnull - give 0, 1 and 2 back a meaning
 *
 * What: open /dev/null on descriptors 0, 1 and 2.
 * Why: open(2) gives the lowest free number. Were 0, 1 and 2 left closed, the
 *   next file opened, the pid file say, would be "standard error", and any
 *   library that complains there would write into it.
 * Observe: build/steps/05-devnull
 *   ls -l /proc/$(pgrep -x 05-devnull)/fd
 *   head -3 /proc/$(pgrep -x 05-devnull)/fdinfo/[012]  (flags: 02 is O_RDWR)
 * See: open(2), dup2(2), null(4), stdin(3); chapters/en/05-devnull.md
 */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "daemon.h"

int
redirect_stdio(void)
{
	/*
	 * TODO 05: make 0, 1 and 2 be /dev/null, and leave nothing else open;
	 * see open(2), dup2(2) and null(4).
	 */
	errno = ENOSYS;
	return -1;
}
