/*
 * meddling - judges that a step leaves alone what is a later one's business
 */
#define _GNU_SOURCE		/* SIGURG, under -std=c17 */

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "checks/daemon.h"
#include "checks/files.h"
#include "checks/meddling.h"
#include "checks/needs.h"
#include "checks/process.h"
#include "checks/verdict.h"
#include "checks/witness.h"
#include "checks/words.h"
#include "language.h"
#include "step.h"

/* The steps that own a property: from there on it is judged there. */
enum { CLOSE = 4, CHDIR = 6, UMASK = 7, SIGNALS = 9, CHROOT = 11, SETUID = 12 };

static bool
blame_meddling(const struct observation *seen, struct verdict *verdict,
    const char *cause, const char *owner)
{
	blame(verdict, cause, _("Which line of steps/%s.c, or of a step "
	    "before it, changes that?"), step_source(seen));
	advise_action(verdict, _("Leave that to %s (chapters/en/%s.md)."),
	    owner, owner);
	return false;
}

static bool
mask_is_kept(const struct observation *seen, const char *run,
    const struct process *process, struct verdict *verdict)
{
	const bool made = step_number(seen) > UMASK;
	const char *mask = setting_of(seen, run, made ? "mask" : "start-mask");
	long wanted;

	/* Which one the capstone takes is its own affair. */
	if (step_number(seen) == UMASK || step_number(seen) == CAPSTONE)
		return true;
	if (mask == NULL || process->mask < 0) {
		harness_fault(verdict, _("the umask was not seen"));
		return false;
	}
	wanted = strtol(mask, NULL, 8);
	if (process->mask == wanted)
		return true;
	expect(verdict, made ? _("umask %03lo, as 07-umask made it") :
	    _("umask %03lo, as at the start"), (unsigned long)wanted);
	found(verdict, _("umask %03o"), (unsigned)process->mask);
	show_mask(verdict, process);
	return blame_meddling(seen, verdict, "common.mask", "07-umask");
}

/* After 06-chdir, and until the jail: the directory that was given. */
static bool
stays_where_told(const struct observation *seen, const char *run,
    const struct process *process, struct verdict *verdict)
{
	const char *given = setting_of(seen, run, "directory");

	if (given == NULL || process->cwd == NULL) {
		harness_fault(verdict, _("the working directory was not seen"));
		return false;
	}
	if (same_text(given, process->cwd))
		return true;
	expect(verdict, _("working directory %s, as 06-chdir made it"), given);
	found(verdict, _("working directory %s"), process->cwd);
	show_cwd(verdict, process);
	return blame_meddling(seen, verdict, "common.directory", "06-chdir");
}

static bool
directory_is_kept(const struct observation *seen, const char *run,
    const struct process *before, const struct process *process,
    struct verdict *verdict)
{
	const char *start = before != NULL ? before->cwd :
	    setting_of(seen, run, "start-directory");

	if (step_number(seen) > CHDIR && step_number(seen) < CHROOT)
		return stays_where_told(seen, run, process, verdict);
	if (step_number(seen) >= CHDIR)
		return true;
	if (start == NULL || process->cwd == NULL) {
		harness_fault(verdict, _("the working directory was not seen"));
		return false;
	}
	if (before != NULL && known_identity(before->cwd_identity) ?
	    same_identity(before->cwd_identity, process->cwd_identity) :
	    same_text(start, process->cwd))
		return true;
	expect(verdict, _("working directory %s, as at the start"), start);
	found(verdict, _("working directory %s"), process->cwd);
	show_cwd(verdict, process);
	return blame_meddling(seen, verdict, "common.directory", "06-chdir");
}

static bool
root_is_kept(const struct observation *seen, const struct process *before,
    const struct process *process, struct verdict *verdict)
{
	if (step_number(seen) >= CHROOT || before == NULL)
		return true;
	if (!known_identity(before->root_identity) ||
	    !known_identity(process->root_identity)) {
		harness_fault(verdict, _("the root directory was not seen"));
		return false;
	}
	if (same_identity(before->root_identity, process->root_identity))
		return true;
	expect(verdict, _("the root directory of the start"));
	found(verdict, _("another root directory: %s"),
	    process->root ? process->root : "?");
	evidence(verdict, "/proc/%d/root -> %s", process->pid,
	    process->root ? process->root : "?");
	return blame_meddling(seen, verdict, "common.root", "11-chroot");
}

static bool
blame_closing(const struct observation *seen, const struct process *process,
    int number, struct verdict *verdict)
{
	const struct descriptor *now = find_descriptor(process, number);

	expect(verdict, _("descriptor %d is what it was at the start"), number);
	if (now == NULL) {
		found(verdict, _("descriptor %d is closed"), number);
		evidence(verdict, "/proc/%d/fd/%d: ENOENT", process->pid,
		    number);
	} else {
		found(verdict, _("descriptor %d is another file: %s"), number,
		    now->target ? now->target : "?");
		show_descriptor(verdict, process, now);
	}
	return blame_meddling(seen, verdict, "common.descriptors", "04-close");
}

/* Close-on-exec ones are the harness's own: they never reach the program. */
static bool
descriptors_are_kept(const struct observation *seen, const struct run *run,
    const struct process *before, const struct process *process,
    struct verdict *verdict)
{
	const char *opened = opened_at_start(seen, run);
	const struct descriptor *old, *now;
	char *end;
	long number;

	if (step_number(seen) >= CLOSE)
		return true;
	if (opened == NULL) {
		harness_fault(verdict, _("run %s does not say what was open "
		    "at its start"), run->name);
		return false;
	}
	for (;; opened = end) {
		number = strtol(opened, &end, 10);
		if (end == opened)
			return true;
		now = find_descriptor(process, (int)number);
		old = before == NULL ? NULL :
		    find_descriptor(before, (int)number);
		if (now == NULL || (old != NULL &&
		    !same_identity(old->identity, now->identity)))
			return blame_closing(seen, process, (int)number,
			    verdict);
	}
}

static bool
signals_are_kept(const struct observation *seen,
    const struct process *process, struct verdict *verdict)
{
	int ignored = signal_in(process->ignored, SIGUSR2);
	int blocked = signal_in(process->blocked, SIGURG);

	if (step_number(seen) >= SIGNALS || (ignored == 1 && blocked == 1))
		return true;
	if (ignored == -1 || blocked == -1) {
		harness_fault(verdict, _("the signal masks were not seen"));
		return false;
	}
	expect(verdict, _("SIGUSR2 stays ignored and SIGURG stays blocked, "
	    "as at the start"));
	found(verdict, "%s", ignored == 0 ? _("SIGUSR2 is no longer ignored") :
	    _("SIGURG is no longer blocked"));
	evidence(verdict, "/proc/%d/status: SigIgn: %s", process->pid,
	    process->ignored);
	evidence(verdict, "/proc/%d/status: SigBlk: %s", process->pid,
	    process->blocked);
	return blame_meddling(seen, verdict, "common.signals", "09-signals");
}

static bool
same_numbers(const int *one, size_t count, const int *other,
    size_t other_count)
{
	return count == other_count &&
	    (count == 0 || memcmp(one, other, count * sizeof(*one)) == 0);
}

static bool
ids_are_kept(const struct observation *seen, const struct process *before,
    const struct process *process, struct verdict *verdict)
{
	if (step_number(seen) >= SETUID || before == NULL)
		return true;
	if (before->uid_count == 0 || process->uid_count == 0 ||
	    before->gid_count == 0 || process->gid_count == 0) {
		harness_fault(verdict, _("the ids were not seen"));
		return false;
	}
	if (same_numbers(before->uids, before->uid_count, process->uids,
	    process->uid_count) && same_numbers(before->gids,
	    before->gid_count, process->gids, process->gid_count) &&
	    same_numbers(before->groups, before->group_count,
	    process->groups, process->group_count))
		return true;
	expect(verdict, _("the user, the group and the supplementary groups "
	    "of the start"));
	found(verdict, ngettext("uid %d, gid %d, %zu supplementary group",
	    "uid %d, gid %d, %zu supplementary groups", process->group_count),
	    process->uids[0], process->gids[0], process->group_count);
	evidence(verdict, "/proc/%d/status: Uid: %d Gid: %d", process->pid,
	    process->uids[0], process->gids[0]);
	return blame_meddling(seen, verdict, "common.ids", "12-setuid");
}

static bool
meddles_not(const struct observation *seen, struct verdict *verdict,
    const char *name)
{
	const struct process *before;
	struct scene at;

	if (!set_scene(seen, verdict, name, &at))
		return false;
	before = process_before(at.run, "first");
	if (before == NULL && at.run->traced) {
		harness_fault(verdict, _("snapshot before of run %s is "
		    "missing"), name);
		return false;
	}
	return descriptors_are_kept(seen, at.run, before, at.process,
	    verdict) &&
	    directory_is_kept(seen, name, before, at.process, verdict) &&
	    mask_is_kept(seen, name, at.process, verdict) &&
	    signals_are_kept(seen, at.process, verdict) &&
	    root_is_kept(seen, before, at.process, verdict) &&
	    ids_are_kept(seen, before, at.process, verdict);
}

void
judge_meddling(const struct observation *seen, struct verdict *verdict)
{
	expect(verdict, _("what no step up to this one changes is as it was "
	    "at the start"));
	both_runs(seen, verdict, meddles_not);
}
