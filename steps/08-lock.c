/*
 * 08-lock - être le seul, et dire qui
 *
 * Quoi : verrouiller un fichier aussi longtemps que le processus vit ; y
 *   écrire le PID.
 * Pourquoi : deux instances abîmeraient les mêmes données. C'est le verrou, et
 *   non le fichier, qui fait foi : le noyau le reprend quelle que soit la fin
 *   du démon, même par SIGKILL, alors qu'un fichier qui est simplement là
 *   reste là.
 * À observer : build/steps/08-lock; cat build/run/daemon.pid
 *   grep lock: /proc/$(pgrep -x 08-lock)/fdinfo/3
 *   strace -f -e trace=flock,ftruncate,write build/steps/08-lock
 *   (un second lancement : il est refusé, et le fichier reste tel quel).
 * À lire : open(2), flock(2), ftruncate(2), pidfile(3) ;
 *   chapters/fr/08-lock.md
 *
 * 08-lock - be the only one, and say who
 *
 * What: lock a file for as long as the process lives; write the PID into it.
 * Why: two instances would spoil the same data. The lock, not the file, is
 *   what tells: the kernel takes it back however the daemon ends, SIGKILL
 *   too, while a file that is only there stays there.
 * Observe: build/steps/08-lock; cat build/run/daemon.pid
 *   grep lock: /proc/$(pgrep -x 08-lock)/fdinfo/3
 *   strace -f -e trace=flock,ftruncate,write build/steps/08-lock
 *   (a second start: it is refused, and the file stays as it is).
 * See: open(2), flock(2), ftruncate(2), pidfile(3); chapters/en/08-lock.md
 */
#define _POSIX_C_SOURCE 200809L /* O_CLOEXEC, O_NOFOLLOW, lstat */

#include <sys/file.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "daemon.h"

int
lock_pid_file(const char *path, pid_t *owner)
{
	/*
	 * TODO 08: take the lock first, write the PID then, and return the
	 * descriptor; or say who has the lock; see flock(2), ftruncate(2).
	 */
	(void)path;
	*owner = -1;
	errno = ENOSYS;
	return -1;
}
