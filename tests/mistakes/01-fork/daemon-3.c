/*
 * daemon-3 - calls daemon(0, 0), which does the work of other steps as well
 *
 * One call for it all: three of the articles name it. It goes to "/" and puts
 * /dev/null on 0, 1 and 2 before what was printed is written out.
 *
 * fails: leaves-the-rest-alone printed-once
 * cause: common.descriptors
 */
#define _DEFAULT_SOURCE /* daemon */

#include <unistd.h>

#include "daemon.h"

int
leave_parent(void)
{
	return daemon(0, 0);
}
