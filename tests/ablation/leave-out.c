/*
 * leave-out - the twelve techniques, left out: each does nothing, successfully
 *
 * All are weak: a program that is linked with a technique uses that one, so
 * this file takes the place of whichever is missing.  It is as if the score's
 * line were missing; only the count of steps in main.c goes on.
 */
#include <limits.h>

#include "../../steps/daemon.h"

#define WEAK __attribute__((weak))

WEAK int
leave_parent(void)
{
	return 0;
}

WEAK int
start_session(void)
{
	return 0;
}

WEAK int
give_up_leadership(void)
{
	return 0;
}

WEAK int
close_descriptors(int lowest)
{
	(void)lowest;
	return 0;
}

WEAK int
redirect_stdio(void)
{
	return 0;
}

WEAK int
change_directory(const char *dir)
{
	(void)dir;
	return 0;
}

WEAK int
set_file_mask(mode_t mask)
{
	(void)mask;
	return 0;
}

/*
 * The score takes what is negative for a failure, and 0, 1 and 2 are open.
 * No process has this one: using it is EBADF, as with the -1 that stands in
 * pid_file where the line is missing.
 */
WEAK int
lock_pid_file(const char *path, pid_t *owner)
{
	(void)path;
	*owner = -1;
	return INT_MAX;
}

WEAK volatile sig_atomic_t stop_requested, reload_requested;

WEAK int
install_signals(void)
{
	return 0;
}

WEAK int
open_log(const char *ident, const char *path)
{
	(void)ident;
	(void)path;
	return 0;
}

WEAK void
log_message(int priority, const char *format, ...)
{
	(void)priority;
	(void)format;
}

WEAK int
reopen_log(void)
{
	return 0;
}

WEAK int
enter_jail(const char *dir)
{
	(void)dir;
	return 0;
}

WEAK int
drop_privileges(const char *user)
{
	(void)user;
	return 0;
}
