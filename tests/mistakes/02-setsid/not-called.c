/*
 * not-called - returns 0 and does nothing
 *
 * After the fork the prompt is back, and all seems done. When the window
 * closes, the daemon dies with it.
 *
 * fails: leads-its-own-session has-no-controlling-terminal survives-the-hang-up setsid-in-the-child
 * cause: 02-setsid.not-called
 */
#include "daemon.h"

int
start_session(void)
{
	return 0; /* the prompt is back already */
}
