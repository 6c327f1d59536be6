/*
 * 10-log - dire ce qui se passe, là où on le trouvera
 *
 * Quoi : chaque message est une ligne d'un fichier, et part aussi vers
 *   syslog ; le fichier peut être renommé en route, et il est rouvert à la
 *   demande.
 * Pourquoi : personne ne voit l'erreur standard d'un démon. Une ligne écrite
 *   d'un seul coup à la fin du fichier ne peut être déchirée par un autre
 *   écrivain ; et logrotate ne peut ranger le fichier que si nous le lâchons.
 * À observer : build/steps/10-log --message 'hello %s%n'
 *   LOG=build/run/jail/log/daemon.log; cat $LOG; mv $LOG $LOG.1
 *   kill -HUP $(pgrep -x 10-log); cat $LOG
 *   strace -f -e trace=openat,write,connect,sendto build/steps/10-log
 * À lire : open(2) O_APPEND, write(2), syslog(3), strftime(3), logrotate(8) ;
 *   chapters/fr/10-log.md
 *
 * 10-log - say what happens, where it will be found
 *
 * What: each message is one line of a file, and goes to syslog; the file can
 *   be renamed under way and is opened again on demand.
 * Why: nobody sees a daemon's standard error. A line written in one piece to
 *   the end of the file can't be torn by another writer; and logrotate can
 *   put the file away only if we let go of it.
 * Observe: build/steps/10-log --message 'hello %s%n'
 *   LOG=build/run/jail/log/daemon.log; cat $LOG; mv $LOG $LOG.1
 *   kill -HUP $(pgrep -x 10-log); cat $LOG
 *   strace -f -e trace=openat,write,connect,sendto build/steps/10-log
 * See: open(2) O_APPEND, write(2), syslog(3), strftime(3), logrotate(8);
 *   chapters/en/10-log.md
 */
#define _GNU_SOURCE /* O_CLOEXEC, localtime_r, and dup3 if you want it */

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#include "daemon.h"

int
open_log(const char *ident, const char *path)
{
	/*
	 * TODO 10: open the file to append to, and syslog, and remember both
	 * names by copy; see open(2), openlog(3).
	 */
	(void)ident;
	(void)path;
	errno = ENOSYS;
	return -1;
}

void
log_message(int priority, const char *format, ...)
{
	/*
	 * TODO 10: add one line to the file, in one go, and tell syslog; see
	 * vsnprintf(3), strftime(3), write(2), syslog(3).
	 */
	(void)priority;
	(void)format;
}

int
reopen_log(void)
{
	/*
	 * TODO 10: write to the file that has the name now, and keep the old
	 * one if there is none to be had; see open(2), dup2(2).
	 */
	errno = ENOSYS;
	return -1;
}
