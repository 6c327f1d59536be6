/*
 * daemonize - the twelve techniques in the order in which they were learnt
 *
 * What the capstone's chapter begins with: everything right, and in the wrong
 * order.
 */
#include "bbserve.h"
#include "daemon.h"
#include "daemonize.h"

int
daemonize(const struct bbconf *conf)
{
	int pid_file;
	pid_t owner;

	if (leave_parent() == -1 || start_session() == -1 ||
	    give_up_leadership() == -1 || close_descriptors(3) == -1 ||
	    redirect_stdio() == -1 || change_directory("/") == -1 ||
	    set_file_mask(027) == -1 ||
	    (pid_file = lock_pid_file(conf->pid_file, &owner)) == -1 ||
	    install_signals() == -1 ||
	    open_log("bbserve", conf->log) == -1 ||
	    enter_jail(conf->jail) == -1 || drop_privileges(conf->user) == -1)
		return -1;
	open_service();
	return pid_file;
}
