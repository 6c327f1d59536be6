/*
 * scenario - what a check does to the student's program, and when it looks
 *
 * Every step has one file here, NN-name.c, with one struct scenario: the runs
 * that it wants.  Each run has a box, and a process of the tool, of its own;
 * all runs of a check go on at the same time.  What the runs saw becomes one
 * observation; nothing here judges.
 *
 * The judges rely on these names.
 *
 * Settings of the observation, all as the program was told them:
 *   program "05-devnull"    mask "027"    directory    lowest "0"
 *   pid-file    log-file    config    jail    user "iris"
 *   user.uid  user.gid  user.groups "1703 1704"
 *   start-directory    start-mask "035"    start-groups "4 20 27"
 *   only (one run alone was asked for)
 *   plain.mask plain.directory plain.lowest: the other value that "plain" got
 *
 * Runs of every step:
 *   "traced"  under strace; 0, 1, 2 are the terminal.  Start "first".
 *             Snapshots "before" (the process just before execve, its
 *             role "program") and "after" (it waits in rt_sigsuspend).
 *   "plain"   not traced, with the step's experiments, and ps's rows in
 *             snapshot "after".  Start "first"; stdin is a pipe, stdout and
 *             stderr a file, unless said otherwise below.
 * The hostile start context of both: umask 0035, an own tmpfs as working
 * directory, descriptors 9 (file), 100 (the write end of a pipe), 5000 and
 * 6000 (files; the soft limit is lowered to 5500 after 6000 was opened),
 * SIGUSR2 ignored, SIGURG blocked, groups 4 20 27.  A descriptor that the
 * machine's hard limit forbids is not opened: fact "opened" lists those that
 * were ("0 1 2 9 100 5000 6000"), in run "traced".
 *
 * Fact "new-files" of every run: the files that came to be in it, one a line
 * ("" for none); those of the harness, and what a stimulus made, aside.
 *
 * Then, for each step (everything before holds for the later programs too):
 *   01  run "no-fork": RLIMIT_NPROC lets no fork succeed.  Start "first".
 *       Run "orphan": the shell is dead before execve, so that the launcher
 *       is init's child from the outset; its start never "ended".
 *   02  traced: snapshot "hung-up" after the terminal was hung up and the
 *       shell had died; fact "shell" = "gone" or "alive".
 *   03  plain: --open-terminal; fact "terminal" its path, which is nobody's
 *       controlling terminal.
 *   04  traced: --lowest 0, plain: --lowest 3; both: fact "pipe" =
 *       "end-of-file" or "open", what the reader of descriptor 100 met.
 *       plain: then start "negative" with --lowest -5, snapshot "negative".
 *   05  plain: --lowest 3, so that 0, 1 and 2 still are the terminal.
 *   06  traced: --directory of its own, whose struct file stands in "after";
 *       then fact "unmount" = "done" or the errno's name: umount(2) of the
 *       start directory's file system.  plain: --directory /.
 *   07  plain: --create DIR, fact "created" = DIR; "after" has the files
 *       DIR/file (asked 0666) and DIR/directory (asked 0777).
 *   08  "after" has the pid file, in both; plain.mask is 0.
 *       traced: start "second" with the same pid file while the first lives,
 *       snapshot "second" (with the pid file); SIGKILL for the first; the pid
 *       file is made to hold a longer stale number; start "third" and
 *       snapshot "third" (with the pid file).
 *       plain: before "first", start "link": its pid file is a symbolic link
 *       (fact "link") to a file (fact "victim") that holds "precious\n";
 *       snapshot "link" has both files.
 *   09  traced: five times: a new name is written to the configuration, HUP;
 *       facts "reload-1" ... "reload-5" = the names, snapshots "reload-1" ...
 *       (taken when it waits again).  Then TERM, and snapshot "stopped" with
 *       the pid file.
 *       plain: started with TERM and HUP blocked and ignored; --break-pipe;
 *       a storm of 1,000 HUPs, two one by one, then one more whose new name
 *       (fact "storm") is waited for, snapshot "storm"; then TERM, and
 *       snapshot "stopped".
 *       Fact "stopped" = "yes", or "no" if TERM did not end it (both runs).
 *   10  traced: --message (fact "message"), with % conversions and, at its
 *       end, letters beyond ASCII in it, and the log file in "after".
 *       plain: starts "first" and "second" (another pid file), both with
 *       --messages 500 into the same log file, which is renamed and HUP sent
 *       while they write; snapshot "after" has all log files (fact "logs":
 *       their paths, by blanks, oldest first).
 *       Run "texts": two starts, one after the other, each with a --message:
 *       "first" with 1,000 bytes, one of which is a newline (fact "whole",
 *       snapshot "after"), "second" (another pid file) with 5,000 (fact
 *       "long", snapshot "second"); both snapshots have the log file.  Then
 *       the log is renamed (fact "renamed"), its name is a symbolic link to a
 *       file (fact "victim") that holds "precious\n", and HUP is sent to
 *       "first": snapshot "refused" has both files.
 *   11  "after" has the files jail, "/etc/passwd" (the outer one) and the log.
 *       plain: --read /etc/passwd and --read ../../../../../../etc/passwd;
 *       then start "second" (another pid file) with a jail (fact
 *       "other-jail") in which that very path is a directory; snapshot
 *       "second" has the jail.
 *   12  plain: --regain-root.  Runs "no-setgid" and "no-setuid": the
 *       capability is missing from the start; "no-user": a user that isn't
 *       there; "second-root": one who has the id 0 under another name.
 *       Start "first" in each, snapshot "after" of whatever lives.

 *   capstone  bbserve, by its configuration and not by options; settings
 *       "board" and "port".  It says "ready, with 0 messages" (fact
 *       "message") where the steps are told a --message, and waits in
 *       epoll_pwait.  Twelve steps' worth of it:
 *       traced: as 04 (fact "pipe"), 06 (fact "unmount") and 08; snapshot
 *       "after" has the pid file, the log, the board, the jail.  After start
 *       "second" the log is renamed and HUP sent: snapshot "reload", with the
 *       log.  Then TERM, as 09.  Then start "killed", SIGKILL, a stale
 *       number, and start "third".
 *       plain: as 09's, TERM and HUP blocked and ignored; start "client" is
 *       of a client that connects once the launcher has ended, and prints
 *       the greeting.  "after" as in traced; fact "pipe"; then TERM.
 *       Run "held" (traced): `output` is a FIFO, which open_service opens
 *       first.  Start "first"; its daemon is the process that waits there,
 *       in snapshot "first".  The FIFO is opened then, and start "client" is
 *       as in plain; but if the launcher has ended by then, it comes first.
 *       Snapshot "open".  Start "doomed" waits at the FIFO too, and is killed
 *       there.  Fact "gate": the FIFO.
 *       Run "refusals": start "first" serves, snapshot "after"; then one
 *       start for each reason why a service can't be, with its name:
 *       config port board pid-file log jail user no-bind no-chroot no-setgid
 *       no-setuid no-fork; snapshots of that name.
 *
 * In plain mode all paths have the box's folder before them; what can't be
 * done there has its run's or fact's absence explained by run->skipped or a
 * fact "<name>.skipped" with the reason.
 */
#ifndef TESTS_SCENARIOS_SCENARIO_H
#define TESTS_SCENARIOS_SCENARIO_H

#include "scenarios/course.h"
#include "scenarios/stage.h"

/* The runs of a step's check, ended by a name of NULL. */
struct scenario {
	struct play plays[8];
};

extern const struct scenario fork_scenario, setsid_scenario, refork_scenario,
    close_scenario, devnull_scenario, chdir_scenario, umask_scenario,
    lock_scenario, signals_scenario, log_scenario, chroot_scenario,
    setuid_scenario, capstone_scenario;

/*
 * Plays all runs of a course at the same time, each in a process of its own,
 * and gathers what they saw.  `only` names one run, or is NULL.  `built` is
 * called once the boxes are being made: it waits for the program and returns
 * a descriptor of it, or -1.  Returns 0; 1 where there was no program; or -1
 * with errno where the tool itself could not.
 */
int scenario_play(const struct course *course, const char *only,
    int (*built)(const struct course *course), struct observation *seen);

#endif
