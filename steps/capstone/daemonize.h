/*
 * daemonize.h - the score of bbserve's classic start
 */
#ifndef CAPSTONE_DAEMONIZE_H
#define CAPSTONE_DAEMONIZE_H

#include "bbserve.h"

/*
 * Makes a daemon of this process, with the twelve techniques of daemon.h and
 * open_service. Returns the descriptor of the locked pid file, in the daemon.
 * With conf->jail or conf->user empty there is no 11-chroot or 12-setuid.
 *
 * The process that was started is the launcher. It doesn't leave before the
 * start has succeeded or failed: it makes a pipe, forks, and reads the pipe to
 * its end in front, while its child, and not itself, goes through the
 * techniques. If a newline is all that has come it ends with status 0. Else it
 * repeats on standard error what has come, or says that the daemon died, and
 * ends with status 1.
 *
 * The other end of the pipe stays open until the service answers, and
 * `launcher` (bbserve.h) is its descriptor: the service writes the newline and
 * closes it. What fails in between is said by fail(), which writes its
 * sentence there; when another holds the lock, that is the owner's PID.
 * Returns -1 with errno when there is no score at all.
 */
int daemonize(const struct bbconf *conf);

/*
 * Given: opens the files for descriptors 1 and 2, the sockets and the board,
 * all of which need root, or the world outside the jail. It says what happens
 * through the log (technique 10), and fails by fail().
 */
void open_service(void);

#endif
