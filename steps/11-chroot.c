/*
 * 11-chroot - n'avoir plus de nom pour les fichiers des autres
 *
 * Quoi : faire d'un répertoire la racine de tous les noms, et s'y tenir.
 * Pourquoi : qui prend le contrôle du démon n'y trouve alors que ce qu'on y a
 *   mis. Deux choses vont avec : le répertoire de travail (resté dehors, il
 *   permet de sortir par « ../.. ») et, à l'étape 12, root lui-même, qui peut
 *   toujours s'échapper.
 * À observer : build/steps/11-chroot --read /etc/passwd   (root)
 *   ls -l /proc/$(pgrep -x 11-chroot)/{root,cwd,fd}
 *   strace -f -e trace=chdir,chroot build/steps/11-chroot
 * À lire : chroot(2), chdir(2), path_resolution(7) ; chapters/fr/11-chroot.md
 *
 * 11-chroot - have no name for the files of the others
 *
 * What: make a directory the root of all names, and stand in it.
 * Why: whoever takes the daemon over then finds only what lies in there. Two
 *   things must go with it: the working directory (one left outside leads out
 *   by "../..") and, in step 12, root itself, which can always get out.
 * Observe: build/steps/11-chroot --read /etc/passwd   (as root)
 *   ls -l /proc/$(pgrep -x 11-chroot)/{root,cwd,fd}
 *   strace -f -e trace=chdir,chroot build/steps/11-chroot
 * See: chroot(2), chdir(2), path_resolution(7); chapters/en/11-chroot.md
 */
#define _DEFAULT_SOURCE /* the call of this step isn't in POSIX */

#include <errno.h>
#include <unistd.h>

#include "daemon.h"

int
enter_jail(const char *dir)
{
	/* TODO 11: make dir the root, and be in it; see chroot(2), chdir(2). */
	(void)dir;
	errno = ENOSYS;
	return -1;
}
