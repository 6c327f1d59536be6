/*
 * daemon.h - the twelve techniques, each with its contract
 *
 * A technique returns 0, or -1 with errno telling why, unless its contract
 * says otherwise. None of them prints: only main.c talks.
 */
#ifndef STEPS_DAEMON_H
#define STEPS_DAEMON_H

#include <sys/types.h>

#include <signal.h>

/*
 * 01-fork. The parent ends at once with status 0, without running what it
 * has registered with atexit(3) and without writing what its stdio buffers
 * hold: all that belongs to the child now. The child returns 0.
 * Returns -1 when there is no child: EAGAIN, ENOMEM. fork(2), _exit(2)
 */
int leave_parent(void);

/*
 * 02-setsid. The calling process leads a new session and, in it, a new
 * process group, and has no controlling terminal.
 * Returns -1 when it leads a process group already: EPERM. setsid(2)
 */
int start_session(void);

/*
 * 03-refork. The session leader ends with status 0; its child, which leads
 * nothing and therefore can't acquire a controlling terminal, returns 0.
 * Returns -1 when there is no child: EAGAIN, ENOMEM. fork(2), daemon(3)
 */
int give_up_leadership(void);

/*
 * 04-close. Closes every open descriptor >= lowest, whatever the limit on
 * descriptors is or was; those below are left alone.
 * Returns -1 when the descriptors can't be closed: EINVAL for a negative
 * lowest, else what the kernel says. close_range(2), proc(5)
 */
int close_descriptors(int lowest);

/*
 * 05-devnull. Descriptors 0, 1 and 2 are /dev/null: 0 can be read, 1 and 2
 * can be written, whether they were open before or not. No other descriptor
 * stays open.
 * Returns -1 with the errno of open(2) or dup2(2). null(4)
 */
int redirect_stdio(void);

/*
 * 06-chdir. The working directory is dir.
 * Returns -1 with the errno of chdir(2): ENOENT, ENOTDIR, EACCES.
 */
int change_directory(const char *dir);

/*
 * 07-umask. The file mode creation mask is mask: its bits are missing from
 * the mode of every file and directory created from now on. umask(2)
 * Returns 0: the call itself can't fail.
 */
int set_file_mask(mode_t mask);

/*
 * 08-lock. Opens path, creating it if needed, never through a symbolic link;
 * locks it without waiting; writes the PID and a newline, and nothing else,
 * into it. The file isn't writable by others.
 * Returns the locked descriptor, close-on-exec. The lock lives as long as it:
 * keep it open until the end.
 * Returns -1 with EWOULDBLOCK when another process holds the lock; then the
 * file is left as it is and *owner is that process, or -1 while its PID can't
 * be read in the file. Returns -1 with ELOOP for a symbolic link, and with
 * the errno of the call that failed otherwise. open(2), flock(2), pidfile(3)
 */
int lock_pid_file(const char *path, pid_t *owner);

/*
 * 09-signals. SIGTERM sets stop_requested and SIGHUP sets reload_requested,
 * each time it comes, even when the process was started with them blocked
 * or ignored. A write to a broken pipe fails with EPIPE instead of killing.
 * The handlers do nothing but set a flag: the main loop acts, and puts
 * reload_requested back to 0 before it does.
 * Returns -1 with the errno of sigaction(2) or sigprocmask(2).
 * signal-safety(7)
 */
int install_signals(void);

extern volatile sig_atomic_t stop_requested;
extern volatile sig_atomic_t reload_requested;

/*
 * 10-log. Messages go to a file and to syslog.
 *
 * open_log opens both, once, before the others are called. ident and path
 * are copied. The file is appended to, created if needed, never through a
 * symbolic link, and not writable by others. syslog gets the facility
 * daemon, and is connected at once: /dev/log is out of reach in a jail.
 * Returns -1 with the errno of open(2), or with ENAMETOOLONG.
 *
 * log_message adds one line to the file, in one write(2), and hands the same
 * message to syslog with this priority (LOG_ERR, LOG_INFO ...):
 *	2026-11-21T08:15:30+0100 ident[PID]: message
 * A message of up to 1,000 bytes lands whole; a longer one may be cut, and
 * is one line all the same.
 * Newlines and other control characters become spaces. errno is kept.
 * It is for the main loop only: a signal handler must not call it.
 *
 * reopen_log opens path again after the file was renamed (logrotate(8)).
 * Returns -1 with errno when it can't: the old file goes on being used.
 * syslog(3), open(2), strftime(3)
 */
int open_log(const char *ident, const char *path);
void log_message(int priority, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
int reopen_log(void);

/*
 * 11-chroot. The root directory is dir, and the working directory is that
 * root: no name leads out any more.
 * Returns -1 with the errno of chdir(2) or chroot(2); EPERM without
 * privilege.
 */
int enter_jail(const char *dir);

/*
 * 12-setuid. The process is user for good: all its user and group ids are
 * the user's, its supplementary groups are the user's (all, some or none) and
 * no other's, and none of it can be undone.
 * Returns -1 when it is not so, and the caller must end then: ENOENT for an
 * unknown user (nothing was changed), EPERM without privilege, or when the
 * way back to root is still open. initgroups(3), setresuid(2), credentials(7)
 */
int drop_privileges(const char *user);

#endif
