/*
 * daemon-3 - calls daemon(0, 0), which does the work of other steps as well
 *
 * It does call setsid(). It also goes to "/" and puts /dev/null on 0, 1 and
 * 2, which is 05's and 06's business.
 *
 * fails: leaves-the-rest-alone
 * cause: common.descriptors
 */
#define _DEFAULT_SOURCE /* daemon */

#include <unistd.h>

#include "daemon.h"

int
start_session(void)
{
	return daemon(0, 0);
}
