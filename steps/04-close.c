/*
 * 04-close - ne garder aucun descripteur par accident
 *
 * Quoi : fermer tous les descripteurs à partir de `lowest`.
 * Pourquoi : ce que le lanceur a laissé ouvert, le démon le garderait des
 *   mois : un tube dont le lecteur attend la fin de fichier (ssh ne revient
 *   jamais), un journal effacé dont les 10 Go restent sur le disque, un
 *   système de fichiers qu'on ne peut plus démonter.
 * À observer : build/steps/04-close 8</etc/passwd 9</etc/group
 *   ls -l /proc/$(pgrep -x 04-close)/fd
 *   strace -f -e trace=close,close_range build/steps/04-close
 * À lire : close_range(2), proc(5), getrlimit(2) ; chapters/fr/04-close.md
 *
 * 04-close - keep no descriptor by accident
 *
 * What: close every descriptor from `lowest` on.
 * Why: what the starter left open, the daemon would hold for months: a pipe
 *   whose reader waits for end-of-file (ssh never returns), a deleted log
 *   whose 10 GB stay on the disk, a file system that can't be unmounted.
 * Observe: build/steps/04-close 8</etc/passwd 9</etc/group
 *   ls -l /proc/$(pgrep -x 04-close)/fd
 *   strace -f -e trace=close,close_range build/steps/04-close
 * See: close_range(2), proc(5), getrlimit(2); chapters/en/04-close.md
 */
#define _GNU_SOURCE /* the newer ways to close many descriptors */

#include <errno.h>
#include <unistd.h>

#include "daemon.h"

int
close_descriptors(int lowest)
{
	/*
	 * TODO 04: close all that is open from lowest on, however high its
	 * number; see close_range(2), and /proc/self/fd in proc(5).
	 */
	(void)lowest;
	errno = ENOSYS;
	return -1;
}
