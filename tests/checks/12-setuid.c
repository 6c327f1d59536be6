/*
 * 12-setuid - judges the ids, and that root is gone for good
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "checks/12-setuid.h"
#include "checks/absence.h"
#include "checks/check.h"
#include "checks/daemon.h"
#include "checks/events.h"
#include "checks/verdict.h"
#include "checks/witness.h"
#include "checks/words.h"
#include "language.h"

const char uid_calls[] = "setuid setreuid setresuid";
const char gid_calls[] = "setgid setregid setresgid";

static const struct cause uid_first = {
	"12-setuid.uid-first",
	N_("Was the user changed before the group and the groups? Whoever "
	    "isn't root any more can't change them."),
	N_("Groups first, then the group id, the user id last "
	    "(chapters/en/12-setuid.md)."),
};
static const struct cause uid_kept = {
	"12-setuid.uid-kept",
	N_("Is setuid called at all, once the user is known?"),
	N_("Call setresuid with the user's id three times "
	    "(chapters/en/12-setuid.md)."),
};
static const struct cause seteuid_only = {
	"12-setuid.seteuid-only",
	N_("Was only the effective user id changed? With 0 as real or saved "
	    "id it becomes root again when it likes."),
	N_("Use setresuid, or setuid as root, not seteuid "
	    "(chapters/en/12-setuid.md)."),
};
static const struct cause uid_unchecked = {
	"12-setuid.unchecked",
	N_("The call failed. Is its result tested?"),
	N_("Return -1 as soon as one of the calls fails "
	    "(chapters/en/12-setuid.md)."),
};
const struct cause uid_other = {
	"12-setuid.other-user",
	N_("Whose user id is that? Is it a number of your own, or the group's "
	    "id?"),
	N_("Use pw_uid of getpwnam(user) (chapters/en/12-setuid.md)."),
};
static const struct cause gid_kept = {
	"12-setuid.gid-kept",
	N_("Is setgid called at all? Files of root's group are still within "
	    "reach."),
	N_("Call setresgid with the user's group before the user id "
	    "(chapters/en/12-setuid.md)."),
};
static const struct cause initgroups_only = {
	"12-setuid.initgroups-only",
	N_("Is initgroups called in the place of setgid? It sets the "
	    "supplementary groups and leaves the group id alone."),
	N_("Call setresgid as well, before the user id "
	    "(chapters/en/12-setuid.md)."),
};
static const struct cause setegid_only = {
	"12-setuid.setegid-only",
	N_("Was only the effective group id changed?"),
	N_("Use setresgid, or setgid as root, not setegid "
	    "(chapters/en/12-setuid.md)."),
};
static const struct cause gid_other = {
	"12-setuid.other-group",
	N_("Whose group id is that? Is it a number of your own, or the user's "
	    "id?"),
	N_("Use pw_gid of getpwnam(user) (chapters/en/12-setuid.md)."),
};
static const struct cause groups_kept = {
	"12-setuid.groups-kept",
	N_("Were the supplementary groups of whoever started it kept? setgid "
	    "and setuid don't touch them."),
	N_("Call initgroups(user, gid), or setgroups(0, NULL), while root "
	    "(chapters/en/12-setuid.md)."),
};
static const struct cause groups_other = {
	"12-setuid.other-groups",
	N_("Which list was given to setgroups? Some of these groups aren't "
	    "the user's."),
	N_("Call initgroups(user, gid), or setgroups(0, NULL), while root "
	    "(chapters/en/12-setuid.md)."),
};
static const struct cause capabilities_left = {
	"12-setuid.capabilities",
	N_("Who kept a part of root's power: an id that is still 0, or "
	    "PR_SET_KEEPCAPS?"),
	N_("Change all the user ids, and keep no capability "
	    "(chapters/en/12-setuid.md)."),
};
static const struct cause regained = {
	"12-setuid.regained-root",
	N_("Root came back. Which of the real, effective and saved ids, or "
	    "which capability, was the way?"),
	N_("Use setresuid and setresgid, then try setuid(0): it must fail "
	    "(chapters/en/12-setuid.md)."),
};

static const struct cause root_at_hand = {
	"12-setuid.root-at-hand",
	N_("It is right to refuse: no call failed, and root was still to be "
	    "had. Which of the ids was still 0? Was only the effective one "
	    "changed?"),
	N_("Change the real, the effective and the saved id, by setresgid and "
	    "then setresuid (chapters/en/12-setuid.md)."),
};

/* A setting that is a number, or -1 with the harness blamed. */
static int
number_setting(const struct observation *seen, struct verdict *verdict,
    const char *name)
{
	const char *value = find_setting(seen, name);

	if (value != NULL && isdigit((unsigned char)value[0]))
		return atoi(value);
	harness_fault(verdict, _("the setting %s is missing"), name);
	return -1;
}

/*
 * A change of group, or of groups, that failed because the user had been
 * changed before; a proof that it fails, with 0 as its argument, is none.
 */
static const struct event *
too_late(const struct run *run)
{
	const struct event *uid = NULL;

	for (size_t i = 0; run != NULL && i < run->event_count; i++) {
		const struct event *event = &run->events[i];

		if (names_call(event, uid_calls) && event->result == 0 &&
		    event->error == NULL)
			uid = event;
		if (uid == NULL || event->pid != uid->pid ||
		    !same_text(event->error, "EPERM") || event->injected)
			continue;
		if (names_call(event, "setgroups") ||
		    (names_call(event, gid_calls) &&
		    !same_text(event->arguments, "0")))
			return event;
	}
	return NULL;
}

/*
 * A step's own proof that root is gone, where it is not: the last change of
 * an id asks for 0, after the user was changed, and is granted.
 */
static const struct event *
granted_again(const struct run *run)
{
	const struct event *user = NULL, *again = NULL;

	for (size_t i = 0; run != NULL && i < run->event_count; i++) {
		const struct event *event = &run->events[i];
		const bool is_users = names_call(event, uid_calls);

		if ((!is_users && !names_call(event, gid_calls)) ||
		    !of_program(run, event))
			continue;
		again = NULL;
		if (event->error != NULL || event->result != 0)
			continue;
		if (user != NULL && user->pid == event->pid &&
		    names_number(event->arguments, 0))
			again = event;
		else if (is_users)
			user = event;
	}
	return again;
}

static void
show_calls(struct verdict *verdict, const struct observation *seen)
{
	const struct run *run = find_run(seen, "traced");
	const struct start *first = run ? find_start(run, "first") : NULL;

	for (size_t i = 0; run != NULL && i < run->event_count; i++) {
		const struct event *event = &run->events[i];

		if ((names_call(event, uid_calls) ||
		    names_call(event, gid_calls) ||
		    names_call(event, "setgroups")) &&
		    of_program(run, event) && (first == NULL ||
		    first->daemon <= 0 || first->daemon == event->pid))
			show_event(verdict, event);
	}
}

/* One id for all: then nobody else is there to become. */
static bool
has_users(const struct observation *seen, struct verdict *verdict)
{
	if (!same_text(seen->mode, "single"))
		return true;
	cannot_tell(verdict, _("this machine gives the box a single user id: "
	    "install the package uidmap, and have a range in /etc/subuid"));
	return false;
}

/*
 * It said -1: who changes the user first can't change the groups any more,
 * and who tries whether root is gone may find that it is not.
 */
bool
explain_setuid(const struct absence *absence, struct verdict *verdict)
{
	const struct cause *cause = NULL;

	if (too_late(absence->run) != NULL)
		cause = &uid_first;
	else if (granted_again(absence->run) != NULL)
		cause = &root_at_hand;
	if (cause == NULL)
		return false;
	show_calls(verdict, absence->seen);
	accuse(verdict, cause);
	return true;
}

const struct process *
dropped(const struct observation *seen, struct verdict *verdict,
    const char *run)
{
	const struct process *process;

	if (!has_users(seen, verdict))
		return NULL;
	process = the_daemon(seen, verdict, run, "first", "after");
	if (process == NULL)
		return NULL;
	if (process->uid_count == IDS && process->gid_count == IDS &&
	    process->uids != NULL && process->gids != NULL)
		return process;
	harness_fault(verdict, _("the ids of process %d could not be read"),
	    process->pid);
	return NULL;
}

bool
all_are(const int *ids, int wanted)
{
	for (int i = 0; i < IDS; i++)
		if (ids[i] != wanted)
			return false;
	return true;
}

static bool
any_is(const int *ids, int unwanted)
{
	for (int i = 0; i < IDS; i++)
		if (ids[i] == unwanted)
			return true;
	return false;
}

void
show_ids(struct verdict *verdict, const struct process *process,
    const char *name, const int *ids)
{
	evidence(verdict, "/proc/%d/status: %s: %d %d %d %d", process->pid,
	    name, ids[REAL], ids[EFFECTIVE], ids[SAVED], ids[FILE_SYSTEM]);
}

char *
groups_text(const struct process *process)
{
	char *list = text("%s", "");

	for (size_t i = 0; i < process->group_count; i++) {
		char *longer = text("%s%s%d", list, i > 0 ? " " : "",
		    process->groups[i]);

		free(list);
		list = longer;
	}
	return list;
}

void
show_all_ids(struct verdict *verdict, const struct process *process)
{
	char *list = groups_text(process);

	if (process->uid_count == IDS)
		show_ids(verdict, process, "Uid", process->uids);
	if (process->gid_count == IDS)
		show_ids(verdict, process, "Gid", process->gids);
	evidence(verdict, "/proc/%d/status: Groups: %s", process->pid, list);
	free(list);
}

/* ps tells the effective ids: /proc must say the same. */
static bool
ps_agrees(const struct run *run, const struct process *process,
    struct verdict *verdict)
{
	const struct snapshot *shot = find_snapshot(run, "after");
	const struct row *row = find_row(shot, process->pid);

	if (!witnesses_agree(run, shot, process, verdict))
		return false;
	if (row == NULL || (row->uid == process->uids[EFFECTIVE] &&
	    row->gid == process->gids[EFFECTIVE]))
		return true;
	harness_fault(verdict, _("ps and /proc don't agree about process %d"),
	    process->pid);
	show_row(verdict, row);
	show_ids(verdict, process, "Uid", process->uids);
	show_ids(verdict, process, "Gid", process->gids);
	return false;
}

/* The last change that strace saw succeed is what /proc must show. */
static bool
strace_agrees(const struct run *run, const struct process *process,
    const char *calls, const int *ids, struct verdict *verdict)
{
	const struct event *last = last_success(run, process->pid, calls);

	if (last == NULL || last->arguments == NULL ||
	    names_number(last->arguments, ids[EFFECTIVE]) ||
	    names_number(last->arguments, ids[REAL]))
		return true;
	harness_fault(verdict, _("strace and /proc don't agree about the ids "
	    "of process %d"), process->pid);
	show_event(verdict, last);
	show_ids(verdict, process, "ids", ids);
	return false;
}

static const struct cause *
why_uid(const struct observation *seen, const int *ids, int wanted)
{
	const struct run *run = find_run(seen, "traced");

	if (ids[EFFECTIVE] == wanted)
		return &seteuid_only;
	if (!any_is(ids, 0))
		return &uid_other;
	if (run != NULL && last_success(run, 0, uid_calls) == NULL &&
	    first_failure(run, 0, uid_calls, NULL) != NULL)
		return &uid_unchecked;
	if (run != NULL && last_success(run, 0, uid_calls) != NULL)
		return ids[REAL] == wanted || ids[SAVED] == wanted ?
		    &seteuid_only : &regained;
	return &uid_kept;
}

static const struct cause *
why_gid(const struct observation *seen, const int *ids, int wanted)
{
	const struct run *run = find_run(seen, "traced");
	const struct event *list;

	if (too_late(run) != NULL)
		return &uid_first;
	if (ids[EFFECTIVE] == wanted)
		return &setegid_only;
	if (!any_is(ids, 0))
		return &gid_other;
	if (run == NULL || count_calls(run, 0, gid_calls) > 0)
		return first_failure(run, 0, gid_calls, NULL) != NULL ?
		    &uid_unchecked : &gid_kept;
	/* initgroups gives a list, which has the user's group at least. */
	list = last_success(run, 0, "setgroups");
	return list != NULL && list->arguments != NULL &&
	    !same_text(list->arguments, "0, NULL") ? &initgroups_only :
	    &gid_kept;
}

/* User ids or group ids: four of them in a line of /proc/PID/status. */
struct kind {
	const char *line;
	const char *wanted;	/* the setting */
	const char *calls;
	const struct cause *(*why)(const struct observation *,
	    const int *ids, int wanted);
};

static const struct kind users = {"Uid", "user.uid", uid_calls, why_uid};
static const struct kind groups = {"Gid", "user.gid", gid_calls, why_gid};

static bool
has_ids(const struct observation *seen, struct verdict *verdict,
    const char *name, const struct kind *kind)
{
	const struct process *process = dropped(seen, verdict, name);
	const struct run *run = find_run(seen, name);
	const int *ids;
	int wanted;

	if (process == NULL)
		return false;
	ids = kind == &users ? process->uids : process->gids;
	if (!ps_agrees(run, process, verdict) ||
	    !strace_agrees(run, process, kind->calls, ids, verdict))
		return false;
	wanted = number_setting(seen, verdict, kind->wanted);
	if (wanted == -1)
		return false;
	expect(verdict, "%s: %d %d %d %d", kind->line, wanted, wanted, wanted,
	    wanted);
	found(verdict, "%s: %d %d %d %d", kind->line, ids[REAL],
	    ids[EFFECTIVE], ids[SAVED], ids[FILE_SYSTEM]);
	if (all_are(ids, wanted))
		return true;
	show_ids(verdict, process, kind->line, ids);
	show_row(verdict, find_row(find_snapshot(run, "after"), process->pid));
	show_calls(verdict, seen);
	accuse(verdict, kind->why(seen, ids, wanted));
	return false;
}

static bool
has_uids(const struct observation *seen, struct verdict *verdict,
    const char *run)
{
	return has_ids(seen, verdict, run, &users);
}

static void
judge_uids(const struct observation *seen, struct verdict *verdict)
{
	both_runs(seen, verdict, has_uids);
}

static bool
has_gids(const struct observation *seen, struct verdict *verdict,
    const char *run)
{
	return has_ids(seen, verdict, run, &groups);
}

static void
judge_gids(const struct observation *seen, struct verdict *verdict)
{
	both_runs(seen, verdict, has_gids);
}

int
foreign_group(const struct observation *seen, const struct process *process)
{
	const char *own = find_setting(seen, "user.groups");
	const char *gid = find_setting(seen, "user.gid");

	for (size_t i = 0; i < process->group_count; i++)
		if (!number_in(own, process->groups[i]) &&
		    !number_in(gid, process->groups[i]))
			return process->groups[i];
	return -1;
}

/* Who has become root again has had its groups changed by --regain-root. */
static const struct cause *
why_groups(const struct observation *seen, const struct process *process)
{
	const struct run *run = find_run(seen, "traced");

	if (any_is(process->uids, 0) && process->group_count == 1 &&
	    process->groups[0] == 0)
		return &regained;
	if (too_late(run) != NULL)
		return &uid_first;
	if (run == NULL || count_calls(run, 0, "setgroups") == 0)
		return &groups_kept;
	return last_success(run, 0, "setgroups") != NULL ? &groups_other :
	    &uid_unchecked;
}

static bool
has_groups(const struct observation *seen, struct verdict *verdict,
    const char *run)
{
	const struct process *process = dropped(seen, verdict, run);
	const char *own = find_setting(seen, "user.groups");
	char *list;

	if (process == NULL)
		return false;
	if (own == NULL) {
		harness_fault(verdict, _("the setting %s is missing"),
		    "user.groups");
		return false;
	}
	list = groups_text(process);
	expect(verdict, _("of these groups at most: %s"), own);
	found(verdict, "Groups: %s", list);
	if (foreign_group(seen, process) != -1) {
		evidence(verdict, "/proc/%d/status: Groups: %s", process->pid,
		    list);
		show_calls(verdict, seen);
		accuse(verdict, why_groups(seen, process));
	}
	free(list);
	return verdict->status == STATUS_PASS;
}

static void
judge_groups(const struct observation *seen, struct verdict *verdict)
{
	both_runs(seen, verdict, has_groups);
}

static bool
has_no_capability(const struct observation *seen, struct verdict *verdict,
    const char *run)
{
	static const char *const names[] =
	    {"CapInh", "CapPrm", "CapEff", "CapAmb"};
	const struct process *process = dropped(seen, verdict, run);

	if (process == NULL)
		return false;
	expect(verdict, _("no bit in CapInh, CapPrm, CapEff and CapAmb"));
	for (int i = 0; i < 4; i++) {
		const char *set = process->capabilities[i];

		if (set == NULL || !isxdigit((unsigned char)set[0])) {
			harness_fault(verdict, _("the capabilities of process "
			    "%d could not be read"), process->pid);
			return false;
		}
		if (strtoull(set, NULL, 16) == 0)
			continue;
		found(verdict, "%s: %s", names[i], set);
		evidence(verdict, "/proc/%d/status: %s: %s", process->pid,
		    names[i], set);
		show_ids(verdict, process, "Uid", process->uids);
		accuse(verdict, &capabilities_left);
		return false;
	}
	found(verdict, _("none"));
	return true;
}

static void
judge_capabilities(const struct observation *seen, struct verdict *verdict)
{
	both_runs(seen, verdict, has_no_capability);
}

/* --regain-root has tried: what ids it has now is the answer. */
static void
judge_regain(const struct observation *seen, struct verdict *verdict)
{
	const struct process *process = dropped(seen, verdict, "plain");
	char *list;

	if (process == NULL)
		return;
	if (!ps_agrees(find_run(seen, "plain"), process, verdict))
		return;
	expect(verdict, _("after setuid(0), setreuid, setresuid and setgroups "
	    "no user id is 0, and no group is new"));
	list = groups_text(process);
	found(verdict, "Uid: %d %d %d %d, Groups: %s", process->uids[REAL],
	    process->uids[EFFECTIVE], process->uids[SAVED],
	    process->uids[FILE_SYSTEM], list);
	/* setgroups(1, {0}) leaves just that; 0 beside others was inherited. */
	if (any_is(process->uids, 0) || (process->group_count == 1 &&
	    process->groups[0] == 0 && foreign_group(seen, process) == 0)) {
		show_ids(verdict, process, "Uid", process->uids);
		evidence(verdict, "/proc/%d/status: Groups: %s", process->pid,
		    list);
		show_calls(verdict, seen);
		accuse(verdict, &regained);
	}
	free(list);
}

/* The order matters by its effect: a change that came too late failed. */
static void
judge_order(const struct observation *seen, struct verdict *verdict)
{
	const struct process *process = dropped(seen, verdict, "traced");
	const struct run *run = find_run(seen, "traced");
	const struct event *late;
	int gid;

	if (process == NULL)
		return;
	gid = number_setting(seen, verdict, "user.gid");
	if (gid == -1)
		return;
	expect(verdict, _("no change of group or groups fails after the user "
	    "id was changed"));
	late = too_late(run);
	if (late != NULL && (!all_are(process->gids, gid) ||
	    foreign_group(seen, process) != -1)) {
		found(verdict, _("such a change was refused"));
		show_calls(verdict, seen);
		accuse(verdict, &uid_first);
	} else if (last_success(run, process->pid, uid_calls) == NULL) {
		if (any_is(process->uids, 0)) {
			found(verdict, _("the user id was never changed"));
			show_ids(verdict, process, "Uid", process->uids);
			accuse(verdict, &uid_kept);
		} else
			harness_fault(verdict, _("strace didn't see who "
			    "changed the user id"));
	}
}

const struct check setuid_checks[] = {
	{"all-uids-are-the-user-s", true,
	    N_("its four user ids are the user's"), judge_uids},
	{"all-gids-are-the-user-s", true,
	    N_("its four group ids are the user's"), judge_gids},
	{"groups-are-the-user-s", true,
	    N_("it has no supplementary group that isn't the user's"),
	    judge_groups},
	{"uid-goes-last", true,
	    N_("it changes the user id after the group id and the groups"),
	    judge_order},
	{"no-capability-is-left", true,
	    N_("it has no capability left"), judge_capabilities},
	{"root-is-gone-for-good", true,
	    N_("it can't become root again"), judge_regain},
	{"stops-when-a-call-fails", true,
	    N_("when its ids can't be changed it stops instead of going on as "
		"root"), judge_failure, "syslog"},
	{"unknown-user-is-refused", true,
	    N_("an unknown user is refused with a sentence, and nothing is "
		"changed"), judge_unknown, "syslog"},
	{"second-root-is-refused", true,
	    N_("a user whose id is 0 under another name is refused, for that "
		"is root still"), judge_second_root, "syslog"},
	{NULL, false, NULL, NULL},
};
