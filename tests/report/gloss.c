/*
 * gloss - the table of explanations; see gloss.h
 */
#define _GNU_SOURCE

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "language.h"
#include "report/gloss.h"
#include "report/words.h"

#define ANY "*"

/*
 * The first that fits explains: `names` a list by blanks, `argument` a piece
 * of the arguments (NULL: any; after '=' all of them, after '~' how the second
 * one begins), `error` NULL for success, ANY, or a name.
 * A text may show the result, once, as %ld.
 */
struct gloss {
	const char *names;
	const char *argument;
	const char *error;
	const char *text;
};

static const struct gloss glosses[] = {
	/* 01 and 03 */
	{ "fork vfork clone clone3", NULL, NULL,
	  N_("a copy of it: the child is PID %ld") },
	{ "fork vfork clone clone3", NULL, "EAGAIN",
	  N_("refused: no more processes are allowed") },
	{ "exit_group exit _exit", "=0", NULL,
	  N_("this process ends and says: all is well") },
	{ "exit_group exit _exit", NULL, NULL,
	  N_("this process ends and says: it failed") },
	{ "wait4 waitid", NULL, NULL,
	  N_("fetches the status of its child, PID %ld") },
	{ "wait4 waitid", NULL, "ECHILD", N_("it has no child to wait for") },
	/* 02 */
	{ "setsid", NULL, NULL,
	  N_("a new session: PID %ld leads it, and has no terminal") },
	{ "setsid", NULL, "EPERM",
	  N_("refused: it is already the leader of a group") },
	{ "setpgid setpgrp", NULL, NULL,
	  N_("a group of its own, in the same session") },
	{ "getsid", NULL, NULL, N_("asks for its session: %ld") },
	{ "getpgid getpgrp", NULL, NULL, N_("asks for its group: %ld") },
	{ "ioctl", "TIOCNOTTY", NULL,
	  N_("gives its terminal up; the session stays the same") },
	{ "ioctl", "TIOCSCTTY", NULL,
	  N_("takes that terminal as its own") },
	{ "ioctl", "TCGETS", ANY, N_("is that a terminal?") },
	/* 04 */
	{ "close_range", NULL, NULL,
	  N_("closes all descriptors of that range at once") },
	{ "close", NULL, NULL, N_("that descriptor is closed") },
	{ "close", NULL, "EBADF",
	  N_("it was not open: a call for nothing") },
	{ "openat open", "/proc/self/fd", NULL,
	  N_("the list of its own open descriptors") },
	{ "openat open", "/dev/fd", NULL,
	  N_("the list of its own open descriptors") },
	{ "getdents64 getdents", NULL, NULL,
	  N_("reads the names in that directory") },
	{ "prlimit64 getrlimit", "NOFILE", NULL,
	  N_("how many descriptors may be open: the limit") },
	/* 05 */
	{ "openat open", "/dev/null", NULL,
	  N_("/dev/null is open as descriptor %ld") },
	{ "dup2 dup3", NULL, NULL,
	  N_("%ld leads now where the other one leads") },
	{ "dup", NULL, NULL, N_("%ld leads to the same place") },
	{ "fcntl", "F_DUPFD", NULL, N_("%ld leads to the same place") },
	/* 06, 07 */
	{ "chdir", "\"/\"", NULL,
	  N_("it works in / now, and holds no other file system") },
	{ "chdir fchdir", NULL, NULL,
	  N_("its working directory is that one now") },
	{ "umask", NULL, NULL,
	  N_("takes these permissions from new files; before: %03lo") },
	/* 08 */
	{ "flock", "LOCK_UN", NULL, N_("gives the lock back") },
	{ "flock", NULL, NULL,
	  N_("the file is locked, and the kernel knows by whom") },
	{ "flock", NULL, "EWOULDBLOCK",
	  N_("refused: another process holds the lock") },
	{ "flock", NULL, "EAGAIN",
	  N_("refused: another process holds the lock") },
	{ "fcntl", "F_SETLK", "EAGAIN",
	  N_("refused: another process holds the lock") },
	{ "fcntl", "F_SETLK", "EACCES",
	  N_("refused: another process holds the lock") },
	{ "fcntl", "F_OFD_SETLK", "EAGAIN",
	  N_("refused: another process holds the lock") },
	{ "fcntl", "F_OFD_SETLK", NULL,
	  N_("locked by the open file: a child keeps it") },
	{ "fcntl", "F_SETLK", NULL,
	  N_("locked by the process: a child has no share in it") },
	{ "fcntl", "F_OFD_GETLK", NULL, N_("asks whether it is locked") },
	{ "fcntl", "F_GETLK", NULL, N_("asks who holds the lock") },
	{ "fcntl", "FD_CLOEXEC", NULL,
	  N_("it will be closed when another program starts") },
	{ "fcntl", NULL, NULL, N_("asks or sets a descriptor's flags") },
	{ "ftruncate", NULL, NULL,
	  N_("cuts the file: a longer old content is gone") },
	{ "newfstatat fstatat64 stat lstat statx", NULL, ANY,
	  N_("which file stands under that name?") },
	{ "fstat", NULL, ANY, N_("which file is that descriptor?") },
	{ "unlink unlinkat", NULL, NULL, N_("that name is gone") },
	{ "rename renameat renameat2", NULL, NULL,
	  N_("the file has another name now") },
	{ "getpid", NULL, NULL, N_("asks for its own PID: %ld") },
	{ "getppid", NULL, NULL, N_("asks for its parent's PID: %ld") },
	/* 09 */
	{ "rt_sigaction", "~NULL", NULL,
	  N_("asks what that signal does") },
	{ "rt_sigaction", "~{sa_handler=SIG_IGN", NULL,
	  N_("that signal is ignored from now on") },
	{ "rt_sigaction", "~{sa_handler=SIG_DFL", NULL,
	  N_("that signal does what it does by default") },
	{ "rt_sigaction", NULL, NULL,
	  N_("that signal will call a function") },
	{ "rt_sigprocmask", "SIG_BLOCK, []", NULL,
	  N_("only asks which signals have to wait") },
	{ "rt_sigprocmask", "SIG_BLOCK", NULL,
	  N_("these signals have to wait") },
	{ "rt_sigprocmask", "SIG_UNBLOCK", NULL,
	  N_("these signals may come again") },
	{ "rt_sigprocmask", NULL, NULL,
	  N_("sets or reads which signals have to wait") },
	{ "rt_sigreturn", NULL, ANY,
	  N_("the handler is done: back to where it was") },
	{ "rt_sigsuspend", NULL, ANY, N_("it waits for a signal") },
	{ "kill tgkill tkill", NULL, NULL, N_("sends a signal") },
	{ "pause", NULL, ANY, N_("it waits for a signal") },
	/* 10 */
	{ "socket", "AF_UNIX", NULL,
	  N_("a socket of this machine, descriptor %ld") },
	{ "connect", "/dev/log", NULL, N_("its other end is syslog") },
	{ "connect", "nscd", ANY,
	  N_("libc looks for its cache of names") },
	{ "sendto send sendmsg", "READY=1", ANY,
	  N_("main.c says that it is ready") },
	{ "sendto send sendmsg", "<", NULL, N_("a message to syslog") },
	{ "openat open", "O_APPEND", NULL,
	  N_("descriptor %ld, and each write goes to the end") },
	{ "openat open", "/etc/passwd", NULL,
	  N_("looks a user up; descriptor %ld") },
	{ "openat open", "/etc/group", NULL,
	  N_("looks groups up; descriptor %ld") },
	{ "openat open creat", NULL, NULL, N_("open, as descriptor %ld") },
	{ "openat open", "O_NOFOLLOW", "ELOOP",
	  N_("refused: that name is a symbolic link") },
	{ "read", NULL, NULL, N_("bytes read: %ld") },
	{ "write writev pwrite64", NULL, NULL, N_("bytes written: %ld") },
	{ "write writev", NULL, "EPIPE", N_("nobody reads there any more") },
	{ "lseek", NULL, NULL, N_("the place in the file is %ld now") },
	{ "fsync fdatasync", NULL, NULL, N_("waits until it is on the disk") },
	{ "fchmod chmod fchmodat", NULL, NULL, N_("other permissions") },
	{ "fchown chown fchownat lchown", NULL, NULL, N_("another owner") },
	/* 11 */
	{ "chroot", NULL, NULL,
	  N_("its root is the jail now; its directory isn't yet") },
	/* 12 */
	{ "setgroups", "=0, NULL", NULL,
	  N_("no supplementary group is left") },
	{ "setgroups", "=0, []", NULL,
	  N_("no supplementary group is left") },
	{ "setgroups", NULL, NULL,
	  N_("these supplementary groups, and no others") },
	{ "setresgid setgid setregid", NULL, NULL,
	  N_("another group; still allowed as root") },
	{ "setresuid setuid setreuid", NULL, NULL,
	  N_("another user: no way back, if all of them are set") },
	{ "setgroups setresgid setgid setregid setresuid setuid setreuid",
	  NULL, "EPERM", N_("refused: only root may do that") },
	{ "getuid geteuid getresuid getgid getegid getresgid getgroups",
	  NULL, NULL, N_("asks who it is") },
	{ "prctl", "PR_SET_NAME", NULL, N_("the process takes a new name") },
};

/* What stands behind an errno; strerror(3) has no French without libc's. */
static const struct {
	const char *name, *text;
} meanings[] = {
	{ "EPERM", N_("that is not allowed") },
	{ "EACCES", N_("the permissions forbid it") },
	{ "ENOENT", N_("there is no such file") },
	{ "EEXIST", N_("it is there already") },
	{ "EBADF", N_("that descriptor isn't open") },
	{ "EINVAL", N_("the kernel doesn't accept that value") },
	{ "EAGAIN", N_("not now") },
	{ "ENOSYS", N_("there is no such call") },
	{ "ENOTTY", N_("that is no terminal") },
	{ "ENXIO", N_("nothing stands behind that name") },
	{ "ENOTDIR", N_("that is no directory") },
	{ "EISDIR", N_("that is a directory") },
	{ "ELOOP", N_("that name is a symbolic link") },
	{ "EROFS", N_("nothing can be written there") },
	{ "ENOSPC", N_("the disk is full") },
	{ "ENOMEM", N_("no memory is left") },
	{ "EMFILE", N_("too many descriptors are open") },
	{ "EPIPE", N_("nobody reads there any more") },
	{ "EINTR", N_("a signal came first") },
	{ "ECHILD", N_("it has no child") },
	{ "ESRCH", N_("there is no such process") },
	{ "ECONNREFUSED", N_("nobody listens there") },
};

/* Is the name one word of the list? */
static bool
is_listed(const char *list, const char *name)
{
	size_t length = strlen(name);

	while (*list != '\0') {
		size_t word = strcspn(list, " ");

		if (word == length && strncmp(list, name, length) == 0)
			return true;
		list += word + strspn(list + word, " ");
	}
	return false;
}

static bool
fits_arguments(const char *wanted, const char *arguments)
{
	const char *comma;

	if (wanted == NULL || arguments == NULL)
		return wanted == NULL;
	if (*wanted == '=')
		return strcmp(wanted + 1, arguments) == 0;
	if (*wanted != '~')
		return strstr(arguments, wanted) != NULL;
	wanted++;
	comma = strstr(arguments, ", ");
	return comma != NULL &&
	    strncmp(comma + 2, wanted, strlen(wanted)) == 0;
}

static bool
fits(const struct gloss *gloss, const struct event *event)
{
	if (!is_listed(gloss->names, event->name) ||
	    !fits_arguments(gloss->argument, event->arguments))
		return false;
	if (gloss->error == NULL)
		return event->error == NULL;
	if (strcmp(gloss->error, ANY) == 0)
		return true;
	return event->error != NULL &&
	    strcmp(gloss->error, event->error) == 0;
}

static char *
explain_refusal(const struct event *event)
{
	/* ERESTARTSYS and its like: the kernel's, a signal interrupted it. */
	if (strncmp(event->error, "ERESTART", 8) == 0)
		return text("%s", _("a signal came first"));
	for (size_t i = 0; i < sizeof(meanings) / sizeof(*meanings); i++)
		if (strcmp(meanings[i].name, event->error) == 0)
			return text(_("refused: %s"), _(meanings[i].text));
	return text(_("refused: %s"), event->error);
}

char *
explain_call(const struct event *event)
{
	char *longer, *gloss = NULL;

	for (size_t i = 0; i < sizeof(glosses) / sizeof(*glosses); i++)
		if (gloss == NULL && event->name != NULL &&
		    fits(&glosses[i], event))
			gloss = text(_(glosses[i].text), event->result);
	if (gloss == NULL && event->error != NULL)
		gloss = explain_refusal(event);
	if (gloss == NULL)
		gloss = text("%s", "");
	if (!event->injected)
		return gloss;
	longer = text(_("%s (the lab made it fail)"), gloss);
	free(gloss);
	return longer;
}

const char *
step_subject(int number)
{
	static const char *const subjects[] = {
		NULL,
		N_("who goes on, and who its parent is"),
		N_("its session, its group and its terminal"),
		N_("whether its PID is still its session's"),
		N_("which descriptors are open"),
		N_("where 0, 1 and 2 lead"),
		N_("its working directory"),
		N_("its umask"),
		N_("the locked pid file"),
		N_("the signals that it catches, ignores and blocks"),
		N_("the log file, and the way to syslog"),
		N_("its root, and its working directory"),
		N_("its user, its groups and its capabilities"),
	};

	if (number < 1 || number >= (int)(sizeof(subjects) / sizeof(*subjects)))
		return NULL;
	return _(subjects[number]);
}

int
number_of_step(const char *name)
{
	if (name == NULL || !isdigit((unsigned char)name[0]) ||
	    !isdigit((unsigned char)name[1]) || name[2] != '-')
		return 0;
	return (name[0] - '0') * 10 + name[1] - '0';
}
