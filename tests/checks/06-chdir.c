/*
 * 06-chdir - works in the directory given, and holds no other
 *
 * umount(2), EBUSY: "target could not be unmounted because it is busy": a
 * working directory or an open file is enough.
 */
#include <string.h>

#include "checks/check.h"
#include "checks/helpers.h"
#include "language.h"

static const char changes[] = "chdir fchdir";

/* What one run of this step was given, and what became of it. */
struct scene {
	const struct run *run;
	const struct snapshot *shot;
	const struct process *process;
	const char *wanted;		/* --directory */
	const char *started;		/* where it was started */
};

static bool
set_scene(const struct observation *seen, struct verdict *verdict,
    const char *name, struct scene *scene)
{
	scene->process = the_daemon(seen, verdict, name, "first", "after");
	if (scene->process == NULL)
		return false;
	scene->run = find_run(seen, name);
	scene->shot = find_snapshot(scene->run, "after");
	scene->wanted = setting_of(seen, name, "directory");
	scene->started = setting_of(seen, name, "start-directory");
	if (scene->wanted != NULL && scene->started != NULL &&
	    scene->process->cwd != NULL)
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
is_there(const struct scene *scene)
{
	const struct file *file = find_file(scene->shot, scene->wanted);
	struct identity wanted = { 0, 0 };

	if (file != NULL)
		wanted = file->identity;
	else if (strcmp(scene->wanted, "/") == 0)
		wanted = scene->process->root_identity;
	if (known_identity(wanted) &&
	    known_identity(scene->process->cwd_identity))
		return same_identity(wanted, scene->process->cwd_identity);
	return strcmp(scene->process->cwd, scene->wanted) == 0;
}

/* Below the start directory, or it itself. */
static bool
is_below_start(const struct scene *scene, const char *path)
{
	size_t length = strlen(scene->started);

	return path != NULL && strcmp(scene->started, "/") != 0 &&
	    strncmp(path, scene->started, length) == 0 &&
	    (path[length] == '\0' || path[length] == '/');
}

static void
blame_staying(const struct scene *scene, struct verdict *verdict)
{
	const struct event *failed = first_failure(scene->run, 0, changes,
	    NULL);

	show_event(verdict, failed);
	if (failed != NULL)
		blame(verdict, "06-chdir.unchecked",
		    _("chdir() failed: is its result tested?"));
	else if (scene->run->traced && first_call(scene->run, 0, changes) ==
	    NULL)
		blame(verdict, "06-chdir.not-called",
		    _("Is chdir() called? The variable PWD is only a shell's "
		    "note of it."));
	else
		blame(verdict, "06-chdir.not-moved",
		    _("Does chdir() get the directory that the function was "
		    "given?"));
}

static void
blame_place(const struct scene *scene, struct verdict *verdict)
{
	const char *cwd = scene->process->cwd;

	if (is_below_start(scene, cwd)) {
		blame_staying(scene, verdict);
	} else if (strcmp(cwd, "/") == 0) {
		show_event(verdict, last_call(scene->run, 0, changes));
		blame(verdict, "06-chdir.always-root",
		    _("Is \"/\" written in the code, instead of dir?"));
	} else if (strcmp(cwd, "/tmp") == 0) {
		show_event(verdict, last_call(scene->run, 0, changes));
		blame(verdict, "06-chdir.tmp",
		    _("Is \"/tmp\" written in the code? That directory is "
		    "everybody's."));
	} else {
		show_event(verdict, last_call(scene->run, 0, changes));
		blame(verdict, "06-chdir.elsewhere",
		    _("What name does chdir() get?"));
	}
	advise_action(verdict, _("Call chdir(dir) and test its result, in "
	    "steps/06-chdir.c (chapters/en/06-chdir.md)."));
}

/* It can't have moved without a call. */
static bool
trace_agrees(const struct scene *scene, struct verdict *verdict)
{
	if (!scene->run->traced || is_below_start(scene, scene->wanted) ||
	    last_success(scene->run, 0, "chdir fchdir chroot pivot_root"))
		return true;
	harness_fault(verdict, _("process %d has moved to %s, and strace saw "
	    "no chdir()"), scene->process->pid, scene->process->cwd);
	return false;
}

static bool
works_there(const struct observation *seen, struct verdict *verdict,
    const char *name)
{
	struct scene scene;

	if (!set_scene(seen, verdict, name, &scene))
		return false;
	if (is_there(&scene))
		return trace_agrees(&scene, verdict);
	expect(verdict, _("working directory %s"), scene.wanted);
	found(verdict, _("working directory %s"), scene.process->cwd);
	evidence(verdict, "/proc/%d/cwd -> %s", scene.process->pid,
	    scene.process->cwd);
	blame_place(&scene, verdict);
	return false;
}

static void
judge_place(const struct observation *seen, struct verdict *verdict)
{
	expect(verdict, _("the working directory is the one given"));
	both_runs(seen, verdict, works_there);
}

static bool
blame_descriptor(const struct observation *seen, const struct scene *scene,
    struct verdict *verdict)
{
	for (size_t i = 0; i < scene->process->descriptor_count; i++) {
		const struct descriptor *one =
		    &scene->process->descriptors[i];

		if (!is_below_start(scene, one->target))
			continue;
		show_descriptor(verdict, scene->process, one);
		if (number_in(opened_at_start(seen, scene->run), one->number)) {
			blame(verdict, step_cause(seen, WHY_EARLIER_STEP),
			    _("Does make %.2s still pass? This step stands "
			    "on %s."), "04-close", "04-close");
			advise_action(verdict, _("Solve steps/%s.c first: "
			    "make %.2s (chapters/en/%s.md)."), "04-close",
			    "04-close", "04-close");
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
blame_busy(const struct observation *seen, const struct scene *scene,
    struct verdict *verdict)
{
	found(verdict, _("umount says EBUSY"));
	evidence(verdict, "umount %s: EBUSY", scene->started);
	evidence(verdict, "/proc/%d/cwd -> %s", scene->process->pid,
	    scene->process->cwd);
	if (is_below_start(scene, scene->process->cwd)) {
		blame_place(scene, verdict);
		return;
	}
	if (blame_descriptor(seen, scene, verdict))
		return;
	blame(verdict, "06-chdir.start-held",
	    _("What holds it: a working directory, an open file, or another "
	    "process of the program?"));
	advise_action(verdict, _("Look at /proc/PID/cwd and /proc/PID/fd of "
	    "every process of the program (chapters/en/06-chdir.md)."));
}

static void
judge_unmount(const struct observation *seen, struct verdict *verdict)
{
	const char *result, *skipped;
	struct scene scene;

	expect(verdict, _("umount succeeds on the start directory's file "
	    "system"));
	if (!set_scene(seen, verdict, "traced", &scene))
		return;
	result = find_fact(scene.run, "unmount");
	skipped = find_fact(scene.run, "unmount.skipped");
	if (same_text(result, "EBUSY"))
		blame_busy(seen, &scene, verdict);
	else if (result == NULL && skipped != NULL)
		cannot_tell(verdict, "%s", _(skipped));
	else if (!same_text(result, "done"))
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
