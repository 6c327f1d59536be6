/*
 * returns-the-session - returns what setsid() returned, the new session's
 * number
 *
 * The session is there, and -1 comes through as it should. But a technique
 * says 0 when all is well, as its contract promises: who compares with 0
 * takes that number for a failure.
 *
 * fails: starts-and-serves leaves-one-process leaves-the-rest-alone same-traced-and-untraced leads-its-own-session has-no-controlling-terminal survives-the-hang-up setsid-in-the-child
 * cause: 02-setsid.wrong-result
 */
#include <unistd.h>

#include "daemon.h"

int
start_session(void)
{
	return setsid();
}
