/*
 * 12-setuid - renoncer à root, pour de bon
 *
 * Quoi : prendre les groupes, le groupe et l'identité de l'utilisateur, dans
 *   cet ordre ; puis prouver qu'il n'y a pas de retour.
 * Pourquoi : une faille dans un démon qui est root est une faille dans toute
 *   la machine, et root sort de n'importe quelle prison. L'ordre compte : sans
 *   root, on ne peut changer ni le groupe ni les groupes supplémentaires ;
 *   l'identité vient donc en dernier.
 * À observer : build/steps/12-setuid --user nobody --regain-root   (root)
 *   grep -E '^(Uid|Gid|Groups|Cap)' /proc/PID/status
 *   strace -f -e trace=%creds build/steps/12-setuid
 * À lire : getpwnam(3), initgroups(3), setresgid(2), setresuid(2),
 *   credentials(7), capabilities(7) ; chapters/fr/12-setuid.md
 *
 * 12-setuid - give root up, for good
 *
 * What: take the user's groups, group id and user id, in this order; then
 *   prove that there is no way back.
 * Why: a fault in a daemon that is root is a fault in the whole machine, and
 *   root leaves any jail. The order matters: without root neither the group
 *   nor the groups can be changed, so the user id goes last.
 * Observe: build/steps/12-setuid --user nobody --regain-root   (as root)
 *   grep -E '^(Uid|Gid|Groups|Cap)' /proc/PID/status
 *   strace -f -e trace=%creds build/steps/12-setuid
 * See: getpwnam(3), initgroups(3), setresgid(2), setresuid(2),
 *   credentials(7), capabilities(7); chapters/en/12-setuid.md
 */
#define _GNU_SOURCE /* setresuid, setresgid */

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <unistd.h>

#include "daemon.h"

int
drop_privileges(const char *user)
{
	/*
	 * TODO 12: become user for good, groups and all, and make sure of it;
	 * see initgroups(3), setresgid(2), setresuid(2).
	 */
	(void)user;
	errno = ENOSYS;
	return -1;
}
