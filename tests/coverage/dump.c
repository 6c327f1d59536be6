/*
 * dump - who ends by _exit(2) has counted its lines too
 *
 * gcov writes its counts in an exit handler, which a forked child leaves out.
 * Linked with --wrap=_exit.  Inside a box there is no such folder, and nothing
 * is written from there.
 */
#include <gcov.h>
#include <unistd.h>

_Noreturn void __real__exit(int status);
_Noreturn void __wrap__exit(int status);

_Noreturn void
__wrap__exit(int status)
{
	if (access("build/coverage", F_OK) == 0)
		__gcov_dump();
	__real__exit(status);
}
