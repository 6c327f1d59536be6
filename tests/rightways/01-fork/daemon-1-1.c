/*
 * daemon-1-1 - daemon(1, 1): only its fork and its setsid
 */
#define _DEFAULT_SOURCE /* daemon */

#include <unistd.h>

#include "daemon.h"

int
leave_parent(void)
{
	return daemon(1, 1);
}
