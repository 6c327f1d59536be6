/*
 * machine - tries what a box needs, rather than believing version numbers
 */
#define _GNU_SOURCE
#include <sys/wait.h>

#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "box/machine.h"
#include "box/map.h"
#include "language.h"

/* In a child: namespaces can't be left again. */
static bool
has_namespaces(void)
{
	int status;
	pid_t child = fork();

	if (child == -1)
		return false;
	if (child == 0)
		_exit(unshare(CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS |
		    CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS) == -1);
	while (waitpid(child, &status, 0) == -1)
		if (errno != EINTR)
			return false;
	return status == 0;
}

static bool
has_range(const char **why, const char **remedy)
{
	struct map_range range;

	if (!map_tools()) {
		*why = N_("newuidmap is not installed");
		*remedy = N_("install the package uidmap");
		return false;
	}
	if (!map_find("/etc/subuid", &range) ||
	    !map_find("/etc/subgid", &range)) {
		*why = N_("this user has no range of 65536 subordinate ids "
		    "in /etc/subuid and /etc/subgid");
		*remedy = N_("as root: usermod --add-subuids 100000-165535 "
		    "--add-subgids 100000-165535 USER");
		return false;
	}
	return true;
}

enum box_mode
machine_mode(const char **why, const char **remedy)
{
	const char *wanted = getenv("LAB_BOX");

	*why = *remedy = NULL;
	if (wanted != NULL && strcmp(wanted, "plain") == 0) {
		*why = N_("LAB_BOX=plain asks for it");
		return BOX_PLAIN;
	}
	if (!has_namespaces()) {
		*why = N_("this machine refuses user namespaces");
		*remedy = N_("as root: sysctl -w user.max_user_namespaces=10000"
		    ", and kernel.unprivileged_userns_clone=1 or "
		    "kernel.apparmor_restrict_unprivileged_userns=0 where the "
		    "kernel has them; in a container, ask for one that allows "
		    "them");
		return BOX_PLAIN;
	}
	if (wanted != NULL && strcmp(wanted, "single") == 0) {
		*why = N_("LAB_BOX=single asks for it");
		return BOX_SINGLE;
	}
	return has_range(why, remedy) ? BOX_RANGE : BOX_SINGLE;
}

static bool
in_path(const char *name)
{
	const char *path = getenv("PATH");
	char *copy = strdup(path == NULL ? "/usr/bin:/bin" : path);
	char *save = NULL;
	bool found = false;

	for (char *folder = copy == NULL ? NULL : strtok_r(copy, ":", &save);
	    folder != NULL && !found; folder = strtok_r(NULL, ":", &save)) {
		char *file = text("%s/%s", folder, name);
		found = access(file, X_OK) == 0;
		free(file);
	}
	free(copy);
	return found;
}

bool
machine_can_look(const char **why, const char **remedy)
{
	*why = *remedy = NULL;
	if (access("/proc/self/stat", R_OK) == -1) {
		*why = N_("/proc is not mounted here: nothing can be seen "
		    "of a process");
		*remedy = N_("as root: mount -t proc proc /proc");
	} else if (!in_path("strace")) {
		*why = N_("strace is not installed");
		*remedy = N_("install the package strace");
	} else if (!in_path("ps")) {
		*why = N_("ps is not installed");
		*remedy = N_("install the package procps");
	}
	return *why == NULL;
}
