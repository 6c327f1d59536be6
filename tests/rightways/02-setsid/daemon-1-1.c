/*
 * daemon-1-1 - daemon(1, 1): a fork and setsid, and nothing else
 */
#define _DEFAULT_SOURCE /* daemon */

#include <unistd.h>

#include "daemon.h"

int
start_session(void)
{
	return daemon(1, 1);
}
