/*
 * strace - tests of the reader of strace's lines, recorded with strace 6.1:
 * strace -f --seccomp-bpf --decode-pids=pidns -s 4096 -o '|cat' ...
 */
#define _GNU_SOURCE
#include "observe/strace.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit/unit.h"

#define FORK	"clone(child_stack=NULL, flags=SIGCHLD"

/* Host 4583 is the box's init, 1; 4584 and 4585 leave, 4586 waits. */
static const char recorded[] =
    "strace: Process 4583 attached\n"
    "\n"
    "4583  openat(AT_FDCWD, \"weird \\\") = 3 {[( \\\\ \\n \\303\\251\", "
    "O_RDONLY) = -1 ENOENT (No such file or directory)\n"
    "4583  umask(000)                        = -1 EPERM (Operation not "
    "permitted) (INJECTED)\n"
    "4583  umask(022)                        = 035\n"
    "4583  fcntl(0, F_GETFL)                 = 0x8000 (flags O_RDONLY|"
    "O_LARGEFILE)\n"
    "4583  getpid()                          = 1 /* 4583 in strace's PID NS "
    "*/\n"
    "4583  " FORK ", child_tidptr=0x7f58d903fa10) = 2 /* 4584 in strace's "
    "PID NS */\n"
    "4583  wait4(-1,  <unfinished ...>\n"
    "4584  setsid()                          = 2\n"
    "4584  " FORK ", child_tidptr=0x7f58d903fa10) = 3 /* 4585 in strace's "
    "PID NS */\n"
    "4584  exit_group(0 <unfinished ...>\n"
    "4585  chdir(\"/\" <unfinished ...>\n"
    "4584  <... exit_group resumed>)         = ?\n"
    "4584  +++ exited with 0 +++\n"
    "4585  <... chdir resumed>)              = 0\n"
    "4583  <... wait4 resumed>NULL, 0, NULL) = 2\n"
    "4585  " FORK " <unfinished ...>\n"
    "4583  --- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=2, "
    "si_uid=0, si_status=0, si_utime=0, si_stime=0} ---\n"
    "4585  <... clone resumed>, child_tidptr=0x7f58d903fa10) = 4 /* 4586 in "
    "strace's PID NS */\n"
    "4586  rt_sigsuspend([], 8 <unfinished ...>\n"
    "4585  rt_sigsuspend([], 8 <unfinished ...>\n"
    "4583  kill(4 /* 4586 in strace's PID NS */, SIGUSR1 <unfinished ...>\n"
    "4586  <... rt_sigsuspend resumed>)      = ? ERESTARTNOHAND (To be "
    "restarted if no handler)\n"
    "4583  <... kill resumed>)               = 0\n"
    "4586  --- SIGUSR1 {si_signo=SIGUSR1, si_code=SI_USER, si_pid=1 /* 4583 "
    "in strace's PID NS */, si_uid=0} ---\n"
    "4583  kill(-2 /* 4584 in strace's PID NS */, SIGKILL <unfinished ...>\n"
    "4585  <... rt_sigsuspend resumed> <unfinished ...>) = ?\n"
    "4583  <... kill resumed>)               = 0\n"
    "4585  --- stopped by SIGSTOP ---\n"
    "4585  +++ killed by SIGSEGV (core dumped) +++\n"
    "4583  execve(\"./t\", [\"./t\", \"8 /* 7 in strace's PID NS */\"], "
    "0x7ffcb8ec0360 /* 37 vars */) = 0\n"
    "12345 syscall_0x3e7(0x1, 0x2) = -1 ENOSYS (Function not implemented)\n"
    "4583  wait4(-1,  <unfinished ...>\n"
    "4586  rt_sigsuspend([], 8";

/* PID, kind, name(arguments) = result error, and the marks; the line. */
static const char understood[] =
    "1 call openat(AT_FDCWD, \"weird \\\") = 3 {[( \\\\ \\n \\303\\251\", "
    "O_RDONLY) -1 ENOENT finished\n"
    "\t1 openat(AT_FDCWD, \"weird \\\") = 3 {[( \\\\ \\n \\303\\251\", "
    "O_RDONLY) = -1 ENOENT (No such file or directory)\n"
    "1 call umask(000) -1 EPERM finished injected\n"
    "\t1 umask(000) = -1 EPERM (Operation not permitted) (INJECTED)\n"
    "1 call umask(022) 29 - finished\n"
    "\t1 umask(022) = 035\n"
    "1 call fcntl(0, F_GETFL) 32768 - finished\n"
    "\t1 fcntl(0, F_GETFL) = 0x8000 (flags O_RDONLY|O_LARGEFILE)\n"
    "1 call getpid() 1 - finished\n"
    "\t1 getpid() = 1\n"
    "1 call " FORK ", child_tidptr=0x7f58d903fa10) 2 - finished\n"
    "\t1 " FORK ", child_tidptr=0x7f58d903fa10) = 2\n"
    "2 call setsid() 2 - finished\n"
    "\t2 setsid() = 2\n"
    "2 call " FORK ", child_tidptr=0x7f58d903fa10) 3 - finished\n"
    "\t2 " FORK ", child_tidptr=0x7f58d903fa10) = 3\n"
    "2 call exit_group(0) -1 -\n"
    "\t2 exit_group(0) = ?\n"
    "2 exit () 0 - finished\n"
    "\t2 +++ exited with 0 +++\n"
    "3 call chdir(\"/\") 0 - finished\n"
    "\t3 chdir(\"/\") = 0\n"
    "1 call wait4(-1, NULL, 0, NULL) 2 - finished\n"
    "\t1 wait4(-1, NULL, 0, NULL) = 2\n"
    "1 signal SIGCHLD({si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=2, "
    "si_uid=0, si_status=0, si_utime=0, si_stime=0}) 17 - finished\n"
    "\t1 --- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=2, "
    "si_uid=0, si_status=0, si_utime=0, si_stime=0} ---\n"
    "3 call " FORK ", child_tidptr=0x7f58d903fa10) 4 - finished\n"
    "\t3 " FORK ", child_tidptr=0x7f58d903fa10) = 4\n"
    "4 call rt_sigsuspend([], 8) -1 ERESTARTNOHAND finished\n"
    "\t4 rt_sigsuspend([], 8) = ? ERESTARTNOHAND (To be restarted if no "
    "handler)\n"
    "1 call kill(4, SIGUSR1) 0 - finished\n"
    "\t1 kill(4, SIGUSR1) = 0\n"
    "4 signal SIGUSR1({si_signo=SIGUSR1, si_code=SI_USER, si_pid=1, "
    "si_uid=0}) 10 - finished\n"
    "\t4 --- SIGUSR1 {si_signo=SIGUSR1, si_code=SI_USER, si_pid=1, "
    "si_uid=0} ---\n"
    "3 call rt_sigsuspend([], 8) -1 -\n"
    "\t3 rt_sigsuspend([], 8 <unfinished ...>) = ?\n"
    "1 call kill(-2, SIGKILL) 0 - finished\n"
    "\t1 kill(-2, SIGKILL) = 0\n"
    "3 killed SIGSEGV() 11 - finished\n"
    "\t3 +++ killed by SIGSEGV (core dumped) +++\n"
    "1 call execve(\"./t\", [\"./t\", \"8 /* 7 in strace's PID NS */\"], "
    "0x7ffcb8ec0360 /* 37 vars */) 0 - finished\n"
    "\t1 execve(\"./t\", [\"./t\", \"8 /* 7 in strace's PID NS */\"], "
    "0x7ffcb8ec0360 /* 37 vars */) = 0\n"
    "0 call syscall_0x3e7(0x1, 0x2) -1 ENOSYS finished\n"
    "\t0 syscall_0x3e7(0x1, 0x2) = -1 ENOSYS (Function not implemented)\n"
    "1 call wait4(-1) -1 -\n"
    "\t1 wait4(-1,  <unfinished ...>\n"
    "4 call rt_sigsuspend([], 8) -1 -\n"
    "\t4 rt_sigsuspend([], 8 <unfinished ...>\n";

/* --- Fixture ---------------------------------------------------------- */

static void
say(struct strace *s, const char *words)
{
	strace_feed(s, words, strlen(words));
}

static void
describe(FILE *out, const struct event *e)
{
	fprintf(out, "%d %s %s(%s) %ld %s%s%s\n\t%s\n", e->pid, e->kind,
	    e->name, e->arguments, e->result,
	    e->error == NULL ? "-" : e->error, e->finished ? " finished" : "",
	    e->injected ? " injected" : "", e->line);
}

/* Ends the reading; returns what was understood, to be freed. */
static char *
finish(struct strace *s, const int *hidden, size_t hidden_count)
{
	struct run run = { 0 };
	char *all = NULL;
	size_t size;
	FILE *out = open_memstream(&all, &size);

	if (out == NULL)
		memory_exhausted();
	strace_finish(s, &run, hidden, hidden_count);
	for (size_t i = 0; i < run.event_count; i++)
		describe(out, &run.events[i]);
	fclose(out);
	run_free(&run);
	strace_close(s);
	return all;
}

/* What is understood of a text that comes in pieces of that size. */
static char *
understand(const char *words, size_t length, size_t piece)
{
	struct strace *s = strace_open();

	strace_learn(s, 4583, 1);
	for (size_t i = 0; i < length; i += piece)
		strace_feed(s, words + i,
		    length - i < piece ? length - i : piece);
	return finish(s, NULL, 0);
}

/* The same for lines of host 4583, the init of the box. */
static void
means(const char *words, const char *expected)
{
	char *got = understand(words, strlen(words), 7);

	prove_equal(got, expected, words);
	free(got);
}

/* --- Events ----------------------------------------------------------- */

static void
understands_a_session(void)
{
	char *got = understand(recorded, strlen(recorded), sizeof(recorded));

	prove_equal(got, understood, "what it understood");
	free(got);
}

static void
understands_torn_lines(void)
{
	size_t length = strlen(recorded);
	struct strace *s;
	char *got;

	for (size_t piece = 1; piece < 100; piece++) {
		got = understand(recorded, length, piece);
		prove(strcmp(got, understood) == 0,
		    "pieces of %zu bytes change what it understood", piece);
		free(got);
	}
	for (size_t cut = 0; cut <= length; cut++) {
		s = strace_open();
		strace_learn(s, 4583, 1);
		strace_feed(s, recorded, cut);
		strace_feed(s, recorded + cut, length - cut);
		got = finish(s, NULL, 0);
		prove(strcmp(got, understood) == 0,
		    "torn after %zu bytes, it understood something else", cut);
		free(got);
	}
}

static void
understands_odd_lines(void)
{
	means("4583  +++ exited with 3 +++\n",
	    "1 exit () 3 - finished\n\t1 +++ exited with 3 +++\n");
	means("4583  +++ superseded by execve in pid 4739 +++\n", "");
	means("4583  --- SIGRT_4 {si_signo=SIGRT_4} ---\n",
	    "1 signal SIGRT_4({si_signo=SIGRT_4}) 36 - finished\n"
	    "\t1 --- SIGRT_4 {si_signo=SIGRT_4} ---\n");
	means("4583  +++ killed by SIGRTMIN +++\n",
	    "1 killed SIGRTMIN() 32 - finished\n"
	    "\t1 +++ killed by SIGRTMIN +++\n");
	means("4583  --- SIGIO {} ---\n",
	    "1 signal SIGIO({}) 29 - finished\n\t1 --- SIGIO {} ---\n");
	/* attached in the middle of a call */
	means("4583  <... wait4 resumed>NULL, 0, NULL) = 2\n",
	    "1 call wait4(NULL, 0, NULL) 2 - finished\n"
	    "\t1 wait4(NULL, 0, NULL) = 2\n");
	/* resumed under another name: the first never returned */
	means("4583  pause( <unfinished ...>\n4583  <... kill resumed>) = 0\n",
	    "1 call kill() 0 - finished\n\t1 kill() = 0\n"
	    "1 call pause() -1 -\n\t1 pause( <unfinished ...>\n");
	means("4583  vfork( <unfinished ...>\n4583  getpid() = 1\n"
	    "4583  <... vfork resumed>) = 4 /* 9 in strace's PID NS */\n"
	    "9     setsid() = 4\n",
	    "1 call getpid() 1 - finished\n\t1 getpid() = 1\n"
	    "1 call vfork() 4 - finished\n\t1 vfork() = 4\n"
	    "4 call setsid() 4 - finished\n\t4 setsid() = 4\n");
	means("4583  getpid() = what\n", "1 call getpid() -1 -\n"
	    "\t1 getpid() = what\n");
	means("4583  close(3) = 0 (INJECTED)\n",
	    "1 call close(3) 0 - finished injected\n"
	    "\t1 close(3) = 0 (INJECTED)\n");
	means("4583  write(1, \"(INJECTED)\", 10) = 10\n",
	    "1 call write(1, \"(INJECTED)\", 10) 10 - finished\n"
	    "\t1 write(1, \"(INJECTED)\", 10) = 10\n");
	means("4583  read(0, \" <unfinished ...>\"..., 9) = 9\n",
	    "1 call read(0, \" <unfinished ...>\"..., 9) 9 - finished\n"
	    "\t1 read(0, \" <unfinished ...>\"..., 9) = 9\n");
}

static void
passes_over_the_rest(void)
{
	means("", "");
	means("\n\n\n", "");
	means("strace: Process 1 attached\n", "");
	means("4583\n4583 \n4583  \n4583  ???\n-5  a() = 0\n0  a() = 0\n", "");
	means("99999999999999999999  getpid() = 1\n", "");
	means("4583  <... \n4583  <... >\n4583  (\n4583  +++ \n4583  --- \n",
	    "");
	/* half a line at the end is no return value: "= 3" may become 35 */
	means("4583  getppid()    = 3", "1 call getppid() -1 -\n"
	    "\t1 getppid( <unfinished ...>\n");
	means("4583  get", "");
}

static void
hides_processes(void)
{
	struct strace *s = strace_open();
	int hidden[] = { 9, 1 };
	char *got;

	say(s, "4583  getpid() = 1\n7  getpid() = 2\n"
	    "4583  wait4(-1,  <unfinished ...>\n");
	strace_learn(s, 7, 2);
	strace_learn(s, 4583, 1);
	got = finish(s, hidden, 2);
	prove_equal(got, "2 call getpid() 2 - finished\n\t2 getpid() = 2\n",
	    "what is left");
	free(got);
}

static void
knows_pids_without_namespace(void)
{
	struct strace *s = strace_open();
	char *got;

	strace_learn(s, 700, 700);
	say(s, "700   fork() = 701\n701   setsid() = 701\n");
	got = finish(s, NULL, 0);
	prove_equal(got, "700 call fork() 701 - finished\n\t700 fork() = 701\n"
	    "701 call setsid() 701 - finished\n\t701 setsid() = 701\n",
	    "plain mode");
	free(got);
}

static void
caps_overlong_lines(void)
{
	struct strace *s = strace_open();
	struct run run = { 0 };

	say(s, "7     write(1, \"");
	for (int i = 0; i < 100000; i++)
		say(s, "................");
	say(s, "\", 9) = 9\n7     getpid() = 7\n");
	strace_finish(s, &run, NULL, 0);
	if (prove(run.event_count == 2, "%zu events, expected 2",
	    run.event_count)) {
		prove(!run.events[0].finished, "it saw the end");
		prove(strlen(run.events[0].arguments) < 1 << 20,
		    "%zu bytes", strlen(run.events[0].arguments));
		prove(run.events[1].result == 7, "the next line is lost");
	}
	run_free(&run);
	strace_close(s);
}

/*
 * Two that forked at the same time, and were gone before anybody looked: by
 * rank 301 is 8.  Where init has seen 8 end otherwise, it is 9.
 */
static void
tells_twins_by_their_ends(void)
{
	static const char words[] = "300  clone(flags=SIGCHLD) = 8\n"
	    "299  clone(flags=SIGCHLD) = 9\n"
	    "302  +++ exited with 0 +++\n301  +++ exited with 1 +++\n";

	for (int other = 0; other < 2; other++) {
		struct strace *s = strace_open();
		struct run run = { .traced = true };

		for (int i = 0; i < 2; i++) {
			struct ending *ending = observation_add(&run,
			    endings, ending_count);
			ending->pid = 8 + i;
			ending->status = (i == other ? 1 : 0) << 8;
		}
		strace_learn(s, 299, 3);
		strace_learn(s, 300, 4);
		say(s, words);
		strace_finish(s, &run, NULL, 0);
		prove(run.event_count == 4 && run.events[3].pid == 8 + other &&
		    run.events[2].pid == 9 - other,
		    "the one that ended with 1 is not %d", 8 + other);
		run_free(&run);
		strace_close(s);
	}
}

/* --- Who waits -------------------------------------------------------- */

static void
sees_who_waits(void)
{
	struct strace *s = strace_open();
	int both[] = { 2750, 2751 };

	prove(strace_settled(s, 2750, 1) == 0, "before any line");
	prove(strace_waiting(s, NULL, 0) == 0, "before any line");
	say(s, "2750  rt_sigsuspend");
	prove(strace_settled(s, 2750, 1) == 0, "before the call is named");
	say(s, "(");
	prove(strace_settled(s, 2750, 1) == 2750, "not with half a line");
	prove(strace_settled(s, 2750, 2) == 0, "a second time already");
	say(s, "[], 8");
	prove(strace_settled(s, 2750, 1) == 2750, "not after more of it");
	prove(strace_settled(s, 2750, 2) == 0, "counted twice");
	say(s, " <unfinished ...>\n2751  rt_sigsuspend(~[RT_1], 8");
	prove(strace_settled(s, 2750, 1) == 2750, "not when interrupted");
	prove(strace_waiting(s, both, 1) == 2751, "2751 doesn't wait");
	prove(strace_waiting(s, both + 1, 1) == 2750, "2750 doesn't wait");
	prove(strace_waiting(s, both, 2) == 0, "the excepted wait");
	say(s, ") ");
	prove(strace_waiting(s, both, 1) == 0, "2751 waits on");
	say(s, "= ? ERESTARTNOHAND (To be restarted if no handler)\n");
	prove(strace_settled(s, 2751, 1) == 0, "2751 waits after it returned");
	say(s, "2750  <... rt_sigsuspend resumed>");
	prove(strace_settled(s, 2750, 1) == 0, "2750 waits when resumed");
	say(s, ") = ? ERESTARTNOHAND (To be restarted if no handler)\n"
	    "2750  --- SIGHUP {si_signo=SIGHUP} ---\n2750  rt_sigsuspend([]");
	prove(strace_settled(s, 2750, 2) == 2750, "not the second time");
	prove(strace_settled(s, 2750, 3) == 0, "a third time already");
	say(s, ", 8 <unfinished ...>\n2750  +++ killed by SIGKILL +++\n");
	prove(strace_waiting(s, NULL, 0) == 0, "the dead wait");
	strace_close(s);
}

/* A call that began and ended within one piece counts too. */
static void
counts_what_went_by(void)
{
	struct strace *s = strace_open();

	say(s, "7     rt_sigsuspend([], 8) = ? ERESTARTNOHAND (To)\n"
	    "7     rt_sigsuspend([], 8) = ? ERESTARTNOHAND (To)\n");
	prove(strace_settled(s, 7, 1) == 0, "it waits");
	say(s, "7     rt_sigsuspend([], 8");
	prove(strace_settled(s, 7, 3) == 7, "not the third time");
	prove(strace_settled(s, 7, 4) == 0, "a fourth time");
	strace_close(s);
}

/* --- Noise ------------------------------------------------------------ */

static void
survives_noise(void)
{
	char noise[sizeof(recorded)];
	size_t length = sizeof(recorded), piece;
	struct strace *s;

	for (unsigned round = 0; round < 2000; round++) {
		s = strace_open();
		memcpy(noise, recorded, length);
		for (unsigned i = draw(100); i > 0; i--) {
			char *byte = &noise[draw((unsigned)length)];
			if (draw(2) == 0)
				*byte = (char)draw(256);
			else
				*byte = "\n\" ()<>/*=?+-7"[draw(14)];
		}
		for (size_t at = 0; at < length; at += piece) {
			piece = 1 + draw(200);
			if (piece > length - at)
				piece = length - at;
			strace_feed(s, noise + at, piece);
			strace_waiting(s, NULL, 0);
			strace_settled(s, 4586, 1);
		}
		if (round % 2 == 0)
			free(finish(s, NULL, 0));
		else
			strace_close(s);
	}
	prove(true, "it came this far");
}

CU_TestInfo strace_tests[] = {
	{ "understands a session", understands_a_session },
	{ "understands torn lines", understands_torn_lines },
	{ "understands odd lines", understands_odd_lines },
	{ "passes over the rest", passes_over_the_rest },
	{ "hides processes", hides_processes },
	{ "knows PIDs without a namespace", knows_pids_without_namespace },
	{ "caps overlong lines", caps_overlong_lines },
	{ "tells twins by their ends", tells_twins_by_their_ends },
	{ "sees who waits", sees_who_waits },
	{ "counts what went by", counts_what_went_by },
	{ "survives noise", survives_noise },
	CU_TEST_INFO_NULL
};
