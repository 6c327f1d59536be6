/*
 * 06-chdir - ne retenir aucun répertoire par accident
 *
 * Quoi : aller dans un répertoire qui reste, « / » sauf demande contraire.
 * Pourquoi : un processus tient occupé son répertoire de travail. Lancé depuis
 *   une clé USB, le démon empêcherait de la démonter ; et les noms relatifs,
 *   comme les fichiers core, atterriraient là où on l'a lancé par hasard.
 * À observer : cd /tmp && /path/to/build/steps/06-chdir
 *   readlink /proc/$(pgrep -x 06-chdir)/cwd
 *   strace -f -e trace=chdir build/steps/06-chdir
 * À lire : chdir(2), getcwd(3), umount(2) ; chapters/fr/06-chdir.md
 *
 * 06-chdir - hold no directory by accident
 *
 * What: go to a directory that stays, "/" unless told otherwise.
 * Why: a process keeps its working directory busy. Started from a USB stick,
 *   the daemon would stop it from being unmounted; and relative names, and
 *   core dumps, would land wherever it happened to be started.
 * Observe: cd /tmp && /path/to/build/steps/06-chdir
 *   readlink /proc/$(pgrep -x 06-chdir)/cwd
 *   strace -f -e trace=chdir build/steps/06-chdir
 * See: chdir(2), getcwd(3), umount(2); chapters/en/06-chdir.md
 */
#include <errno.h>
#include <unistd.h>

#include "daemon.h"

int
change_directory(const char *dir)
{
	/* TODO 06: work in dir from now on; see chdir(2). */
	(void)dir;
	errno = ENOSYS;
	return -1;
}
