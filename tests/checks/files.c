/*
 * files - a file of the box: who has it open, and who may write it
 */
#include "checks/files.h"
#include "checks/verdict.h"
#include "checks/witness.h"
#include "checks/words.h"
#include "language.h"

bool
same_identity(struct identity one, struct identity other)
{
	return one.device == other.device && one.inode == other.inode;
}

bool
known_identity(struct identity identity)
{
	return identity.device > 0 && identity.inode > 0;
}

const struct file *
file_at(const struct run *run, const char *moment, const char *path)
{
	const struct snapshot *shot = find_snapshot(run, moment);

	return shot != NULL && path != NULL ? find_file(shot, path) : NULL;
}

void
lacks_file(const struct run *run, struct verdict *verdict, const char *moment,
    const char *path)
{
	harness_fault(verdict, _("snapshot %s of run %s lacks the file %s"),
	    moment, run->name ? run->name : "?", path ? path : "?");
}

void
found_no_file(struct verdict *verdict, const struct file *file)
{
	if (same_text(file->type, "none"))
		found(verdict, _("there is no such file"));
	else
		found(verdict, _("it is no regular file, but %s"),
		    type_words(file->type));
}

const struct descriptor *
next_on(const struct process *process, const struct file *file,
    const struct descriptor *last)
{
	size_t i = last == NULL ? 0 :
	    (size_t)(last - process->descriptors) + 1;

	for (; i < process->descriptor_count; i++)
		if (same_identity(process->descriptors[i].identity,
		    file->identity))
			return &process->descriptors[i];
	return NULL;
}

bool
lacks_right(const struct file *log, int right, const struct cause *cause,
    struct verdict *verdict)
{
	expect(verdict, _("a mode without %04o"), (unsigned)right);
	found(verdict, _("mode %04o"), (unsigned)log->mode);
	if ((log->mode & right) == 0)
		return true;
	show_file(verdict, log);
	accuse(verdict, cause);
	return false;
}
