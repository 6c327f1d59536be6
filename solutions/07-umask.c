/*
 * 07-umask - choose the mask instead of inheriting it
 *
 * What: set the file mode creation mask.
 * Why: the one inherited is the starter's taste. With 0, a log opened with
 *   0666, as fopen(3) does, is anybody's to rewrite; with 0222, nobody can
 *   write what was created. 027 suits most: the group reads, others nothing.
 * Observe: build/solutions/07-umask --umask 027 --create "$(mktemp -d)"
 *   grep Umask /proc/$(pgrep -x 07-umask)/status
 *   ls -l in that directory: 0666 has become 0640, and 0777 0750.
 * See: umask(2), open(2), mkdir(2); chapters/en/07-umask.md
 */
#include <sys/stat.h>

#include "daemon.h"

int
set_file_mask(mode_t mask)
{
	/* It never fails: what it returns is the mask that was. */
	umask(mask);
	return 0;
}
