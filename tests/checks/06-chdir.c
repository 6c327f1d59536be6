/*
 * 06-chdir - works in the directory given, and holds no other
 *
 * umount(2), EBUSY: "target could not be unmounted because it is busy": a
 * working directory or an open file is enough.
 */
#include <string.h>

#include "checks/absence.h"
#include "checks/check.h"
#include "checks/daemon.h"
#include "checks/events.h"
#include "checks/files.h"
#include "checks/needs.h"
#include "checks/verdict.h"
#include "checks/witness.h"
#include "checks/words.h"
#include "language.h"

static const char changes[] = "chdir fchdir";

static const struct cause start_held = {
	"06-chdir.start-held",
	N_("What holds it: a working directory, an open file, or another "
	    "process of the program?"),
	N_("Look at /proc/PID/cwd and /proc/PID/fd of every process of the "
	    "program (chapters/en/06-chdir.md)."),
};

/* What one run of this step was given, and what became of it. */
struct place {
	const struct run *run;
	const struct snapshot *shot;
	const struct process *process;
	const char *wanted;		/* --directory */
	const char *started;		/* where it was started */
};

static bool
find_place(const struct observation *seen, struct verdict *verdict,
    const char *name, struct place *place)
{
	struct scene at;

	if (!set_scene(seen, verdict, name, &at))
		return false;
	place->run = at.run;
	place->shot = at.shot;
	place->process = at.process;
	place->wanted = setting_of(seen, name, "directory");
	place->started = setting_of(seen, name, "start-directory");
	if (place->wanted != NULL && place->started != NULL &&
	    place->process->cwd != NULL)
		return true;
	harness_fault(verdict, _("the working directory of run %s was not "
	    "seen"), name);
	return false;
}

/*
 * By device and inode where both were seen, for a name may lead elsewhere.
 * "/" is the process's root, and no file has to stand for it.
 */
static bool
is_there(const struct place *place)
{
	const struct file *file = find_file(place->shot, place->wanted);
	struct identity wanted = { 0, 0 };

	if (file != NULL)
		wanted = file->identity;
	else if (strcmp(place->wanted, "/") == 0)
		wanted = place->process->root_identity;
	if (known_identity(wanted) &&
	    known_identity(place->process->cwd_identity))
		return same_identity(wanted, place->process->cwd_identity);
	return strcmp(place->process->cwd, place->wanted) == 0;
}

/* Below the start directory, or it itself. */
static bool
is_below_start(const struct place *place, const char *path)
{
	size_t length = strlen(place->started);

	return path != NULL && strcmp(place->started, "/") != 0 &&
	    strncmp(path, place->started, length) == 0 &&
	    (path[length] == '\0' || path[length] == '/');
}

static void
blame_staying(const struct place *place, struct verdict *verdict)
{
	const struct event *failed = first_failure(place->run, 0, changes,
	    NULL);

	show_event(verdict, failed);
	if (failed != NULL)
		blame(verdict, "06-chdir.unchecked",
		    _("chdir() failed: is its result tested?"));
	else if (place->run->traced && first_call(place->run, 0, changes) ==
	    NULL)
		blame(verdict, "06-chdir.not-called",
		    _("Is chdir() called? The variable PWD is only a shell's "
		    "note of it."));
	else if (place->run->traced && first_call(place->run,
	    place->process->pid, changes) == NULL)
		blame(verdict, "06-chdir.in-a-child",
		    _("Is it a child, or a shell, that calls chdir()? Each "
		    "process has a working directory of its own."));
	else
		blame(verdict, "06-chdir.not-moved",
		    _("Does chdir() get the directory that the function was "
		    "given?"));
}

static void
blame_place(const struct place *place, struct verdict *verdict)
{
	const char *cwd = place->process->cwd;

	if (is_below_start(place, cwd)) {
		blame_staying(place, verdict);
	} else if (strcmp(cwd, "/") == 0) {
		show_event(verdict, last_call(place->run, 0, changes));
		blame(verdict, "06-chdir.always-root",
		    _("Is \"/\" written in the code, instead of dir?"));
	} else if (strcmp(cwd, "/tmp") == 0) {
		show_event(verdict, last_call(place->run, 0, changes));
		blame(verdict, "06-chdir.tmp",
		    _("Is \"/tmp\" written in the code? That directory is "
		    "everybody's."));
	} else {
		show_event(verdict, last_call(place->run, 0, changes));
		blame(verdict, "06-chdir.elsewhere",
		    _("What name does chdir() get?"));
	}
	advise_action(verdict, _("Call chdir(dir) and test its result, in "
	    "steps/06-chdir.c (chapters/en/06-chdir.md)."));
}

/* It can't have moved without a call. */
static bool
trace_agrees(const struct place *place, struct verdict *verdict)
{
	if (!place->run->traced || is_below_start(place, place->wanted) ||
	    last_success(place->run, 0, "chdir fchdir chroot pivot_root"))
		return true;
	harness_fault(verdict, _("process %d has moved to %s, and strace saw "
	    "no chdir()"), place->process->pid, place->process->cwd);
	return false;
}

static bool
works_there(const struct observation *seen, struct verdict *verdict,
    const char *name)
{
	struct place place;

	if (!find_place(seen, verdict, name, &place))
		return false;
	if (is_there(&place))
		return trace_agrees(&place, verdict);
	expect(verdict, _("working directory %s"), place.wanted);
	found(verdict, _("working directory %s"), place.process->cwd);
	show_cwd(verdict, place.process);
	blame_place(&place, verdict);
	return false;
}

static void
judge_place(const struct observation *seen, struct verdict *verdict)
{
	expect(verdict, _("the working directory is the one given"));
	both_runs(seen, verdict, works_there);
}

static bool
blame_descriptor(const struct observation *seen, const struct place *place,
    struct verdict *verdict)
{
	for (size_t i = 0; i < place->process->descriptor_count; i++) {
		const struct descriptor *one =
		    &place->process->descriptors[i];

		if (!is_below_start(place, one->target))
			continue;
		show_descriptor(verdict, place->process, one);
		if (number_in(opened_at_start(seen, place->run), one->number)) {
			blame_earlier(seen, "04-close", verdict);
			return true;
		}
		blame(verdict, "06-chdir.directory-held",
		    _("Is a directory opened and not closed? It holds the "
		    "file system as well."));
		advise_action(verdict, _("Close descriptor %d in "
		    "steps/06-chdir.c (chapters/en/06-chdir.md)."),
		    one->number);
		return true;
	}
	return false;
}

static void
blame_busy(const struct observation *seen, const struct place *place,
    struct verdict *verdict)
{
	found(verdict, _("umount says EBUSY"));
	evidence(verdict, "umount %s: EBUSY", place->started);
	show_cwd(verdict, place->process);
	if (is_below_start(place, place->process->cwd)) {
		blame_place(place, verdict);
		return;
	}
	if (blame_descriptor(seen, place, verdict))
		return;
	accuse(verdict, &start_held);
}

static void
judge_unmount(const struct observation *seen, struct verdict *verdict)
{
	const char *result;
	struct place place;

	expect(verdict, _("umount succeeds on the start directory's file "
	    "system"));
	if (!find_place(seen, verdict, "traced", &place))
		return;
	result = find_fact(place.run, "unmount");
	if (same_text(result, "EBUSY"))
		blame_busy(seen, &place, verdict);
	else if (!same_text(result, "done") && (result != NULL ||
	    !was_skipped(place.run, verdict, "unmount")))
		harness_fault(verdict, _("the start directory could not be "
		    "unmounted: %s"), result ? result : "?");
}

const struct check chdir_checks[] = {
	{ "works-where-told", true,
	    N_("its working directory is the one given"), judge_place },
	{ "start-can-be-unmounted", true,
	    N_("the start directory's file system can be unmounted"),
	    judge_unmount },
	{ NULL, false, NULL, NULL }
};
